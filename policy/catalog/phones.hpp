#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::catalog {

/// The network a mobile prefix was given to; the number itself may have been carried to another.
enum class MobileCarrier : std::uint8_t {
  kMobile,
  kUnicom,
  kTelecom,
  kBroadcast,
  kVirtual,
  kSatellite
};

/// Finds the network of a mobile number from its first three or more digits; nullopt for prefixes
/// that are not allocated (142, 143, 154, 161, 164, 194…) or belong to machines (140, 141, 144).
/// Digits only, without +86. Four-digit prefixes go before three-digit ones.
std::optional<MobileCarrier> mobile_carrier(std::string_view digits);
inline bool is_mobile_prefix(std::string_view digits) { return mobile_carrier(digits).has_value(); }

/// A landline area: its code with the trunk 0, and how long a subscriber number there may be.
/// Lengths are of the subscriber's number alone, without the code.
struct AreaCode {
  std::string_view code;   ///< "010", "0755"
  std::string_view place;  ///< "深圳"
  std::size_t shortest = 0;
  std::size_t longest = 0;
};

/// Finds the area at the start of a string of digits that begins with 0; nullopt when unassigned.
/// The whole need not be a telephone number: its length is the caller's to compare.
std::optional<AreaCode> area_code(std::string_view digits);

}  // namespace huxin::catalog
