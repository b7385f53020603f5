#include "policy/known/value_digest.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/validators/old_resident_id.hpp"
#include "policy/detect/validators/track2.hpp"

namespace huxin::known {
namespace {

using catalog::ElementId;

constexpr ElementId kResidentId{1}, kOldResidentId{2}, kPermit{3}, kPermanent{4}, kMobile{27},
    kLandline{29}, kCard{40}, kForeignCard{41}, kTrack2{43};

/// Names (D25, D26), address, postcode, birth, status, income, employer (D34 to D39), expiry,
/// balance, credit standing.
constexpr std::array kShared{ElementId{25}, ElementId{26}, ElementId{34}, ElementId{35},
                             ElementId{36}, ElementId{37}, ElementId{38}, ElementId{39},
                             ElementId{46}, ElementId{64}, ElementId{68}};

void append(std::string& into, const Value& value) {
  into += catalog::to_string(value.element);
  into += '\0';
  into += value.text;
  into += '\0';
}

}  // namespace

Value comparable(ElementId element, std::string_view text) {
  switch (element) {
    case kOldResidentId:
      if (text.size() == 15) return {kResidentId, detect::modern_resident_id(text)};
      return {kResidentId, std::string(text)};
    case kPermit:
    case kPermanent:
      return {kResidentId, std::string(text)};
    case kLandline:
      return {kMobile, std::string(text)};
    case kForeignCard:
      return {kCard, std::string(text)};
    case kTrack2:
      if (detect::track2_length(text) > 0) return {kCard, std::string(detect::track2_pan(text))};
      return {kTrack2, std::string(text)};
    default:
      return {element, std::string(text)};
  }
}

bool is_shared(ElementId element) { return std::ranges::find(kShared, element) != kShared.end(); }

std::uint64_t ValueDigest::of(const Value& value) const {
  std::string text;
  append(text, value);
  return sip_hash(key_, text);
}

std::uint64_t ValueDigest::of(const Value& shared, const Value& beside) const {
  std::string text;
  append(text, shared);
  append(text, beside);
  return sip_hash(key_, text);
}

}  // namespace huxin::known
