#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether digits are a UnionPay card number: a prefix and length of the scheme (62 with 16 to
/// 19 digits, and domestic prefixes of before the 62 range) and Luhn. ASCII digits without
/// separators, here and below.
bool is_union_pay_card(std::string_view digits);

/// Says whether digits are a Visa, Mastercard, JCB, American Express or Discover card number:
/// prefix, length and Luhn.
bool is_international_card(std::string_view digits);

/// Says whether the length is one that the scheme hardly issues any more (Visa's 13 and 19), so
/// that chance is likelier than a card.
bool has_rare_length(std::string_view digits);

}  // namespace huxin::detect
