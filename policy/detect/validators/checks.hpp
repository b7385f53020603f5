#pragma once
#include <string_view>

#include "policy/catalog/value_form.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Applies a check that the catalogue names to a value without separators, in upper case. `today`
/// bounds the dates in it.
bool passes(catalog::Check check, std::string_view value, Date today);

}  // namespace huxin::detect
