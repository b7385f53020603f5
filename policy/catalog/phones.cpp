#include "policy/catalog/phones.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace huxin::catalog {
namespace {

struct Prefix {
  std::string_view digits;
  std::string_view carrier;
};
constexpr Prefix kMobile[] = {
#include "policy/catalog/mobile_prefixes.inc"
};
constexpr AreaCode kAreas[] = {
#include "policy/catalog/area_codes.inc"
};

constexpr std::array<std::pair<std::string_view, MobileCarrier>, 6> kCarriers = {{
    {"cmcc", MobileCarrier::kMobile},
    {"unicom", MobileCarrier::kUnicom},
    {"telecom", MobileCarrier::kTelecom},
    {"broadcast", MobileCarrier::kBroadcast},
    {"virtual", MobileCarrier::kVirtual},
    {"satellite", MobileCarrier::kSatellite},
}};

}  // namespace

std::optional<MobileCarrier> mobile_carrier(std::string_view digits) {
  for (const std::size_t length : {4U, 3U}) {
    if (digits.size() < length) continue;
    const std::string_view prefix = digits.substr(0, length);
    const auto* const found = std::ranges::lower_bound(kMobile, prefix, {}, &Prefix::digits);
    if (found == std::end(kMobile) || found->digits != prefix) continue;
    const auto* const carrier = std::ranges::find(
        kCarriers, found->carrier, &std::pair<std::string_view, MobileCarrier>::first);
    if (carrier != kCarriers.end()) return carrier->second;
  }
  return std::nullopt;
}

std::optional<AreaCode> area_code(std::string_view digits) {
  for (const std::size_t length : {3U, 4U}) {
    if (digits.size() < length) continue;
    const std::string_view code = digits.substr(0, length);
    const auto* const found = std::ranges::lower_bound(kAreas, code, {}, &AreaCode::code);
    if (found != std::end(kAreas) && found->code == code) return *found;
  }
  return std::nullopt;
}

}  // namespace huxin::catalog
