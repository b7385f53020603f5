#include "policy/detect/recognise/rounded.hpp"

#include "policy/catalog/cards.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kKept = 15;  // digits
constexpr double kDoubt = 0.5;     // a fifth of it stays under a label

bool is_identity(std::string_view digits, Date today) {
  return digits.size() == 18 && !passes_mod_11_2(digits) &&
         is_birth_date(digits.substr(6, 8), today) && !is_default_date(digits.substr(6, 8)) &&
         is_birth_region(digits.substr(0, 6), digits.substr(6, 4));
}

}  // namespace

void recognise_rounded(std::string_view text, const Span& digits, bool numeric, Date today,
                       std::vector<Candidate>& candidates) {
  const std::string_view value = text.substr(digits.begin, digits.size());
  const std::size_t least = numeric ? kKept + 1 : kKept + 2;
  if (value.size() < least || value.size() > 19) return;
  if (value.find_first_not_of('0', kKept) != std::string_view::npos) return;
  if (is_identity(value, today)) {
    candidates.push_back(
        {.span = digits, .kind = Kind::kResidentId, .unproven = true, .doubt = kDoubt});
  } else if (catalog::may_be_card(value) && !passes_luhn(value)) {
    const bool union_pay = catalog::card_scheme(value) == catalog::CardScheme::kUnionPay;
    candidates.push_back({.span = digits,
                          .kind = union_pay ? Kind::kUnionPayCard : Kind::kInternationalCard,
                          .unproven = true,
                          .doubt = kDoubt});
  }
}

}  // namespace huxin::detect
