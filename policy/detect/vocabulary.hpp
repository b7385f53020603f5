#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/catalog/catalog.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/pattern_set.hpp"

namespace huxin::detect {

/// Ids of the patterns that every text is searched for.
inline constexpr std::uint32_t kPemAnchor = 0;
inline constexpr std::uint32_t kYouAnchor = 1;
inline constexpr std::uint32_t kFirstKeyword = 2;  ///< keyword i is kFirstKeyword + i
inline constexpr std::string_view kPemBegin = "-----BEGIN ";
inline constexpr std::string_view kYou = "您";  ///< who is spoken to may stand before it

/// A heading of a kind of document, numbered as the catalogue lists them; -1: a title.
struct HeadingOf {
  Kind kind{};
  std::int8_t number = -1;
  bool in_row = false;  ///< of a table's header: found where the table's values are
};

/// A word that says something about what stands near it.
/// In lower case; ASCII letters match in either.
struct Keyword {
  std::string text;
  KindSet means;                    ///< kinds it speaks for
  KindSet beside;                   ///< of them, those only where a customer is on the record
  KindSet heads;                    ///< kinds it speaks for at the head of a column alone
  bool negative = false;            ///< it speaks against the kinds it does not mean
  bool traditional = false;         ///< in traditional characters: made of another
  bool marked = false;              ///< a name's label only with a mark behind it
  bool general = false;             ///< it speaks for many kinds of numbers: 证件号码
  bool region = false;              ///< a province's full name: an address may start here
  std::vector<HeadingOf> headings;  ///< kinds of document it may be a heading of

  /// Makes it a label of names behind marks; one that was a label of names before stays what it is.
  void mark_name() {
    marked = marked || !means.has(Kind::kName);
    means.add(Kind::kName);
  }

  /// It leads somewhere without a mark behind it: 客户张三.
  bool bare() const {
    const bool han = static_cast<unsigned char>(text.front()) >= 0x80 && !traditional;
    return region || (han && !marked && means.has(Kind::kName));
  }
};

/// Kinds whose number is told by its label alone and is no card's.
inline constexpr KindSet kNumbered{Kind::kOldPermanentResidenceCard,
                                   Kind::kHongKongMacaoPermit,
                                   Kind::kHomeReturnPermit,
                                   Kind::kMainlandTravelPermit,
                                   Kind::kTaiwanTravelPermit,
                                   Kind::kHongKongId,
                                   Kind::kMacaoId,
                                   Kind::kTaiwanId,
                                   Kind::kMilitaryId,
                                   Kind::kHouseholdRegister,
                                   Kind::kSocialSecurityNumber,
                                   Kind::kHousingFundAccount,
                                   Kind::kMedicalRecord,
                                   Kind::kMachineNumber,
                                   Kind::kWechat,
                                   Kind::kQq,
                                   Kind::kLoginName,
                                   Kind::kPassbookAccount,
                                   Kind::kCompanyAccount,
                                   Kind::kPaymentToken,
                                   Kind::kLoanContract,
                                   Kind::kPolicyNumber};

/// Kinds of numbers that go by the name of what has them: 证件类型 台胞证, 编号 56102850.
inline constexpr KindSet kNamed = [] {
  KindSet kinds = kNumbered;
  kinds.add({Kind::kResidentId, Kind::kOldResidentId, Kind::kResidencePermit, Kind::kPassport,
             Kind::kOfficialPassport, Kind::kDrivingLicence, Kind::kTaxpayerId, Kind::kMobile,
             Kind::kLandline, Kind::kVehicleId, Kind::kUnionPayCard, Kind::kCreditCode,
             Kind::kOrganisationCode, Kind::kBusinessLicence, Kind::kCompanyTaxId, Kind::kBill});
  return kinds;
}();

/// Every word the detector looks for: those of the catalogue, and those of its own that speak
/// against a finding, start an address or make up a kind of document. Immutable once made.
/// "card no" stands for card_no, card-no and cardno as well, and a label for itself in traditional
/// characters. A word that speaks for some kinds may speak against all others: 合同编号 does.
class Vocabulary {
 public:
  Vocabulary(const catalog::Catalog& catalog, const KindSet& kinds);

  /// In the order in which words() numbers them.
  const Keyword& operator[](std::size_t index) const { return keywords_[index]; }
  std::size_t size() const { return keywords_.size(); }
  /// What every text is searched for: keys, and the few keywords that need no mark.
  /// Few, because literals cost speed where much looks like them.
  std::vector<Pattern> anchors() const;
  /// Every keyword, for the surroundings of what was found; ids are indices.
  std::vector<Pattern> words() const;

 private:
  Keyword& word(std::string_view text);
  /// Calls `take` with each way of writing a label.
  template <class Take>
  void for_written(std::string_view text, const Take& take);
  void add_headings(const catalog::Headings& headings, Kind kind);

  std::vector<Keyword> keywords_;
  std::unordered_map<std::string, std::size_t> index_;  ///< of keywords_, by text
};

}  // namespace huxin::detect
