#include "tests/quality/fit.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/chrono.h>

namespace huxin::quality {
namespace {

// Findings that a prior counts for: the score itself of a family, the family of an element.
constexpr double kOfFamily = 4;
constexpr double kOfElement = 12;
constexpr double kMost = 0.995;  // the corpus cannot tell of rarer faults
constexpr std::array<std::string_view, 3> kEvidence = {"alone", "beside", "column"};

constexpr std::string_view kHead =
    "# The probability that a finding is right, by element, evidence and score: what confidence is "
    "made of.\n"
    "# source: tests/quality/table --fit > policy/catalog/data/calibration.tsv (build, look at "
    "both "
    "tables, commit)\n"
    "#   isotonic regression on the tuning half of the labelled corpus; never on the held-out "
    "half. Each\n"
    "#   element's map is pooled with its family's (as 12 findings), a family's with the score "
    "itself (as 4).\n"
    "# prior: the corpus's mix; half of its documents hold customer data, half hold none. A bank's "
    "own is another.\n"
    "# date: {}\n"
    "# licence: this project's own measurement\n"
    "# columns: element  evidence  score (thousandths)  probability (thousandths)  findings of "
    "that "
    "score\n";

using Samples = std::vector<Sample>;

/// Points of a map that say more than their neighbours do: the ends of its flat parts.
bool is_corner(const std::vector<Point>& map, std::size_t i) {
  if (i == 0 || i + 1 == map.size()) return true;
  return map[i].share != map[i - 1].share || map[i].share != map[i + 1].share;
}

std::size_t count_at(const Samples& samples, double score) {
  return static_cast<std::size_t>(std::ranges::count_if(samples, [&](const Sample& sample) {
    return static_cast<int>(sample.confidence * 100 + 0.5) == static_cast<int>(score * 100 + 0.5);
  }));
}

std::string rows(catalog::ElementId element, catalog::Evidence evidence, const Samples& samples,
                 const std::vector<Point>& map) {
  std::string text;
  for (std::size_t i = 0; i < map.size(); ++i) {
    if (!is_corner(map, i)) continue;
    text += fmt::format("{}\t{}\t{:.0f}\t{:.0f}\t{}\n", static_cast<unsigned>(element),
                        kEvidence[static_cast<std::size_t>(evidence)], map[i].score * 1000,
                        std::min(map[i].share, kMost) * 1000, count_at(samples, map[i].score));
  }
  return text;
}

}  // namespace

std::vector<Point> isotonic(std::vector<Point> points) {
  struct Block {
    std::size_t first = 0;
    double weight = 0;
    double share = 0;
  };
  std::vector<Block> blocks;
  for (std::size_t i = 0; i < points.size(); ++i) {
    blocks.push_back({i, points[i].weight, points[i].share});
    while (blocks.size() > 1 && blocks[blocks.size() - 2].share >= blocks.back().share) {
      const Block last = blocks.back();
      blocks.pop_back();
      Block& into = blocks.back();
      into.share =
          (into.share * into.weight + last.share * last.weight) / (into.weight + last.weight);
      into.weight += last.weight;
    }
  }
  for (std::size_t block = 0; block < blocks.size(); ++block) {
    const std::size_t end = block + 1 < blocks.size() ? blocks[block + 1].first : points.size();
    for (std::size_t i = blocks[block].first; i < end; ++i) points[i].share = blocks[block].share;
  }
  return points;
}

double at(const std::vector<Point>& map, double score) {
  const auto above = std::ranges::lower_bound(map, score, {}, &Point::score);
  if (above == map.begin()) return above->share;
  const auto below = std::prev(above);
  if (above == map.end()) return below->share;
  const double part = (score - below->score) / (above->score - below->score);
  return below->share + part * (above->share - below->share);
}

std::string calibration_data(const Samples& samples, std::chrono::sys_days day) {
  std::map<std::tuple<Family, catalog::Evidence>, Samples> families;
  std::map<std::tuple<catalog::ElementId, catalog::Evidence>, Samples> elements;
  for (const Sample& sample : samples) {
    families[{family_of(sample.element), sample.evidence}].push_back(sample);
    elements[{sample.element, sample.evidence}].push_back(sample);
  }
  std::string text = fmt::format(kHead, fmt::format("{:%Y-%m-%d}", day));
  for (const auto& [key, own] : elements) {
    const auto& [element, evidence] = key;
    const auto family = fit(families[{family_of(element), evidence}], kOfFamily,
                            [](double score) { return score; });
    const auto map = fit(own, kOfElement, [&](double score) { return at(family, score); });
    text += rows(element, evidence, own, map);
  }
  return text;
}

}  // namespace huxin::quality
