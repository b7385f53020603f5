#pragma once
#include <array>
#include <string_view>

#include "policy/catalog/calibration.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::quality {

/// Elements that are told in the same way, and held to the same floor.
enum class Family : std::uint8_t {
  kChecked,  ///< numbers that prove themselves: check digits, known forms
  kWritten,  ///< passports, permits, plates, landlines: a form, and words around it
  kNames,    ///< Chinese and Latin names
  kAddresses,
  kLabelled,  ///< what its label alone tells
  kKinds,     ///< what a document is
  kDerived,   ///< what follows from others: minors, combinations, lists
};
inline constexpr std::size_t kFamilies = 7;

Family family_of(catalog::ElementId element);
/// "checked numbers"; stable: floors name families so.
std::string_view to_string(Family family);

}  // namespace huxin::quality
