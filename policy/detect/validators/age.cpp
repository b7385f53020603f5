#include "policy/detect/validators/age.hpp"

#include <string>

#include "policy/detect/validators/written_date.hpp"

namespace huxin::detect {

bool is_younger_than(Date birth, Date today, int years) {
  Date complete = birth + std::chrono::years{years};
  if (!complete.ok()) complete = complete.year() / complete.month() / std::chrono::last;
  return today <= complete;
}

std::optional<Date> birth_date_of(std::string_view resident_id) {
  std::string digits;
  if (resident_id.size() == 18) digits = resident_id.substr(6, 8);
  if (resident_id.size() == 15) digits = "19" + std::string(resident_id.substr(6, 6));
  if (digits.empty()) return std::nullopt;
  const auto written = written_date(digits, 0);
  return written ? std::optional(written->date) : std::nullopt;
}

}  // namespace huxin::detect
