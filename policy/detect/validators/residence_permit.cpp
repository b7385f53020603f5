#include "policy/detect/validators/residence_permit.hpp"

#include <algorithm>
#include <string>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
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

bool is_old_permanent_residence_card(std::string_view id, Date today) {
  if (id.size() != 15 || !std::ranges::all_of(id.substr(0, 3), is_ascii_upper)) return false;
  if (!all_digits(id.substr(3))) return false;
  const auto province = static_cast<unsigned>((id[3] - '0') * 10 + (id[4] - '0'));
  const std::string birth(id.substr(7, 6));
  return catalog::is_province(province) &&
         (is_birth_date("19" + birth, today) || is_birth_date("20" + birth, today));
}

}  // namespace huxin::detect
