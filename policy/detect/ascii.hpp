#pragma once
// Character classes of ASCII. Unlike <cctype> they know no locale and take any char.

namespace huxin::detect {

/// Bytes of UTF-8 beyond ASCII are in no class and are returned as they are.
constexpr bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_ascii_upper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool is_ascii_lower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool is_ascii_alnum(char c) {
  return is_ascii_digit(c) || is_ascii_upper(c) || is_ascii_lower(c);
}
constexpr bool is_ascii_hex(char c) {
  return is_ascii_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
constexpr char ascii_lower(char c) { return is_ascii_upper(c) ? static_cast<char>(c + 32) : c; }
constexpr char ascii_upper(char c) { return is_ascii_lower(c) ? static_cast<char>(c - 32) : c; }

}  // namespace huxin::detect
