#include "policy/detect/validators/plate.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHan = 3;
constexpr std::string_view kProvinces =
    "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr std::string_view kLast = "挂学警港澳";

bool has(std::string_view characters, std::string_view han) {
  for (std::size_t i = 0; i < characters.size(); i += kHan) {
    if (characters.substr(i, kHan) == han) return true;
  }
  return false;
}

bool is_serial(char c) { return is_ascii_digit(c) || (is_ascii_upper(c) && c != 'I' && c != 'O'); }

// D and F, and the letters that followed when both were used up, stand for electric and hybrid.
bool is_new_energy(std::string_view serial) {
  constexpr std::string_view kKinds = "DFABCEGHJK";
  const auto digits = [](std::string_view part) {
    return std::ranges::all_of(part, is_ascii_digit);
  };
  return (kKinds.contains(serial.front()) && digits(serial.substr(2))) ||
         (kKinds.contains(serial.back()) && digits(serial.substr(0, 5)));
}

std::size_t separator(std::string_view text) {
  if (text.starts_with("·")) return std::string_view("·").size();
  return !text.empty() && std::string_view(" -.").contains(text[0]) ? 1 : 0;
}

}  // namespace

bool is_plate_province(std::string_view han) { return han.size() == kHan && has(kProvinces, han); }

std::size_t plate_length(std::string_view utf8) {
  if (utf8.size() < kHan + 6 || !is_plate_province(utf8.substr(0, kHan))) return 0;
  if (!is_ascii_upper(utf8[kHan]) || utf8[kHan] == 'I') return 0;
  const std::size_t begin = kHan + 1 + separator(utf8.substr(kHan + 1, 2));
  std::size_t end = begin;
  while (end < utf8.size() && end - begin < 7 && is_serial(utf8[end])) ++end;
  const std::string_view serial = utf8.substr(begin, end - begin);
  if (!std::ranges::any_of(serial, is_ascii_digit)) return 0;
  if (serial.size() == 4 && has(kLast, utf8.substr(end, kHan))) return end + kHan;
  if (end < utf8.size() && is_ascii_alnum(utf8[end])) return 0;
  return serial.size() == 5 || (serial.size() == 6 && is_new_energy(serial)) ? end : 0;
}

}  // namespace huxin::detect
