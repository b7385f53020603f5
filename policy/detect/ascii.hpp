#pragma once
// Character classes of ASCII. Unlike <cctype> they know no locale and take any char.
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "policy/base/byte_set.hpp"

namespace huxin::detect {

/// Bytes of UTF-8 beyond ASCII are in no class and are returned as they are.
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
namespace detail {
/// Bit 0: a letter or a digit; bit 1: a letter.
inline constexpr auto kAsciiWords = [] {
  std::array<unsigned char, 256> table{};
  for (std::size_t c = 0; c < table.size(); ++c) {
    const auto byte = static_cast<char>(c);
    const bool letter = is_ascii_upper(byte) || is_ascii_lower(byte);
    table[c] = letter ? 3 : is_ascii_digit(byte) ? 1 : 0;
  }
  return table;
}();
}  // namespace detail
constexpr bool is_ascii_alnum(char c) {
  return detail::kAsciiWords[static_cast<unsigned char>(c)] != 0;
}
constexpr bool is_ascii_letter(char c) {
  return (detail::kAsciiWords[static_cast<unsigned char>(c)] & 2U) != 0;
}
/// A byte of a character beyond ASCII.
constexpr bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
/// Whether some of the kHighReach bytes before `end` are of characters beyond ASCII; true where
/// there are fewer bytes.
inline constexpr std::size_t kHighReach = 16;
inline bool may_be_high_before(std::string_view text, std::size_t end) {
  if (end < kHighReach) return true;
  std::array<std::uint64_t, 2> bytes{};
  static_assert(sizeof(bytes) == kHighReach);
  std::memcpy(bytes.data(), text.data() + end - kHighReach, kHighReach);
  return ((bytes[0] | bytes[1]) & 0x8080'8080'8080'8080U) != 0;
}
constexpr bool is_ascii_hex(char c) {
  return is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
/// By byte: letters, digits, and the characters of a text.
constexpr ByteSet alnum_and(std::string_view others) {
  ByteSet set(others);
  for (unsigned c = 0; c < 0x80; ++c) {
    if (is_ascii_alnum(static_cast<char>(c))) set.add(static_cast<char>(c));
  }
  return set;
}
constexpr char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c + 32) : c; }
/// A text in lower case.
inline std::string ascii_lowered(std::string_view text) {
  std::string lowered(text);
  std::ranges::transform(lowered, lowered.begin(), ascii_lower);
  return lowered;
}
constexpr char ascii_upper(char c) { return is_ascii_lower(c) ? static_cast<char>(c - 32) : c; }

}  // namespace huxin::detect
