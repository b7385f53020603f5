#pragma once
#include <chrono>
#include <string_view>

namespace huxin::detect {

using Date = std::chrono::year_month_day;

/// Says whether YYYYMMDD is a day somebody now on file can have been born: a real day, no earlier
/// than 1850 (published specimens go back to 1880) and no later than `today`. Eight ASCII digits;
/// anything else is none.
bool is_birth_date(std::string_view yyyymmdd, Date today);

/// What programs write where they know none: 1 January 1900.
bool is_default_date(std::string_view yyyymmdd);

/// Says whether an identity number's six leading digits are a division of GB/T 2260 that was in
/// force when somebody born in the year of `yyyy` was registered. Digits only.
bool is_birth_region(std::string_view code6, std::string_view yyyy);

}  // namespace huxin::detect
