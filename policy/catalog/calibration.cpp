#include "policy/catalog/calibration.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace huxin::catalog {
namespace {

/// A point of the map of one element and one kind of evidence.
struct Knot {
  unsigned element;
  std::string_view evidence;
  unsigned score;        ///< thousandths
  unsigned probability;  ///< thousandths
  unsigned count;        ///< findings that it was fitted on

  constexpr auto key() const { return std::tuple(element, evidence, score); }
  constexpr auto map() const { return std::tuple(element, evidence); }
};

constexpr auto kKnots = [] {
  auto knots = std::to_array<Knot>({
#include "policy/catalog/calibration.inc"
  });
  std::ranges::sort(knots, {}, &Knot::key);
  return knots;
}();

constexpr std::array<std::string_view, 3> kEvidence = {"alone", "beside", "column"};

}  // namespace

double probability(ElementId element, Evidence evidence, double score) {
  const std::tuple map(static_cast<unsigned>(element),
                       kEvidence[static_cast<std::size_t>(evidence)]);
  const auto knots = std::ranges::equal_range(kKnots, map, {}, &Knot::map);
  if (knots.empty()) return score;
  const double wanted = score * 1000;
  const auto above = std::ranges::find_if(
      knots, [&](const Knot& knot) { return static_cast<double>(knot.score) >= wanted; });
  if (above == knots.begin()) return above->probability / 1000.0;
  const auto below = std::prev(above);
  if (above == knots.end()) return below->probability / 1000.0;
  const double part = (wanted - below->score) / (above->score - below->score);
  return (below->probability +
          part * (static_cast<double>(above->probability) - below->probability)) /
         1000.0;
}

}  // namespace huxin::catalog
