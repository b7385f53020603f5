#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::detect {

/// Length of the track 3 (ISO/IEC 4909) that a text begins with, sentinels included; 0 when it
/// begins with none: `;`, 99, a card number that passes Luhn, `=`, at least twenty digits and
/// further separators, `?`. At most 107 characters.
std::size_t track3_length(std::string_view text);

}  // namespace huxin::detect
