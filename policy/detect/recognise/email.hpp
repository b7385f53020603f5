#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the e-mail address around the '@' at `at`; a full stop that ends a sentence is left out.
/// What it gives passed is_email(). Reads at most as far as an address may be long.
std::optional<Span> recognise_email(std::string_view text, std::size_t at);

}  // namespace huxin::detect
