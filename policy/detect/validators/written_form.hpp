#pragma once
#include <cstddef>
#include <string_view>

#include "policy/catalog/value_form.hpp"

namespace huxin::detect {

/// Length of the value that a text begins with, written as `form` says (an address of a machine, a
/// card's expiry, degrees): 0 when it begins with none, or when something goes on behind it. Looks
/// at forty bytes at most. 0 for forms that say what characters a value has.
std::size_t written_length(catalog::Characters form, std::string_view text);

}  // namespace huxin::detect
