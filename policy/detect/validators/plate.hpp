#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::detect {

/// A number plate at the start of a text.
struct Plate {
  std::size_t bytes = 0;   ///< 0: none
  bool irregular = false;  ///< in small letters, or with a space behind the province
};

/// Reads the Chinese number plate (GA 36-2018) that a text begins with. A province's character, the
/// letter of the issuing office, then five digits and letters (no I, O) of which the last may be
/// 挂, 学, 警, 港 or 澳, or the six of new-energy vehicles, where D or F stands first or last. A
/// dot, hyphen or space may part province, office and number. At least one digit. UTF-8.
Plate plate_at(std::string_view utf8);

/// Bytes of what may part province, office and number of a plate, when a text starts with it: a
/// space, a hyphen, a dot of some sort; 0 when it does not.
std::size_t plate_separator(std::string_view utf8);

}  // namespace huxin::detect
