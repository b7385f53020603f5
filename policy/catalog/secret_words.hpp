#pragma once
#include <string_view>

namespace huxin::catalog {

/// Says whether a word in lower case stands for a password, or for none: null, changeme, string.
bool is_placeholder_word(std::string_view word);

/// Says whether a word in lower case is the name of a digest, an encoding or a type that has digits
/// in it: sha256, utf8, int64; or is joined of one and letters: sha256hex.
bool is_technical_word(std::string_view word);

}  // namespace huxin::catalog
