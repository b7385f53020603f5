#pragma once
#include <string_view>

#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Says whether 18 characters are the number of a residence permit for Hong Kong (810000), Macao
/// (820000) or Taiwan (830000) residents: birth date and MOD 11-2 as in a resident's number.
bool is_residence_permit(std::string_view id, Date today);

/// Says whether 18 characters are the number of a foreign permanent resident's card of 2023: first
/// digit 9, birth date and MOD 11-2 as in a resident's number.
bool is_permanent_residence_card(std::string_view id, Date today);

/// Says whether 15 characters are the number of a foreign permanent resident's permit as issued
/// until 2017: three capital letters for the country, four digits for the place of application, the
/// birth date as YYMMDD, and two more digits. The century is not told: either may fit.
bool is_old_permanent_residence_card(std::string_view id, Date today);

}  // namespace huxin::detect
