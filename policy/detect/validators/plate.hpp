#pragma once
#include <string_view>

namespace huxin::detect {

/// Length in bytes of the Chinese number plate (GA 36-2018) that a text begins with; 0 when it
/// begins with none. A province's character, the letter of the issuing office, then five digits and
/// letters (no I, O) of which the last may be 挂, 学, 警, 港 or 澳, or the six of new-energy
/// vehicles, where D or F stands first or last. A dot, hyphen or space may part office and number.
/// At least one digit. UTF-8; letters are capitals.
std::size_t plate_length(std::string_view utf8);

/// Says whether a character of three bytes is a province's on number plates.
bool is_plate_province(std::string_view han);

}  // namespace huxin::detect
