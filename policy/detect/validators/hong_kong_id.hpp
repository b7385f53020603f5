#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text is a Hong Kong identity card number: one or two capital letters, six digits
/// and the check character (0–9, A for ten), weights 9 to 2 over eight places and modulus 11, a
/// missing first letter counting as a space (36). Without brackets.
bool is_hong_kong_id(std::string_view text);

}  // namespace huxin::detect
