#include "policy/detect/validators/resident_id.hpp"

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_resident_id(std::string_view id, Date today) {
  if (id.size() != 18 || id[0] == '8' || id[0] == '9') return false;
  if (id[6] != '1' && id[6] != '2') return false;  // the year of birth
  return passes_mod_11_2(id) && is_birth_date(id.substr(6, 8), today) &&
         !is_default_date(id.substr(6, 8)) && is_birth_region(id.substr(0, 6), id.substr(6, 4));
}

}  // namespace huxin::detect
