#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::detect {

/// The kinds of data element, in the order of the catalogue's numbers: kResidentId is D01,
/// kBulkList D86. The numbers stay inside the process.
enum class Kind : std::uint8_t {
  kResidentId,  ///< D01
  kOldResidentId,
  kResidencePermit,  ///< Hong Kong, Macao and Taiwan residents
  kPermanentResidenceCard,
  kOldPermanentResidenceCard,  ///< D05
  kPassport,
  kOfficialPassport,
  kMachineReadableZone,
  kHongKongMacaoPermit,   ///< 往来港澳通行证
  kHomeReturnPermit,      ///< D10, 港澳居民来往内地通行证
  kMainlandTravelPermit,  ///< 台湾居民来往大陆通行证
  kTaiwanTravelPermit,    ///< 往来台湾通行证
  kHongKongId,
  kMacaoId,
  kTaiwanId,  ///< D15
  kMilitaryId,
  kHouseholdRegister,
  kDrivingLicence,
  kLicencePlate,
  kVehicleId,  ///< D20
  kSocialSecurityNumber,
  kHousingFundAccount,
  kMedicalRecord,
  kTaxpayerId,  ///< a person's
  kName,        ///< D25
  kLatinName,
  kMobile,
  kMachineNumber,  ///< of things, not of people
  kLandline,
  kForeignPhone,  ///< D30
  kEmail,
  kWechat,
  kQq,
  kAddress,
  kPostcode,  ///< D35
  kBirthDate,
  kPersonalTraits,
  kIncome,
  kEmployer,
  kUnionPayCard,  ///< D40
  kInternationalCard,
  kTrack1,
  kTrack2,
  kTrack3,
  kCardSecurityCode,  ///< D45
  kCardExpiry,
  kPin,
  kPinBlock,
  kPassword,
  kBiometrics,  ///< D50
  kOneTimeCode,
  kSecurityAnswer,
  kLoginName,
  kPassbookAccount,
  kCompanyAccount,  ///< D55
  kBankCode,
  kBic,
  kIban,
  kCreditCode,        ///< of a company: unified social credit code
  kOrganisationCode,  ///< D60
  kBusinessLicence,
  kCompanyTaxId,
  kPaymentToken,
  kBalance,
  kStatement,  ///< D65
  kBill,       ///< cheques and drafts
  kLoanContract,
  kCreditStanding,
  kCreditReport,
  kCreditAuthorisation,  ///< D70
  kSuspicionReport,
  kLargeTransactionReport,
  kMoneyLaunderingRisk,
  kInvestigationNotice,
  kIdentityImage,  ///< D75
  kRecording,
  kEquipmentId,   ///< IMEI, MEID
  kSubscriberId,  ///< IMSI, ICCID
  kIpAddress,
  kMacAddress,  ///< D80
  kLocation,
  kPolicyNumber,  ///< insurance policies, claims, securities accounts
  kPrivateKey,
  kMinor,
  kPaymentFactors,  ///< D85
  kBulkList,
};
inline constexpr std::size_t kKinds = static_cast<std::size_t>(Kind::kBulkList) + 1;

/// A set of kinds: what a keyword speaks for, what a column holds. A value of two words.
class KindSet {
 public:
  constexpr KindSet() = default;
  constexpr KindSet(std::initializer_list<Kind> kinds) {
    for (const Kind kind : kinds) add(kind);
  }

  constexpr void add(Kind kind) { words_[word(kind)] |= bit(kind); }
  constexpr void remove(Kind kind) { words_[word(kind)] &= ~bit(kind); }
  constexpr void add(const KindSet& other) {
    words_[0] |= other.words_[0];
    words_[1] |= other.words_[1];
  }
  constexpr bool has(Kind kind) const { return (words_[word(kind)] & bit(kind)) != 0; }
  constexpr std::size_t size() const {
    return static_cast<std::size_t>(std::popcount(words_[0]) + std::popcount(words_[1]));
  }
  constexpr bool empty() const { return (words_[0] | words_[1]) == 0; }
  /// Says whether `other` has every kind of this set.
  constexpr bool within(const KindSet& other) const {
    return (words_[0] & ~other.words_[0]) == 0 && (words_[1] & ~other.words_[1]) == 0;
  }
  /// Those that both sets have.
  constexpr KindSet operator&(const KindSet& other) const {
    KindSet both;
    both.words_ = {words_[0] & other.words_[0], words_[1] & other.words_[1]};
    return both;
  }
  /// Those that for_each() comes to behind one.
  constexpr KindSet behind(Kind kind) const {
    KindSet rest = *this;
    const std::uint64_t last = bit(kind);
    rest.words_[word(kind)] &= ~(last | (last - 1));
    for (std::size_t i = 0; i < word(kind); ++i) rest.words_[i] = 0;
    return rest;
  }
  /// Calls `take` with every kind of the set, in ascending order.
  template <class Take>
  constexpr void for_each(const Take& take) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      for (std::uint64_t rest = words_[i]; rest != 0; rest &= rest - 1)
        take(static_cast<Kind>(i * 64 + static_cast<std::size_t>(std::countr_zero(rest))));
    }
  }

 private:
  static constexpr std::size_t word(Kind kind) { return static_cast<std::size_t>(kind) / 64; }
  static constexpr std::uint64_t bit(Kind kind) {
    return std::uint64_t{1} << (static_cast<std::size_t>(kind) % 64);
  }

  std::array<std::uint64_t, 2> words_{};
};

