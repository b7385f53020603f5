#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace huxin::text {

inline constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  ///< U+FFFD

/// Length of the longest prefix that is valid UTF-8 (RFC 3629: no surrogates, no overlong forms, at
/// most U+10FFFF). Never cuts a character in two: one that is not complete at the end is not part
/// of it.
std::size_t valid_utf8_prefix(std::string_view bytes);

/// Length of the valid UTF-8 character at `at`, 1 to 4; 0 when there is none. 0 too when `at` is at
/// or past the end.
std::size_t utf8_length(std::string_view bytes, std::size_t at);

inline constexpr std::size_t kLongestUtf8 = 4;

/// As much of a text as fits into `most` bytes, cut before a character and never within one. What
/// of it is not valid stays so.
std::string_view cut_utf8(std::string_view text, std::size_t most);

/// Writes a code point in UTF-8 to `out`, which has room for kLongestUtf8 bytes, and returns its
/// length; `code` must be a scalar value.
std::size_t write_utf8(char* out, char32_t code);

/// Appends a code point in UTF-8 and returns its length.
std::size_t append_utf8(std::string& text, char32_t code);

}  // namespace huxin::text
