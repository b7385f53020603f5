#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace huxin::catalog {

/// What a word beside a number makes of it.
enum class Unit : std::uint8_t {
  kCurrency,  ///< before an amount: RMB, ¥
  kMoney,     ///< behind an amount: 万, 元, USD
  kCount,     ///< behind a long number, which counts things then: 笔, 股, bytes
  kFew,       ///< behind a short number, which is no code then: 年, 位
};

/// Bytes of the longest unit of a sort that a text starts with; 0: none. As written, in UTF-8.
std::size_t unit_prefix(Unit unit, std::string_view utf8);

/// Bytes of the currency that a text ends with; 0: none.
std::size_t currency_suffix(std::string_view utf8);

}  // namespace huxin::catalog
