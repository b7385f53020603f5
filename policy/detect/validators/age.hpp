#pragma once
#include <optional>
#include <string_view>

#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Says whether somebody born on a day is younger than `years` on `today`. Age is counted by the
/// day, and a year of it is complete at the end of the birthday (Civil Code, Articles 200 to 202):
/// on the birthday itself he still is younger. Where the birthday does not exist, as 29 February,
/// the last day of that month stands for it. Both are real days.
bool is_younger_than(Date birth, Date today, int years);

/// The day of birth that an identity number of eighteen or fifteen characters carries (GB 11643);
/// nullopt for another length, or where there is no such day.
std::optional<Date> birth_date_of(std::string_view resident_id);

}  // namespace huxin::detect
