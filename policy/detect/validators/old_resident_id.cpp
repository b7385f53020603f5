#include "policy/detect/validators/old_resident_id.hpp"

#include <fmt/format.h>

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {

bool is_old_resident_id(std::string_view id, Date today) {
  if (id.size() != 15 || !all_digits(id) || id[0] == '8' || id[0] == '9') return false;
  if (id.find_first_not_of(id[0]) == std::string_view::npos) return false;  // 111111111111111
  const std::string birth = fmt::format("19{}", id.substr(6, 6));
  return is_birth_date(birth, today) && is_birth_region(id.substr(0, 6), birth.substr(0, 4));
}

std::string modern_resident_id(std::string_view old_id) {
  std::string id = fmt::format("{}19{}0", old_id.substr(0, 6), old_id.substr(6));
  for (const char check : std::string_view("0123456789X")) {
    id.back() = check;
    if (passes_mod_11_2(id)) break;
  }
  return id;
}

}  // namespace huxin::detect
