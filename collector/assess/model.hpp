#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "collector/assess/domain.hpp"
#include "collector/assess/share.hpp"

namespace huxin::assess {

/// How a figure becomes a share: value = numerator / denominator × scale, 0 at `zero`, 1 at `full`.
/// `full` below `zero` is a figure that is better the smaller it is.
struct FigureRule {
  std::string name, zh, en;
  std::int64_t scale = 100, zero = 0, full = 100;
  int weight = 1;
  bool gate = false;  ///< the monitoring half is never better than this figure
};

struct DeductionRule {
  std::string name, zh, en;
  /// Of the 100, each time.
  std::int64_t points = 0;
  std::string source;  ///< "case", "inspection", "mark" (entered by a person)
};
/// A veto puts a branch into the lowest band, whatever its points.
struct VetoRule {
  std::string name, zh, en;
};
struct Band {
  std::string name, zh, en;
  std::int64_t from = 0;  ///< points
};

/// scoring.yaml in one version. Immutable.
class Model {
 public:
  /// kInvalid names origin, line and column. kTooLarge over kLargestYaml. Halves and bases are 100
  /// together, and bands stand best first, or it does not parse.
  static Result<Model> parse(std::string_view yaml, std::string_view origin);
  static const Model& builtin();
  static std::string_view builtin_text();

  /// Null, here and below: the model has none of this name.
  const FigureRule* figure(std::string_view name) const;
  const DeductionRule* deduction(std::string_view name) const;
  const VetoRule* veto(std::string_view name) const;
  /// The best band that so many points (in ten-thousandths) reach.
  const Band& band(std::int64_t points) const;
  const Band& lowest() const { return bands.back(); }
  std::int64_t base_of(Domain domain) const { return base.at(static_cast<std::size_t>(domain)); }

  std::string version, date;
  int on_site = 50, monitoring = 50;  ///< per cent; 100 together
  /// How long an inspection counts, its own month included.
  int on_site_months = 12;
  /// Points of each domain, in the order of kDomains.
  std::array<std::int64_t, 4> base{25, 25, 25, 25};
  std::vector<FigureRule> figures;
  /// Per cent of working days; minutes; per cent of terminals that make a day a working day.
  int live_days = 80, live_minutes = 240, working_day = 25;
  /// Points, of all deductions together.
  std::int64_t most_deducted = 25;
  std::vector<DeductionRule> deductions;
  std::vector<VetoRule> vetoes;
  std::vector<Band> bands;  ///< best first; the last begins at 0
};

}  // namespace huxin::assess
