#pragma once
#include <string_view>

#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Says whether 18 characters are a mainland resident's identity number (GB 11643-1999): a known
/// division of GB/T 2260, a birth date, and an ISO 7064 MOD 11-2 check character (digit or X).
/// The residence permits of 81, 82 and 83 are not: see is_residence_permit.
bool is_resident_id(std::string_view id, Date today);

}  // namespace huxin::detect
