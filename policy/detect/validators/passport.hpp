#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text has the form of an ordinary Chinese passport number: E and 8 digits, E and a
/// letter (no I, O) and 7; G and 8; 14 or 15 and 7. There is no check digit. Upper-case.
bool is_passport(std::string_view text);

}  // namespace huxin::detect
