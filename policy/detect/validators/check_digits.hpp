#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether every character is an ASCII digit; an empty text is not.
bool all_digits(std::string_view text);

/// Checks the last digit by Luhn's formula (ISO/IEC 7812-1, Annex B). Digits only.
bool passes_luhn(std::string_view digits);

/// Checks the last character by ISO 7064 MOD 11-2, where X stands for ten. 18 characters
/// (GB 11643-1999, 4.2.4). Accepts X in either case.
bool passes_mod_11_2(std::string_view id);

}  // namespace huxin::detect
