#include "policy/detect/validators/credit_code.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

namespace {

constexpr unsigned kNone = 31;

// Of the 31 characters, without I, O, S, V and Z (GB 32100-2015, table 2).
constexpr auto kValues = [] {
  constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY";
  std::array<std::uint8_t, 256> values{};
  values.fill(kNone);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i)
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  return values;
}();

unsigned value_of(char c) { return kValues[static_cast<unsigned char>(c)]; }

// National bodies carry 100000. Development zones have codes of their own below the province.
bool is_region(std::string_view code6) {
  if (!all_digits(code6)) return false;
  const auto province = static_cast<unsigned>((code6[0] - '0') * 10 + (code6[1] - '0'));
  return code6 == "100000" || catalog::is_province(province);
}

// 123456789012345678: what is typed where no code is known.
bool counts_up(std::string_view code) {
  for (std::size_t i = 1; i < code.size(); ++i) {
    if ((code[i] - '0') != (code[i - 1] - '0' + 1) % 10) return false;
  }
  return true;
}

}  // namespace

bool is_credit_code(std::string_view code) {
  static constexpr std::array<unsigned, 17> kWeights{1,  3,  9,  27, 19, 26, 16, 17, 20,
                                                     29, 25, 13, 8,  24, 10, 30, 28};
  if (code.size() != kWeights.size() + 1 || !is_region(code.substr(2, 6))) return false;
  if (counts_up(code)) return false;
  unsigned sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) {
    const unsigned value = value_of(code[i]);
    if (value == kNone) return false;
    sum += value * kWeights[i];
  }
  return value_of(code.back()) == (31 - sum % 31) % 31;
}

}  // namespace huxin::detect
