#include "policy/catalog/phones.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
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

constexpr std::size_t number_of(std::string_view digits) {
  std::size_t number = 0;
  for (const char c : digits) number = number * 10 + static_cast<std::size_t>(c - '0');
  return number;
}

// Networks by prefixes of so many digits, as numbers; -1: none.
template <std::size_t kDigits, std::size_t kNumbers>
constexpr auto kByPrefix = [] {
  std::array<std::int8_t, kNumbers> table{};
  table.fill(-1);
  for (const Prefix& prefix : kMobile) {
    if (prefix.digits.size() != kDigits) continue;
    for (const auto& [name, carrier] : kCarriers) {
      if (name == prefix.carrier)
        table[number_of(prefix.digits)] = static_cast<std::int8_t>(carrier);
    }
  }
  return table;
}();

bool all_digits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::optional<MobileCarrier> mobile_carrier(std::string_view digits) {
  digits = digits.substr(0, 4);
  if (digits.size() < 3 || !all_digits(digits)) return std::nullopt;
  std::int8_t carrier = digits.size() == 4 ? kByPrefix<4, 10'000>[number_of(digits)] : -1;
  if (carrier < 0) carrier = kByPrefix<3, 1000>[number_of(digits.substr(0, 3))];
  return carrier < 0 ? std::nullopt : std::optional(static_cast<MobileCarrier>(carrier));
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
