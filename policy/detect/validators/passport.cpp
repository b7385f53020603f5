#include "policy/detect/validators/passport.hpp"

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_passport(std::string_view text) {
  if (text.size() != 9 || !all_digits(text.substr(2))) return false;
  const char second = text[1];
  const bool digit = second >= '0' && second <= '9';
  const bool letter = second >= 'A' && second <= 'Z' && second != 'I' && second != 'O';
  switch (text[0]) {
    case 'E':
      return digit || letter;
    case 'G':
      return digit;
    case '1':
      return second == '4' || second == '5';
    default:
      return false;
  }
}

}  // namespace huxin::detect
