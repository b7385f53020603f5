#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text is an identity number of Taiwan: a capital letter (the place of first
/// registration), 1 or 2, seven digits and the check digit; the letter stands for two digits,
/// weights 1 9 8 7 6 5 4 3 2 1 1 and modulus 10.
bool is_taiwan_id(std::string_view text);

}  // namespace huxin::detect
