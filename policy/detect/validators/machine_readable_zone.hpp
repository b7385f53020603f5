#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::detect {

inline constexpr std::size_t kZoneLine = 44;  ///< characters in each of a passport's two lines

/// Says whether two lines of 44 characters are the machine-readable zone of a passport (ICAO Doc
/// 9303-4): P first, and the check digits of number, birth, expiry and of all of it, weights 7 3 1.
bool is_machine_readable_zone(std::string_view first, std::string_view second);

/// The check digit of a field (ICAO Doc 9303-3, 4.9): digits as they are, A to Z as 10 to 35, '<'
/// as 0. 10 for a field with anything else in it.
int zone_check_digit(std::string_view field);

}  // namespace huxin::detect
