#include "policy/detect/validators/credit_code.hpp"

#include <array>
#include <cstddef>

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_credit_code(std::string_view code) {
  static constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  static constexpr std::array<unsigned, 17> kWeights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                     29, 25, 13, 8,  24, 10, 30, 28};
  if (code.size() != kWeights.size() + 1 || !all_digits(code.substr(2, 6))) return false;
  std::size_t sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const std::size_t value = kAlphabet.find(code[i]);
    if (value == std::string_view::npos) return false;
    sum += value * kWeights[i];
  }
  if (kAlphabet.find(code.back()) != (31 - sum % 31) % 31) return false;
  // National bodies carry 100000. Development zones have codes of their own below the province.
  const unsigned province = static_cast<unsigned>((code[2] - '0') * 10 + (code[3] - '0'));
  return code.substr(2, 6) == "100000" || catalog::is_province(province);
}

}  // namespace huxin::detect
