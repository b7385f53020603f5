#pragma once
#include <array>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::detect {

/// The kinds of data element that there is a recogniser for. The order is that of element_of's
/// table; the numbers stay inside the process.
enum class Kind : std::uint8_t {
  kResidentId,
  kOldResidentId,
  kResidencePermit,
  kPermanentResidenceCard,
  kPassport,
  kName,
  kMobile,
  kLandline,
  kEmail,
  kAddress,
  kUnionPayCard,
  kInternationalCard,
  kTrack2,
  kCardSecurityCode,
  kPassword,
  kIban,
  kCreditCode,
  kCreditReport,
  kSuspicionReport,
  kPrivateKey,
};
inline constexpr std::size_t kKinds = 20;

/// A set of kinds: what a keyword speaks for, what a column holds. A value of one word.
class KindSet {
 public:
  void add(Kind kind) { bits_.set(static_cast<std::size_t>(kind)); }
  void add(const KindSet& other) { bits_ |= other.bits_; }
  bool has(Kind kind) const { return bits_.test(static_cast<std::size_t>(kind)); }
  bool empty() const { return bits_.none(); }

 private:
  std::bitset<kKinds> bits_;
};

/// The element of the catalogue that a kind stands for. One kind, one element: D01 for kResidentId
/// to D83 for kPrivateKey.
constexpr catalog::ElementId element_of(Kind kind) {
  constexpr std::array<std::uint16_t, kKinds> kElements{1,  2,  3,  4,  6,  25, 27, 29, 31, 34,
                                                        40, 41, 43, 45, 49, 58, 59, 69, 71, 83};
  return catalog::ElementId{kElements[static_cast<std::size_t>(kind)]};
}

/// Where a candidate's label stands.
enum class Label : std::uint8_t {
  kNone,
  kBeside,  ///< before it on its line, on its left, above it: a form
  kColumn,  ///< at the head of its column: a list
};

/// A match that passed its validator; its context is still to be judged. Offsets are those of the
/// normalised text.
struct Candidate {
  /// Not empty; inside one segment where there are segments, but for a document's kind.
  Span span;
  Kind kind{};
  Label label = Label::kNone;  ///< set by recognisers that a keyword led to it, and by the judge
  double doubt = 0;            ///< taken off the confidence where there is no keyword
  /// 0 to 1.
  double confidence = 0;  ///< set when context has been judged
};

/// The value a candidate stands for, as findings carry it: numbers without separators, letters of
/// identity numbers in upper case, e-mail addresses in lower case, the rest as it stands. Equal
/// values mean the same thing: digests and customers are made from it.
std::string value_of(Kind kind, std::string_view text);

}  // namespace huxin::detect
