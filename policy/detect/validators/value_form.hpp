#pragma once
#include <string_view>

#include "policy/catalog/value_form.hpp"

namespace huxin::detect {

/// Says whether a value has the length, the prefix and the characters of a form. Without separators
/// and in upper case, but for Characters::kWord, which is taken as it stands. Checks and hints are
/// not applied (see checks.hpp); false for what is written in one way (see written_form.hpp).
bool has_form(const catalog::ValueForm& form, std::string_view value);

}  // namespace huxin::detect
