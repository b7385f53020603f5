#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Letters and digits without a gap. ASCII; half-open, bytes of the text.
struct Group {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool digits = false;  ///< nothing but digits

  std::size_t size() const { return end - begin; }
};

/// Groups that single spaces, hyphens or dots join: a number as people write it, or several side by
/// side. Never crosses a tab, a line's end or anything else. Kept by its thread for the sake of its
/// memory; read_run() empties it first.
struct NumberRun {
  std::vector<Group> groups;
  bool goes_on = false;  ///< cut at kMaxGroups: the next run starts inside this one
};

/// Bounds the memory and the work of one run.
inline constexpr std::size_t kMaxGroups = 512;
/// More groups than this are no one number: how far runs overlap when they are cut.
inline constexpr std::size_t kMaxGroupsOfNumber = 20;

inline bool is_group_separator(char c) { return c == ' ' || c == '-' || c == '.'; }

/// Reads the run around `at`, a digit of `text`, but nothing before `floor`, where the last run
/// ended. Returns where the run ends. Bytes are looked at a bounded number of times over all calls.
/// Where run.goes_on, call again from what it returned: runs overlap by kMaxGroupsOfNumber groups,
/// so that no number is cut.
std::size_t read_run(std::string_view text, std::size_t at, std::size_t floor, NumberRun& run);

/// Makes the run of digits [begin, end) when no letter, digit or further group touches it: what
/// read_run() would read, without looking around. False when there may be more.
bool read_lone_digits(std::string_view text, const Span& digits, NumberRun& run);

}  // namespace huxin::detect
