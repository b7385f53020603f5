#include "policy/detect/validators/residence_permit.hpp"

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_residence_permit(std::string_view id, Date today) {
  if (id.size() != 18) return false;
  const std::string_view area = id.substr(0, 6);
  return (area == "810000" || area == "820000" || area == "830000") && passes_mod_11_2(id) &&
         is_birth_date(id.substr(6, 8), today);
}

bool is_permanent_residence_card(std::string_view id, Date today) {
  return id.size() == 18 && id[0] == '9' && passes_mod_11_2(id) &&
         is_birth_date(id.substr(6, 8), today);
}

}  // namespace huxin::detect
