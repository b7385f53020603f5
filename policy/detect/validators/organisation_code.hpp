#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether nine characters are an organisation code (GB 11714-1997): eight digits or capitals
/// and the check character, weights 3 7 9 10 5 8 4 2 and modulus 11, X for ten. Without hyphen.
bool is_organisation_code(std::string_view text);

}  // namespace huxin::detect
