#include "policy/detect/validators/check_digits.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace huxin::detect {

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool passes_luhn(std::string_view digits) {
  if (digits.size() < 2 || !all_digits(digits)) return false;
  int sum = 0;
  bool doubled = false;
  for (std::size_t i = digits.size(); i-- > 0;) {
    int digit = digits[i] - '0';
    if (doubled) digit = digit < 5 ? digit * 2 : digit * 2 - 9;
    sum += digit;
    doubled = !doubled;
  }
  return sum % 10 == 0;
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
