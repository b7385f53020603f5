#include "policy/detect/validators/spoken_digits.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/han.hpp"

namespace huxin::detect {
namespace {

// By value; 幺 and 〇 are what is said and written for 一 and 零.
constexpr auto kNumerals = std::to_array<std::string_view>(
    {"零〇", "一幺", "二", "三", "四", "五", "六", "七", "八", "九"});
constexpr HanSet kAny = [] {
  HanSet set;
  for (const std::string_view same : kNumerals) set.add(same);
  return set;
}();

// '\0' for what is no numeral.
char digit_at(std::string_view rest) {
  if (!kAny.has(rest)) return '\0';
  const std::string_view numeral = rest.substr(0, kHanBytes);
  const auto found = std::ranges::find_if(
      kNumerals, [&](std::string_view same) { return same.contains(numeral); });
  return static_cast<char>('0' + (found - kNumerals.begin()));
}

std::size_t separator_at(std::string_view rest) {
  if (rest.empty()) return 0;
  if (std::string_view(" ,-").contains(rest[0])) return 1;
  return rest.starts_with("，") || rest.starts_with("、") ? kHanBytes : 0;
}

}  // namespace

Spoken read_spoken(std::string_view text) {
  Spoken spoken;
  for (std::size_t at = 0; spoken.digits.size() <= kMostNumerals;) {
    const char digit = digit_at(text.substr(at));
    const bool x = at > 0 && at < text.size() && (text[at] == 'X' || text[at] == 'x');
    if (digit == '\0' && !x) break;
    spoken.digits += x ? 'X' : digit;
    spoken.end = at + (x ? 1 : kHanBytes);
    if (x) break;
    at = spoken.end + separator_at(text.substr(spoken.end));
  }
  return spoken;
}

bool begins_spoken(std::string_view rest) {
  return digit_at(rest) != '\0' && digit_at(rest.substr(kHanBytes)) != '\0';
}

}  // namespace huxin::detect
