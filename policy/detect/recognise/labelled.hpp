#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

// Values that only their label tells: each looks behind a keyword that ends at `at`, no further
// than `stop`, past one separator (colon, equals sign, quotes, brackets, 为, 是).

/// Finds the value of a password, if it can be a real one. A colon or equals sign is required.
std::optional<Span> password_behind(std::string_view text, std::size_t at, std::size_t stop);

/// Finds the expiry (MM/YY or MM/YYYY) right behind a card number that ends at `at`.
std::optional<Span> expiry_behind_card(std::string_view text, std::size_t at, std::size_t stop);

/// Finds the security code in `PAN MM/YY CVN` as dumps write it: behind the card number that ends
/// at `at`, an expiry and three digits.
std::optional<Span> security_code_behind_card(std::string_view text, std::size_t at,
                                              std::size_t stop);

}  // namespace huxin::detect
