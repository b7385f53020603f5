#include "policy/catalog/calibration.hpp"

#include <algorithm>
#include <array>
#include <span>

namespace huxin::catalog {
namespace {

/// A line of the data file: a point of the map of one element and one kind of evidence.
struct Row {
  unsigned element;
  std::string_view evidence;
  unsigned score;        ///< thousandths
  unsigned probability;  ///< thousandths
  unsigned count;        ///< findings that it was fitted on
};
constexpr Row kRows[] = {
#include "policy/catalog/calibration.inc"
};

constexpr unsigned kElements = 100;  // numbers below this may have maps
constexpr unsigned kEvidences = 3;
constexpr std::array<std::string_view, kEvidences> kEvidenceNames = {"alone", "beside", "column"};

struct Knot {
  unsigned map;  ///< element and evidence, as map_of numbers them
  float score;
  float probability;
};

constexpr unsigned map_of(unsigned element, unsigned evidence) {
  return element * kEvidences + evidence;
}

constexpr auto kKnots = [] {
  std::array<Knot, std::size(kRows)> knots{};
  std::ranges::transform(kRows, knots.begin(), [](const Row& row) {
    const auto evidence = std::ranges::find(kEvidenceNames, row.evidence) - kEvidenceNames.begin();
    if (evidence == kEvidences) throw "calibration.tsv: no such evidence";
    return Knot{map_of(row.element, static_cast<unsigned>(evidence)),
                static_cast<float>(row.score) / 1000.0F,
                static_cast<float>(row.probability) / 1000.0F};
  });
  std::ranges::sort(knots, [](const Knot& a, const Knot& b) {
    return a.map != b.map ? a.map < b.map : a.score < b.score;
  });
  return knots;
}();

/// Where each map's knots begin; those of map i end where i + 1's begin.
constexpr auto kBegins = [] {
  std::array<std::uint16_t, kElements * kEvidences + 1> begins{};
  for (const Knot& knot : kKnots) ++begins.at(knot.map + 1);
  for (std::size_t i = 1; i < begins.size(); ++i)
    begins[i] = static_cast<std::uint16_t>(begins[i] + begins[i - 1]);
  return begins;
}();

std::span<const Knot> knots_of(ElementId element, Evidence evidence) {
  const unsigned number = static_cast<unsigned>(element);
  if (number >= kElements) return {};
  const unsigned map = map_of(number, static_cast<unsigned>(evidence));
  return std::span(kKnots).subspan(kBegins[map], kBegins[map + 1] - kBegins[map]);
}

}  // namespace

double probability(ElementId element, Evidence evidence, double score) {
  const auto knots = knots_of(element, evidence);
  if (knots.empty()) return score;
  const float wanted = static_cast<float>(score);
  std::size_t above = knots.size();  // most scores are high
  while (above > 0 && knots[above - 1].score >= wanted) --above;
  if (above == 0) {
    const auto lowest = static_cast<double>(knots[0].probability);
    return wanted < knots[0].score ? std::min(score, lowest) : lowest;
  }
  const Knot& low = knots[above - 1];
  if (above == knots.size()) return static_cast<double>(low.probability);
  const Knot& high = knots[above];
  const float part = (wanted - low.score) / (high.score - low.score);
  return static_cast<double>(low.probability + part * (high.probability - low.probability));
}

}  // namespace huxin::catalog
