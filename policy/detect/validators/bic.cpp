#include "policy/detect/validators/bic.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"

namespace huxin::detect {

bool is_bic(std::string_view text) {
  if (text.size() != 8 && text.size() != 11) return false;
  const auto allowed = [](char c) { return is_ascii_upper(c) || is_ascii_digit(c); };
  if (text.substr(0, 4) == "AAAA") return false;  // as standards write it
  return std::ranges::all_of(text.substr(0, 6), is_ascii_upper) &&
         std::ranges::all_of(text.substr(6), allowed) && catalog::is_country(text.substr(4, 2));
}

}  // namespace huxin::detect
