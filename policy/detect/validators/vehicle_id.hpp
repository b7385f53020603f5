#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether 17 characters have the form of a vehicle identification number (GB 16735-2019,
/// ISO 3779): capitals without I, O and Q, and digits, some of each, four digits at the end or all
/// but one of them (small makers write a letter there).
bool is_vehicle_id(std::string_view text);

/// Says whether its ninth character is the check digit (GB 16735-2019, annex on the check digit):
/// letters count as 1 to 9, modulus 11, X for ten. Vehicles of Europe need not have one.
bool has_vehicle_check_digit(std::string_view text);

}  // namespace huxin::detect
