#include "policy/detect/recognise/forms.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/mac_address.hpp"
#include "policy/detect/validators/plate.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHan = 3;  // bytes

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }

}  // namespace

std::optional<Span> military_id_around(std::string_view text, const Span& digits) {
  constexpr std::string_view kMiddle = "字第";
  constexpr std::string_view kEnd = "号";
  if (digits.size() < 4 || digits.size() > 8 || !text.substr(digits.end).starts_with(kEnd))
    return std::nullopt;
  if (digits.begin < kHan + kMiddle.size() || !text.substr(0, digits.begin).ends_with(kMiddle))
    return std::nullopt;
  const std::size_t begin = digits.begin - kMiddle.size() - kHan;
  if (!is_high(text[begin])) return std::nullopt;
  return Span{begin, digits.end + kEnd.size()};
}

// From the letters before the digits back to the province.
std::optional<Span> plate_around(std::string_view text, const Span& digits) {
  std::size_t at = digits.begin;
  const char before = at == 0 ? '\0' : text[at - 1];
  const bool joined = before == ' ' || before == '-' || before == '.' || is_high(before);
  if (!joined && !is_ascii_upper(before)) return std::nullopt;
  const std::size_t stop = at - std::min(at, std::size_t{6});
  while (at > stop &&
         (is_ascii_upper(text[at - 1]) || std::string_view(" -.").contains(text[at - 1])))
    --at;
  if (text.substr(0, at).ends_with("·")) at -= 2;
  while (at > stop && is_ascii_upper(text[at - 1])) --at;
  if (at == digits.begin || at < kHan || !is_high(text[at - 1])) return std::nullopt;
  const std::size_t begin = at - kHan;
  const std::size_t length = plate_length(text.substr(begin, 16));
  if (length == 0 || begin + length < digits.begin) return std::nullopt;
  return Span{begin, begin + length};
}

std::optional<Span> mac_address_at(std::string_view text, std::size_t colon) {
  constexpr std::size_t kLength = 17;
  if (colon < 2 || colon + kLength - 2 > text.size()) return std::nullopt;
  if (text[colon + 3] != ':' || text[colon + 6] != ':') return std::nullopt;  // hh:mm:ss
  const Span span{colon - 2, colon - 2 + kLength};
  const auto goes_on = [&](std::size_t at) { return is_ascii_alnum(text[at]) || text[at] == ':'; };
  if (span.begin > 0 && goes_on(span.begin - 1)) return std::nullopt;
  if (span.end < text.size() && goes_on(span.end)) return std::nullopt;
  if (!is_mac_address(text.substr(span.begin, kLength))) return std::nullopt;
  return span;
}

}  // namespace huxin::detect
