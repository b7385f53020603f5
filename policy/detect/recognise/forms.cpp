#include "policy/detect/recognise/forms.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/mac_address.hpp"
#include "policy/detect/validators/plate.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHan = 3;        // bytes
constexpr std::size_t kMaxHead = 10;   // bytes of a plate between its province and its digits
constexpr std::size_t kMaxPlate = 20;  // bytes
constexpr double kIrregularPlateDoubt = 0.45;

// Bytes of the letter or of what parts a plate that ends at `end`; 0: neither.
std::size_t head_before(std::string_view text, std::size_t end) {
  const char last = text[end - 1];
  if (is_ascii_alnum(last)) return is_ascii_digit(last) ? 0 : 1;
  if (!is_high(last)) return plate_separator({&last, 1});
  for (std::size_t bytes = 2; bytes <= std::min(end, kHan); ++bytes) {
    if (plate_separator(text.substr(end - bytes, bytes)) == bytes) return bytes;
  }
  return 0;
}

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
std::optional<PlateAround> plate_around(std::string_view text, const Span& digits) {
  static_assert(kMaxHead + kHan <= kHighReach);  // as callers rely on
  std::size_t at = digits.begin;
  while (digits.begin - at < kMaxHead && at > 0) {
    const std::size_t bytes = head_before(text, at);
    if (bytes == 0) break;
    at -= bytes;
  }
  if (at == digits.begin || at < kHan || !is_high(text[at - 1])) return std::nullopt;
  const Plate plate = plate_at(text.substr(at - kHan, kMaxPlate));
  const std::size_t end = at - kHan + plate.bytes;
  if (end <= digits.begin) return std::nullopt;
  return PlateAround{{at - kHan, end}, plate.irregular ? kIrregularPlateDoubt : 0};
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
