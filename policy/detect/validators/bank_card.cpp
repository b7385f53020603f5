#include "policy/detect/validators/bank_card.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

std::optional<catalog::CardScheme> scheme(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19 || !passes_luhn(digits)) return std::nullopt;
  if (std::ranges::all_of(digits, [&](char c) { return c == digits[0]; })) return std::nullopt;
  return catalog::card_scheme(digits);
}

}  // namespace

bool is_union_pay_card(std::string_view digits) {
  return scheme(digits) == catalog::CardScheme::kUnionPay;
}

bool is_international_card(std::string_view digits) {
  const auto found = scheme(digits);
  return found && *found != catalog::CardScheme::kUnionPay;
}

bool has_rare_length(std::string_view digits) {
  return digits.starts_with('4') && digits.size() != 16;
}

}  // namespace huxin::detect
