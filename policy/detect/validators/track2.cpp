#include "policy/detect/validators/track2.hpp"

#include <algorithm>

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLength = 40;

std::size_t digits_from(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && end < kMaxLength && text[end] >= '0' && text[end] <= '9') ++end;
  return end - from;
}

bool is_month(std::string_view mm) { return mm >= "01" && mm <= "12"; }

}  // namespace

std::size_t track2_length(std::string_view text) {
  const std::size_t start = text.starts_with(';') ? 1 : 0;
  const std::size_t pan = digits_from(text, start);
  const std::size_t separator = start + pan;
  if (pan < 13 || pan > 19 || separator >= text.size()) return 0;
  if (text[separator] != '=' && (start == 1 || text[separator] != 'D')) return 0;
  if (!passes_luhn(text.substr(start, pan))) return 0;
  // Expiry and service code: a shorter tail is no track.
  const std::size_t tail = digits_from(text, separator + 1);
  if (tail < 7 || !is_month(text.substr(separator + 3, 2))) return 0;
  std::size_t end = separator + 1 + tail;
  if (end < text.size() && text[end] == (start == 1 ? '?' : 'F')) ++end;
  return end <= kMaxLength ? end : 0;
}

std::string_view track2_pan(std::string_view track) {
  if (track.starts_with(';')) track.remove_prefix(1);
  return track.substr(0, std::min(track.size(), track.find_first_of("=D")));
}

}  // namespace huxin::detect
