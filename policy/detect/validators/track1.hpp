#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::detect {

/// Length of the track 1 (ISO/IEC 7813, format B) that a text begins with, end sentinel included; 0
/// when it begins with none: `%B`, a card number that passes Luhn, `^`, a name of 2 to 26
/// characters, `^`, expiry as YYMM. At most 79 characters. A track cut short is still one.
std::size_t track1_length(std::string_view text);

}  // namespace huxin::detect
