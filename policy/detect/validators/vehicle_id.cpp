#include "policy/detect/validators/vehicle_id.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLength = 17;

// What a character counts, from '0' to 'Z'; I, O and Q do not occur.
int value(char c) {
  constexpr std::string_view kLetters = "12345678012345070923456789";
  return is_ascii_digit(c) ? c - '0' : kLetters[static_cast<std::size_t>(c - 'A')] - '0';
}

}  // namespace

bool is_vehicle_id(std::string_view text) {
  if (text.size() != kLength) return false;
  const auto allowed = [](char c) {
    return is_ascii_digit(c) || (is_ascii_upper(c) && !std::string_view("IOQ").contains(c));
  };
  return std::ranges::all_of(text, allowed) && std::ranges::any_of(text, is_ascii_upper) &&
         std::ranges::count_if(text.substr(kLength - 4), is_ascii_digit) >= 3;
}

bool has_vehicle_check_digit(std::string_view text) {
  constexpr std::array<int, kLength> kWeights{8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  if (!is_vehicle_id(text)) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kLength; ++i) sum += kWeights[i] * value(text[i]);
  return text[8] == "0123456789X"[static_cast<std::size_t>(sum % 11)];
}

}  // namespace huxin::detect
