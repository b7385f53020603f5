#include "policy/detect/validators/phone.hpp"

#include "policy/catalog/tables.hpp"
#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && all_digits(digits) &&
         catalog::is_mobile_prefix(digits);
}

std::size_t landline_area_length(std::string_view digits) {
  if (digits.size() < 10 || digits.size() > 12 || digits[0] != '0' || !all_digits(digits)) return 0;
  const auto area = catalog::area_code(digits);
  if (!area) return 0;
  const std::size_t local = digits.size() - area->code.size();
  const char first = digits[area->code.size()];
  const bool subscriber =
      local >= area->shortest && local <= area->longest && first >= '2' && first <= '8';
  return subscriber ? area->code.size() : 0;
}

}  // namespace huxin::detect
