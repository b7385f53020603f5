#include "policy/detect/validators/machine_readable_zone.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

bool is_zone(char c) { return is_ascii_digit(c) || is_ascii_upper(c) || c == '<'; }

bool checks(std::string_view field, char digit) {
  return is_ascii_digit(digit) && zone_check_digit(field) == digit - '0';
}

}  // namespace

int zone_check_digit(std::string_view field) {
  constexpr std::array<int, 3> kWeights{7, 3, 1};
  int sum = 0;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (!is_zone(field[i])) return 10;
    sum += field[i] == '<' ? 0 : kWeights[i % 3] * alphanumeric_value(field[i]);
  }
  return sum % 10;
}

bool is_machine_readable_zone(std::string_view first, std::string_view second) {
  if (first.size() != kZoneLine || second.size() != kZoneLine || first[0] != 'P') return false;
  if (!std::ranges::all_of(first, is_zone) || !std::ranges::all_of(second, is_zone)) return false;
  const std::string all =
      std::string(second.substr(0, 10)).append(second.substr(13, 7)).append(second.substr(21, 22));
  return first.contains("<<") && checks(second.substr(0, 9), second[9]) &&
         checks(second.substr(13, 6), second[19]) && checks(second.substr(21, 6), second[27]) &&
         checks(all, second[43]);
}

}  // namespace huxin::detect
