#include "policy/detect/same_value.hpp"

#include "policy/detect/validators/check_digits.hpp"
#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/track2.hpp"

namespace huxin::detect {

SameValue same_value(Kind kind, std::string_view value, std::string& room) {
  switch (kind) {
    case Kind::kOldResidentId:
      if (value.size() != 15) return {kind, value};
      room = modern_resident_id(value);
      return {Kind::kResidentId, room};
    case Kind::kResidencePermit:
    case Kind::kPermanentResidenceCard:
      return {Kind::kResidentId, value};
    case Kind::kDrivingLicence:
    case Kind::kSocialSecurityNumber:
    case Kind::kTaxpayerId:
      return {passes_mod_11_2(value) ? Kind::kResidentId : kind, value};
    case Kind::kInternationalCard:
      return {Kind::kUnionPayCard, value};
    case Kind::kTrack2:
      if (track2_length(value) == 0) return {kind, value};
      return {Kind::kUnionPayCard, track2_pan(value)};
    default:
      return {kind, value};
  }
}

known::Value comparable(catalog::ElementId element, std::string_view value) {
  const auto kind = kind_of(element);
  if (!kind) return {element, std::string(value)};
  std::string room;
  const SameValue same = same_value(*kind, value, room);
  const Kind as = same.kind == Kind::kLandline ? Kind::kMobile : same.kind;
  return {element_of(as), std::string(same.text)};
}

}  // namespace huxin::detect
