#include "policy/detect/validators/bank_card.hpp"

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::string_view kRound = "00000000";  // no account's number and check digit

// One digit repeated; a round number, as flags and sizes are.
bool is_made_up(std::string_view digits) {
  return digits.find_first_not_of(digits[0]) == std::string_view::npos || digits.ends_with(kRound);
}

}  // namespace

std::optional<catalog::CardScheme> bank_card_scheme(std::string_view digits) {
  if (digits.size() < 13 || digits.size() > 19 || !all_digits(digits.substr(0, 2)) ||
      !catalog::may_be_card(digits) || !passes_luhn(digits)) {
    return std::nullopt;
  }
  if (is_made_up(digits)) return std::nullopt;
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
