#pragma once
#include <chrono>
#include <optional>
#include <string_view>

#include "policy/base/clock.hpp"

namespace huxin::imports {

/// Reads a day as tables write it: 2026-03-01, 2026/3/1, 2026.3.1, 20260301 or 2026年3月1日;
/// nullopt for anything else, and for days that no calendar has. Years 1900 to 2999. No blanks
/// around it; month and day may have one digit, but not in the form without marks.
std::optional<std::chrono::year_month_day> date_from(std::string_view text);

/// The difference between the bank's time and UTC at a moment, as the machine's time zone has it.
std::chrono::minutes local_offset(Time time);

}  // namespace huxin::imports
