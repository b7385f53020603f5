#include "policy/detect/recognise/phone_extension.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMostDigits = 6;
constexpr Mark kAround = Mark::kSpace | Mark::kComma | Mark::kOpen;

// Longer ones stand before those they begin with.
constexpr auto kWords = std::to_array<std::string_view>(
    {"转分机号", "转分机", "分机号", "分机", "转", "轉", "extension", "ext", "x", "#", "*"});

std::size_t word_bytes(std::string_view rest) {
  for (const std::string_view word : kWords) {
    if (std::ranges::equal(rest.substr(0, word.size()), word, {}, ascii_lower)) return word.size();
  }
  return 0;
}

// Behind the digits from `at` on; 0 where there are none, too many, or they go on as something
// else.
std::size_t digits_end(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  if (end == at || end - at > kMostDigits) return 0;
  const bool word = end < text.size() && is_ascii_alnum(text[end]);
  const bool tied = end + 1 < text.size() && text[end] == '-' && is_ascii_alnum(text[end + 1]);
  return word || tied ? 0 : end;
}

}  // namespace

std::size_t extension_end(std::string_view text, std::size_t end) {
  if (end >= text.size()) return end;
  std::size_t at = end + 1;
  if (text[end] != '-') {
    at = skip_marks(text, end, std::min(text.size(), end + 4), kAround);
    const std::size_t word = word_bytes(text.substr(at));
    if (word == 0) return end;
    at += word;
    if (at < text.size() && text[at] == '.') ++at;
    at = skip_marks(text, at, std::min(text.size(), at + 4), Mark::kSpace | Mark::kColon);
  }
  const std::size_t behind = digits_end(text, at);
  return behind == 0 ? end : behind;
}

}  // namespace huxin::detect
