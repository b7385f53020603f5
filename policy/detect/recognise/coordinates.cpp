#include "policy/detect/recognise/coordinates.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMostPlaces = 15;

// ddd.dddd…: empty where none is.
Span decimal_at(std::string_view text, std::size_t at) {
  std::size_t point = at;
  while (point < text.size() && point - at < 4 && is_ascii_digit(text[point])) ++point;
  if (point == at || point - at > 3 || point >= text.size() || text[point] != '.') return {};
  std::size_t end = point + 1;
  while (end < text.size() && is_ascii_digit(text[end])) ++end;
  const std::size_t places = end - point - 1;
  const bool goes_on = end < text.size() && (is_ascii_alnum(text[end]) || text[end] == '.');
  return places < kLeastPlaces || places > kMostPlaces || goes_on ? Span{} : Span{at, end};
}

// In tenths of a degree.
int tenths(std::string_view decimal) {
  int value = 0;
  std::size_t at = 0;
  for (; decimal[at] != '.'; ++at) value = value * 10 + (decimal[at] - '0');
  return value * 10 + (decimal[at + 1] - '0');
}

bool is_longitude(int degrees) { return degrees >= 735 && degrees <= 1351; }
bool is_latitude(int degrees) { return degrees >= 38 && degrees <= 536; }

}  // namespace

std::optional<std::array<Span, 2>> coordinates_at(std::string_view text, std::size_t at) {
  if (at > 0 && (is_ascii_alnum(text[at - 1]) || text[at - 1] == '.')) return std::nullopt;
  const Span first = decimal_at(text, at);
  if (first.size() == 0) return std::nullopt;
  constexpr Mark kBetween =
      Mark::kSpace | Mark::kComma | Mark::kSlash | Mark::kSemicolon | Mark::kEnumeration;
  const std::size_t next =
      skip_marks(text, first.end, std::min(text.size(), first.end + 6), kBetween);
  const Span second = next == first.end ? Span{} : decimal_at(text, next);
  if (second.size() == 0) return std::nullopt;
  const int a = tenths(text.substr(first.begin, first.size()));
  const int b = tenths(text.substr(second.begin, second.size()));
  const bool place = (is_longitude(a) && is_latitude(b)) || (is_latitude(a) && is_longitude(b));
  return place ? std::optional(std::array{first, second}) : std::nullopt;
}

}  // namespace huxin::detect
