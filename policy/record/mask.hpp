#pragma once
#include <string>
#include <string_view>

#include "policy/catalog/catalog.hpp"

namespace huxin::record {

/// Shows a value as its mask preset allows: kept characters and '*' for every hidden one (code
/// points, not bytes). Never shows more than the preset; a value too short for it is hidden wholly.
/// UTF-8; a broken byte counts as a character. kRemove tells no length beyond 32.
std::string mask(std::string_view value, catalog::Mask preset);

}  // namespace huxin::record
