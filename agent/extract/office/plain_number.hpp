#pragma once
#include <string>

namespace huxin::extract {

/// Writes a whole number that a spreadsheet stored in exponent form in full: 6.2220212345678E+18.
/// What has a fraction, or is no number, stays as it is.
std::string plain_number(std::string value);

}  // namespace huxin::extract
