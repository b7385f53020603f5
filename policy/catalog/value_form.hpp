#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace huxin::catalog {

/// What the characters of a value are, behind its prefix; or, from kIpAddress on, how all of it is
/// written. ASCII; letters in either case.
enum class Characters : std::uint8_t {
  kDigits,
  kAlphanumerics,  ///< letters and digits, one digit at least: a bare word is no number
  kHex,            ///< hexadecimal digits
  kCapitals,       ///< capitals and digits, as written
  kWord,           ///< letters, digits, '_' and '-', a letter first: an account's name
  kIpAddress,      ///< IPv4 or IPv6, of the public ranges
  kMacAddress,     ///< six pairs of hexadecimal digits
  kCardExpiry,     ///< MM/YY, MM/YYYY, MMYY or YYMM
  kDegrees,        ///< a latitude or longitude in China, in decimal degrees
};

/// Checks that policy/detect/validators knows by name.
enum class Check : std::uint8_t {
  kLuhn,              ///< ISO/IEC 7812-1, Annex B
  kMod1110,           ///< ISO/IEC 7064, MOD 11,10
  kResidentId,        ///< GB 11643, old form or new
  kOldPermanentCard,  ///< three letters, an area and a birth date
  kOldTaiwanPermit,   ///< ten digits and a letter
  kHongKongId,
  kTaiwanId,
  kVehicleId,          ///< GB 16735: letters and digits without I, O and Q
  kVehicleCheckDigit,  ///< GB 16735, position 9
  kBic,                ///< ISO 9362: the country
  kOrganisationCode,   ///< GB 11714
  kNotAWord,           ///< holds a digit, '_' or '-': no word of a language
  kUncommon,           ///< digits that are no 111111 and no 123456
};

inline constexpr unsigned kMaxValueLength = 64;  ///< characters of a value that its label tells

/// One way in which a value that its label tells can be written.
struct ValueForm {
  Characters characters = Characters::kDigits;
  /// Of the whole value, prefix included, separators left out. 1 ≤ least ≤ most ≤ kMaxValueLength.
  /// Nothing is asked of the length of what is written in one way.
  std::uint8_t least = 1;
  std::uint8_t most = 1;
  std::vector<std::string> prefixes;  ///< it begins with one of them, in upper case; empty: any
  std::optional<Check> check;         ///< what fails it is no such value
  std::optional<Check> hint;          ///< what fails it is less likely one (a soft check)
  bool bracketed = false;             ///< its last character may stand in brackets: A123456(3)
  double doubt = 0;                   ///< 0 to 1: how much else is written like it

  bool operator==(const ValueForm&) const = default;
};

/// How a value that only its label tells is found: behind a keyword on its line, in the cell to its
/// right or below. Empty forms: the element has a recogniser of its own.
struct LabelledValue {
  bool assigned = false;    ///< a colon, an equals sign, 为 or 是 has to stand between
  std::uint8_t reach = 24;  ///< bytes between the keyword's end and the value, at most
  std::vector<ValueForm> forms;

  bool operator==(const LabelledValue&) const = default;
};

}  // namespace huxin::catalog
