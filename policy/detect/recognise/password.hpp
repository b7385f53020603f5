#pragma once
#include <optional>
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// Finds the password behind its label, no further than `stop`: a colon, an equals sign or the end
/// of a tag of that name (`<password>`) stands between. Behind a label in Han blanks will do
/// where the word is hardly anything else (is_strong_password).
///
/// People write it behind a label in Han, and are believed (is_plausible_password). Behind a label
/// in ASCII it may be a program that speaks: a literal is believed there, in quotes or bare, and
/// not a variable, a call, a subscript, a type or a message (is_secret_literal). Offsets are bytes
/// of the normalised text.
std::optional<Span> password_behind(std::string_view text, const Span& label, std::size_t stop);

}  // namespace huxin::detect
