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

/// Checks the last digit by ISO/IEC 7064 MOD 11,10, its hybrid system of digits. Digits only.
bool passes_mod_11_10(std::string_view digits);

/// What a digit or capital counts in codes that write 10 to 35 as A to Z. Nothing else is passed
/// in.
int alphanumeric_value(char c);

/// Says whether digits are what people type for want of a number: one of them over and over, or a
/// run up or down (123456, 654321). Digits only.
bool is_run_of_digits(std::string_view digits);

}  // namespace huxin::detect
