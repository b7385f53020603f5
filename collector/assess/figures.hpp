#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "collector/assess/facts.hpp"
#include "collector/assess/model.hpp"

namespace huxin::assess {

/// One thing that a figure looked at, and whether it is in its numerator.
struct Counted {
  Evidence of;
  bool counts = false;
  bool operator==(const Counted&) const = default;
};
inline constexpr std::size_t kMostCounted = 2'000;  ///< kept of one figure; the rest is a number

/// numerator / denominator, and what was counted. Without a denominator there are no data.
struct Figure {
  std::string name;  ///< of FigureRule
  std::int64_t numerator = 0, denominator = 0;
  bool kept = true;  ///< false: the collector does not keep what this would count
  std::vector<Counted> counted;
  std::uint64_t more = 0;
  bool operator==(const Figure&) const = default;

  bool has_data() const { return denominator > 0; }
  /// Beyond kMostCounted only the number rises.
  void count(Counted one);
};

/// "7.5 h", cut off to tenths.
std::string hours_text(std::int64_t seconds);

/// The figures of one branch, in the model's order, by domain. Live terminals, hours and coverage
/// are the branch's own and the same in each domain.
using BranchFigures = std::array<std::vector<Figure>, 4>;

/// Measures one branch's own terminals, staff, cases and orders; branches below it do not count.
///
/// live: terminals heard on `live_days` % of the bank's working days since they were enrolled, and,
/// while the month runs, within `live_minutes` of the bank's last heartbeat, of all enrolled and
/// not revoked. hours: seconds heard of with no sensor blind, of those between a day's first
/// and last heartbeat. coverage: contents inspected (files of discovery runs, incidents), of these
/// and what terminals told they could not inspect. destroyed: orders done by their due time, of
/// these and those that passed it. review: the median of minutes from the arrival of a case's first
/// incident to its first verdict, in hours. leaks: cases confirmed, of staff employed at the end.
/// overdue: rectifications past their due day, of all that fell due and were still open in the
/// month. A case or an order of no domain counts in all four. Figures whose source is not kept are
/// there with `kept` false.
BranchFigures measure(const Facts& facts, const std::string& branch, const Model& model);

/// The days on which enough of the bank's terminals were heard, ascending. Enough: the model's
/// `working_day` per cent of those enrolled by the day's end.
std::vector<std::int64_t> working_days(const Facts& facts, const Model& model);

}  // namespace huxin::assess
