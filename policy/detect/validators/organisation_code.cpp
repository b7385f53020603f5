#include "policy/detect/validators/organisation_code.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_organisation_code(std::string_view text) {
  constexpr std::array<int, 8> kWeights{3, 7, 9, 10, 5, 8, 4, 2};
  if (text.size() != kWeights.size() + 1) return false;
  if (!std::ranges::all_of(text, [](char c) { return is_ascii_digit(c) || is_ascii_upper(c); }))
    return false;
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i)
    sum += kWeights[i] * alphanumeric_value(text[i]);
  return text.back() == "0X987654321"[static_cast<std::size_t>(sum % 11)];
}

}  // namespace huxin::detect
