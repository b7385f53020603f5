#include "policy/detect/validators/foreign_phone.hpp"

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_foreign_phone(std::string_view digits) {
  if (digits.size() < 11 || digits.size() > 12 || !all_digits(digits)) return false;
  const std::string_view country = digits.substr(0, 3);
  const char first = digits[3];
  if (country == "852") return digits.size() == 11 && std::string_view("2356789").contains(first);
  if (country == "853") return digits.size() == 11 && std::string_view("268").contains(first);
  return country == "886" && first >= '2';
}

}  // namespace huxin::detect
