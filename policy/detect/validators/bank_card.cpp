#include "policy/detect/validators/bank_card.hpp"

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
std::optional<catalog::CardScheme> bank_card_scheme(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19 || !passes_luhn(digits)) return std::nullopt;
  if (digits.find_first_not_of(digits[0]) == std::string_view::npos) return std::nullopt;
  return catalog::card_scheme(digits);
}

bool is_union_pay_card(std::string_view digits) {
  return bank_card_scheme(digits) == catalog::CardScheme::kUnionPay;
}

bool is_international_card(std::string_view digits) {
  const auto scheme = bank_card_scheme(digits);
  return scheme && *scheme != catalog::CardScheme::kUnionPay;
}

bool has_rare_length(std::string_view digits) {
  return digits.starts_with('4') && digits.size() != 16;
}

}  // namespace huxin::detect
