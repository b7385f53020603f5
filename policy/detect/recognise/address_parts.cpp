#include "policy/detect/recognise/address_parts.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLongestNumber = 16;
constexpr std::size_t kMostDigits = 6;  // in a row: a room has four or five, a telephone more

std::size_t alnum_run(std::string_view utf8) {
  std::size_t end = 0;
  while (end < utf8.size() && is_ascii_alnum(utf8[end])) ++end;
  return end;
}

bool joins_number(char c) { return c == '-' || c == '#' || c == '/' || c == '~'; }

}  // namespace

std::size_t address_number(std::string_view utf8) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t run = alnum_run(utf8.substr(end));
    const auto digits = std::ranges::count_if(utf8.substr(end, run), is_ascii_digit);
    if (run == 0 || digits > static_cast<std::ptrdiff_t>(kMostDigits)) break;
    end += run;
    if (end > kLongestNumber) return 0;
    if (end >= utf8.size() || !joins_number(utf8[end])) return end;
    ++end;
  }
  while (end > 0 && joins_number(utf8[end - 1]) && utf8[end - 1] != '#') --end;  // 12-, but 5#
  return end;
}

bool ends_in_han_numeral(std::string_view utf8) {
  static constexpr HanSet kNumerals =
      han_set("一二三四五六七八九十百零〇甲乙丙丁戊东南西北中前后左右");
  return utf8.size() >= kHanBytes && kNumerals.has(utf8.substr(utf8.size() - kHanBytes));
}

}  // namespace huxin::detect
