#include "policy/detect/validators/card_expiry.hpp"

#include <algorithm>

#include "policy/detect/validators/check_digits.hpp"

namespace huxin::detect {
namespace {

bool is_month(std::string_view mm) { return mm >= "01" && mm <= "12"; }
bool is_year(std::string_view yy) { return yy >= "15" && yy <= "49"; }

// 2031-09, 2031/09
bool is_year_first(std::string_view text) {
  return text.size() == 7 && text.starts_with("20") && (text[4] == '-' || text[4] == '/') &&
         all_digits(text.substr(0, 4)) && all_digits(text.substr(5)) &&
         is_year(text.substr(2, 2)) && is_month(text.substr(5));
}

}  // namespace

bool is_card_expiry(std::string_view text) {
  if (is_year_first(text)) return true;
  const bool parted = text.size() > 2 && (text[2] == '/' || text[2] == '-');
  const std::string_view first = text.substr(0, 2);
  std::string_view second = text.substr(parted ? 3 : std::min<std::size_t>(2, text.size()));
  if (!all_digits(first) || !all_digits(second)) return false;
  if (parted && second.size() == 4 && second.starts_with("20")) second.remove_prefix(2);
  if (second.size() != 2) return false;
  return (is_month(first) && is_year(second)) || (!parted && is_year(first) && is_month(second));
}

}  // namespace huxin::detect
