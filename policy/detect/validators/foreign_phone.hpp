#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether digits behind '+' or 00 are a telephone number of Hong Kong (852, eight digits),
/// Macao (853, eight) or Taiwan (886, eight or nine): country code first, no trunk prefix. First
/// digits as their numbering plans give them: 2, 3, 5–9; 2, 6, 8; 2–9.
bool is_foreign_phone(std::string_view digits);

}  // namespace huxin::detect
