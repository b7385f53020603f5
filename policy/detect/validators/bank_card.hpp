#pragma once
#include <optional>
#include <string_view>

#include "policy/catalog/cards.hpp"

namespace huxin::detect {

/// The scheme whose card number the digits are: its prefix, its length and Luhn; nullopt for none.
/// ASCII digits without separators, here and below.
std::optional<catalog::CardScheme> bank_card_scheme(std::string_view digits);

/// Says whether digits are a UnionPay card number: a prefix and length of the scheme (62 with 16 to
/// 19 digits, and domestic prefixes of before the 62 range) and Luhn.
bool is_union_pay_card(std::string_view digits);

/// Says whether digits are a Visa, Mastercard, JCB, American Express or Discover card number:
/// prefix, length and Luhn.
bool is_international_card(std::string_view digits);

/// Says whether the length is one that the scheme hardly issues any more (Visa's 13 and 19), so
/// that chance is likelier than a card.
bool has_rare_length(std::string_view digits);

}  // namespace huxin::detect
