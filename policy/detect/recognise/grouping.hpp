#pragma once
#include <cstddef>
#include <span>
#include <string_view>

#include "policy/detect/number_run.hpp"

namespace huxin::detect {

/// How the groups of a number lie in their run: what people write, or what falls together by
/// chance. Borrows the run's groups.
struct Grouping {
  std::span<const Group> groups;  ///< those of the number
  bool whole_run = false;         ///< the run has no other groups
  bool tied_before = false;       ///< a hyphen or dot ties it to a further group before it
  bool tied_behind = false;       ///< …or behind it

  /// Part of a longer code.
  bool linked() const { return tied_before || tied_behind; }
  bool single() const { return groups.size() == 1; }
};

/// Describes groups [first, last] of a run. `last` is included.
Grouping grouping(std::string_view text, const NumberRun& run, std::size_t first, std::size_t last);

/// Says whether the groups are sized as people write mobile numbers (3-4-4, 3-8, digit by digit…).
bool is_mobile_grouping(const Grouping& grouping);

/// Says whether the groups are sized as on cards: equal but for the last, 6 and the rest, 4-6-5.
bool is_card_grouping(const Grouping& grouping);

/// Says whether exactly one dot and nothing else joins the groups: a decimal fraction.
bool is_decimal(std::string_view text, const Grouping& grouping);

}  // namespace huxin::detect
