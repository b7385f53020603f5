#pragma once
#include <string>
#include <string_view>

#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Says whether 15 digits can be a resident's number as issued before 1999: a known division and a
/// day of the twentieth century. There is no check digit, so it proves little without context.
bool is_old_resident_id(std::string_view id, Date today);

/// Writes a valid 15-digit number in its 18-character form (GB 11643-1999), so that the same person
/// under both is one.
std::string modern_resident_id(std::string_view old_id);

}  // namespace huxin::detect