/// The element of the catalogue that a kind stands for. One kind, one element.
constexpr catalog::ElementId element_of(Kind kind) {
  return catalog::ElementId{static_cast<std::uint16_t>(static_cast<unsigned>(kind) + 1)};
}

/// The kind of an element's number; nullopt beyond D86.
constexpr std::optional<Kind> kind_of(catalog::ElementId id) {
  const auto number = static_cast<std::size_t>(id);
  if (number == 0 || number > kKinds) return std::nullopt;
  return static_cast<Kind>(number - 1);
}

/// Kinds that this build has a recogniser of their own for. Those whose element has a labelled
/// value need none: see LabelledValue.
inline constexpr KindSet kRecognisers{
    Kind::kResidentId,
    Kind::kOldResidentId,
    Kind::kResidencePermit,
    Kind::kPermanentResidenceCard,
    Kind::kPassport,
    Kind::kName,
    Kind::kMobile,
    Kind::kLandline,
    Kind::kEmail,
    Kind::kAddress,
    Kind::kUnionPayCard,
    Kind::kInternationalCard,
    Kind::kTrack2,
    Kind::kCardSecurityCode,
    Kind::kPassword,
    Kind::kIban,
    Kind::kCreditCode,
    Kind::kPrivateKey,
    Kind::kMachineReadableZone,
    Kind::kMilitaryId,
    Kind::kLicencePlate,
    Kind::kForeignPhone,
    Kind::kTrack1,
    Kind::kTrack3,
    Kind::kLatinName,
    Kind::kBirthDate,
    Kind::kPersonalTraits,
    Kind::kIncome,
    Kind::kEmployer,
    Kind::kBiometrics,
    Kind::kSecurityAnswer,
    Kind::kLoginName,
    Kind::kBalance,
    Kind::kCreditStanding,
};

/// Where a candidate's label stands.
enum class Label : std::uint8_t {
  kNone,
  kBeside,  ///< before it on its line, on its left, above it: a form
  kColumn,  ///< at the head of its column: a list
};

/// What led to a candidate. The numbers are those of explain_terms.tsv.
enum class Lead : std::uint8_t {
  kSieve,      ///< digits, a mark or an '@' where the sieve looked
  kPattern,    ///< a pattern that every text is searched for
  kLabel,      ///< a label, which is followed by its value
  kCell,       ///< a cell or field whose column or neighbour says what it holds
  kNeighbour,  ///< a finding beside it
  kDocument,   ///< the headings of the document, or its name
  kDerived,    ///< other findings, which it follows from
};

/// A match that passed its validator; its context is still to be judged. Offsets are those of the
/// normalised text.
struct Candidate {
  /// Not empty; inside one segment where there are segments, but for a document's kind.
  Span span;
  Kind kind{};
  Lead lead = Lead::kSieve;    ///< for those who ask why; nothing depends on it
  Label label = Label::kNone;  ///< set by recognisers that a keyword led to it, and by the judge
  bool beside = false;         ///< it is one only where a customer is on the record
  bool alone = false;          ///< it waits for a name on its record; set by keep_accompanied()
  bool unproven = false;       ///< no check digit holds: it is one only where a label says so
  bool denied = false;         ///< its label speaks of something else; set by the judge
  double doubt = 0;            ///< taken off the confidence where there is no keyword
  /// 0 to 1.
  double confidence = 0;  ///< set when context has been judged
};

/// The doubt of a value whose label says so only where a customer is on the record.
inline constexpr double kWeakDoubt = 0.25;

/// Telephone numbers of people.
inline constexpr KindSet kPhones{Kind::kMobile, Kind::kLandline, Kind::kForeignPhone};

/// The value a candidate stands for, as findings carry it: numbers without separators, those of
/// telephones as dialled inside their country, letters of identity numbers in upper case, e-mail
/// addresses and Latin names in lower case, Chinese names without blanks, birth dates as YYYYMMDD,
/// the rest as it stands. Equal values mean the same thing: digests and customers are made from it.
/// The second gives `text` itself where that is the value, and writes it over `room` elsewhere,
/// whose memory is used again.
std::string value_of(Kind kind, std::string_view text);
std::string_view value_of(Kind kind, std::string_view text, std::string& room);

}  // namespace huxin::detect
