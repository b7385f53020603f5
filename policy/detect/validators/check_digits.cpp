#include "policy/detect/validators/check_digits.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace huxin::detect {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Two digits a step, from the right; what is no digit is noticed at the end.
bool passes_luhn(std::string_view digits) {
  static constexpr std::array<unsigned, 16> kDoubled{0, 2, 4, 6, 8, 1, 3, 5, 7, 9};
  if (digits.size() < 2) return false;
  unsigned sum = 0;
  unsigned largest = 0;
  const char* const data = digits.data();
  const auto digit = [&](std::size_t at) {
    const unsigned value = static_cast<unsigned char>(data[at]) - unsigned{'0'};
    largest = std::max(largest, value);
    return value & 0x0FU;
  };
  std::size_t left = digits.size();
  for (; left >= 2; left -= 2) sum += digit(left - 1) + kDoubled[digit(left - 2)];
  if (left == 1) sum += digit(0);
  return largest <= 9 && sum % 10 == 0;
}

bool passes_mod_11_2(std::string_view id) {
  static constexpr std::array<int, 17> kWeights{7, 9, 10, 5,  8, 4, 2, 1, 6,
                                                3, 7, 9,  10, 5, 8, 4, 2};
  static constexpr std::string_view kCheck = "10X98765432";
  if (id.size() != kWeights.size() + 1 || !all_digits(id.substr(0, kWeights.size()))) return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += kWeights[i] * (id[i] - '0');
  const char last = id.back() == 'x' ? 'X' : id.back();
  return last == kCheck[static_cast<std::size_t>(sum % 11)];
}

bool passes_mod_11_10(std::string_view digits) {
  if (digits.size() < 2 || !all_digits(digits)) return false;
  int product = 10;
  for (const char c : digits.substr(0, digits.size() - 1)) {
    const int sum = (product + c - '0') % 10;
    product = (sum == 0 ? 10 : sum) * 2 % 11;
  }
  return (product + digits.back() - '0') % 10 == 1;
}

int alphanumeric_value(char c) { return c >= 'A' ? c - 'A' + 10 : c - '0'; }

bool is_run_of_digits(std::string_view digits) {
  if (digits.size() < 2) return true;
  const int step = digits[1] - digits[0];
  if (step < -1 || step > 1) return false;
  for (std::size_t i = 1; i < digits.size(); ++i) {
    if (digits[i] - digits[i - 1] != step) return false;
  }
  return true;
}

}  // namespace huxin::detect
