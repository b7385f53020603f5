#pragma once
#include <cstddef>
#include <string_view>

#include "policy/catalog/addresses.hpp"

namespace huxin::detect {

using catalog::address_suffix;
using catalog::AddressLevel;
using catalog::AddressSuffix;

/// Bytes of the number a text starts with, as addresses write them: 12, A, 3-2-501, 5#, 12-甲; at
/// most sixteen. A telephone number is none. 0: none.
std::size_t address_number(std::string_view utf8);

/// Says whether a text ends in a numeral of Han: 三 in 第三单元, 东 in 东单元, 甲.
bool ends_in_han_numeral(std::string_view utf8);

}  // namespace huxin::detect
