#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

// What stands beside a card number needs no label. Offsets are bytes of the normalised text.

/// Finds the expiry (MM/YY or MM/YYYY) right behind a card number that ends at `at`.
std::optional<Span> expiry_behind_card(std::string_view text, std::size_t at, std::size_t stop);

/// Finds the security code in `PAN MM/YY CVN` as dumps write it: behind the card number that ends
/// at `at`, an expiry and three digits.
std::optional<Span> security_code_behind_card(std::string_view text, std::size_t at,
                                              std::size_t stop);

}  // namespace huxin::detect
