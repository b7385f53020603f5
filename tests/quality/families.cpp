#include "tests/quality/families.hpp"

namespace huxin::quality {

Family family_of(catalog::ElementId element) {
  switch (static_cast<unsigned>(element)) {
    case 1:
    case 3:
    case 4:
    case 8:
    case 13:
    case 15:
    case 20:
    case 27:
    case 31:
    case 40:
    case 41:
    case 42:
    case 43:
    case 44:
    case 58:
    case 59:
    case 83:
      return Family::kChecked;
    case 5:
    case 6:
    case 7:
    case 9:
    case 10:
    case 11:
    case 12:
    case 14:
    case 16:
    case 19:
    case 29:
    case 30:
      return Family::kWritten;
    case 25:
    case 26:
      return Family::kNames;
    case 34:
      return Family::kAddresses;
    case 65:
    case 69:
    case 70:
    case 71:
    case 72:
    case 73:
    case 74:
    case 75:
    case 76:
      return Family::kKinds;
    case 84:
    case 85:
    case 86:
      return Family::kDerived;
    default:
      return Family::kLabelled;
  }
}

std::string_view to_string(Family family) {
  constexpr std::array<std::string_view, kFamilies> kNames = {
      "checked numbers", "written numbers", "names",  "addresses",
      "labelled values", "kinds",           "derived"};
  return kNames[static_cast<std::size_t>(family)];
}

}  // namespace huxin::quality
