#include "policy/detect/validators/track1.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLength = 79;

bool is_track(char c) { return c >= ' ' && c <= '_'; }

}  // namespace

std::size_t track1_length(std::string_view text) {
  text = text.substr(0, kMaxLength);
  if (!text.starts_with("%B") && !text.starts_with("%b")) return 0;
  const std::size_t caret = text.find('^');
  if (caret == std::string_view::npos) return 0;
  const std::string_view pan = text.substr(2, caret - 2);
  if (pan.size() < 13 || pan.size() > 19 || !passes_luhn(pan)) return 0;
  const std::size_t second = text.find('^', caret + 1);
  if (second == std::string_view::npos || second - caret < 3 || second - caret > 27) return 0;
  const std::string_view month = text.substr(
      second + 3, std::min<std::size_t>(2, text.size() - std::min(text.size(), second + 3)));
  if (!all_digits(text.substr(second + 1, 4)) || month < "01" || month > "12") return 0;
  std::size_t end = second + 5;
  while (end < text.size() && is_track(text[end]) && text[end] != '?' && text[end] != ' ') ++end;
  return end < text.size() && text[end] == '?' ? end + 1 : end;
}

}  // namespace huxin::detect
