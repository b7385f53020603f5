#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace huxin::detect {

// Numbers as people say them and as recordings are written down: 一三九，一二三四，五六七八 and
// 幺三九….

inline constexpr std::size_t kMostNumerals = 24;

/// What a text begins with, in digits; no digits where it does not begin with a numeral.
struct Spoken {
  std::string digits;   ///< an X may be the last; one more than kMostNumerals where more follow
  std::size_t end = 0;  ///< behind the last numeral
};

/// Reads numerals with single spaces, commas and hyphens between them. Valid UTF-8; looks at no
/// more than one numeral beyond kMostNumerals.
Spoken read_spoken(std::string_view text);

/// Says whether a text begins with two such numerals.
bool begins_spoken(std::string_view rest);

}  // namespace huxin::detect
