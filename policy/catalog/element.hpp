#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"
#include "policy/catalog/derivation.hpp"
#include "policy/catalog/headings.hpp"
#include "policy/catalog/value_form.hpp"

namespace huxin::catalog {

/// Numbers a data element: D01 is 1. Stable across versions; written to disk and wire. 0 is none.
enum class ElementId : std::uint16_t {};

/// Classes of JR/T 0171-2020: C3 authenticates, C2 identifies or shows finances, C1 is internal.
enum class Level : std::uint8_t { kC1 = 1, kC2 = 2, kC3 = 3 };

std::string_view to_string(Level level);
/// Writes "D01".
std::string to_string(ElementId id);
/// Reads "D01"; kInvalid otherwise. 'D' and two to four digits; whether the catalogue has it is not
/// asked.
Result<ElementId> element_id_from(std::string_view text);

/// How a value is shown where it may not be seen. Presets are data, not a claim about any annex.
/// See record::mask for what happens to values that are too short.
enum class Mask : std::uint8_t {
  kNone,       ///< shown as it is
  kRemove,     ///< P0: every character
  kFirstLast,  ///< P1: first 1 + last 1
  kMobile,     ///< P2: first 3 + last 4
  kCard,       ///< P3: first 6 + last 4
  kLastFour,   ///< P4: last 4
  kTwoTwo,     ///< first 2 + last 2
  kName,       ///< two characters: the first; longer: first and last
  kEmail,      ///< first 3 + *** + @domain
  kAreaLine,   ///< landline: area code + last 2
  kDistrict,   ///< address: kept to the district
  kFirst,      ///< first 1
  kFirstFour,  ///< first 4
  kInitials,   ///< Latin name: Zhang San is Z* S*
  kYear,       ///< date: its year
  kBand,       ///< amount: the band it lies in
  kNetwork,    ///< IP address: all but its last octet, or its /48
  kVendor,     ///< MAC address: its first three bytes
  kCoarse,     ///< coordinates: two decimals
};

/// Describes one data element as elements.yaml states it. Immutable after loading. All texts are
/// UTF-8, at most 512 bytes.
struct Element {
  ElementId id{};
  std::string name;  ///< machine name: resident_id
  std::string zh;    ///< 居民身份证
  std::string en;    ///< resident identity card
  Level level = Level::kC2;
  Mask mask = Mask::kRemove;
  /// Its own name where the file says nothing.
  std::string recognizer;             ///< which recogniser of policy/detect finds it
  std::vector<std::string> keywords;  ///< context words, as normalised text holds them
  std::vector<std::string> columns;   ///< context words only at the head of a column
  std::vector<std::string> beside;    ///< context words only where a customer is on the record
  bool keyword_required = false;      ///< without context it is no finding
  double base_confidence = 0;         ///< 0..1, valid form but no context
  /// Never below base_confidence.
  double context_confidence = 0;  ///< 0..1, valid form and a keyword near
  bool identifies = false;        ///< its value links findings to one customer
  std::uint32_t together = 1;     ///< so many different values on one record, or none counts
  bool company = false;           ///< counts only beside what identifies a customer
  Derivation derivation;          ///< of an element that follows from others; else empty
  Headings headings;              ///< of a kind of document; else empty
  FileNames files;                ///< of a kind that file names tell; else empty
  LabelledValue value;            ///< the value's form, where its label alone tells it
  std::string source;  ///< standard and clause, or where the fact was found, with its date

  bool operator==(const Element&) const = default;
};

}  // namespace huxin::catalog
