#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether eleven digits are a mobile number with an allocated prefix. No country code.
bool is_mobile(std::string_view digits);

/// Counts the digits of the area code that a landline number starts with: 3 or 4, or 0 when the
/// whole is no landline number (a known area code, then 7 or 8 digits that start with 2–8).
std::size_t landline_area_length(std::string_view digits);

}  // namespace huxin::detect
