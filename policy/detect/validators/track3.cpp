#include "policy/detect/validators/track3.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

std::size_t track3_length(std::string_view text) {
  constexpr std::size_t kMaxLength = 107;
  constexpr std::ptrdiff_t kLeastTail = 20;
  text = text.substr(0, kMaxLength);
  const std::size_t separator = text.find('=');
  if (!text.starts_with(";99") || separator == std::string_view::npos) return 0;
  const std::string_view pan = text.substr(3, separator - 3);
  if (pan.size() < 13 || pan.size() > 19 || !passes_luhn(pan)) return 0;
  const std::size_t end = text.find('?', separator);
  if (end == std::string_view::npos) return 0;
  const std::string_view tail = text.substr(separator, end - separator);
  const bool allowed =
      std::ranges::all_of(tail, [](char c) { return is_ascii_digit(c) || c == '='; });
  return allowed && std::ranges::count_if(tail, is_ascii_digit) >= kLeastTail ? end + 1 : 0;
}

}  // namespace huxin::detect
