#include "policy/detect/own_things.hpp"

#include <algorithm>

#include "policy/detect/context.hpp"
#include "policy/detect/record_span.hpp"

namespace huxin::detect {
namespace {

using catalog::bit_of;
using catalog::OwnThing;

constexpr std::size_t kMaxTitle = 240;  // bytes: a title, and the header or the sentence below
constexpr std::size_t kMaxFirst = 90;   // bytes of a title alone
constexpr std::size_t kReach = 400;     // bytes of a row on either side
constexpr std::size_t kNear = 16;       // bytes between a value and the word that it is an example

// What a document may be about. A branch that its first lines name has written it.
constexpr catalog::OwnThings kTitles =
    bit_of(OwnThing::kStock) | bit_of(OwnThing::kDirectory) | bit_of(OwnThing::kDefinition);
constexpr catalog::OwnThings kSpecimens = bit_of(OwnThing::kSpecimen);

constexpr KindSet kFields{Kind::kMainlandTravelPermit,
                          Kind::kHouseholdRegister,
                          Kind::kSocialSecurityNumber,
                          Kind::kHousingFundAccount,
                          Kind::kMedicalRecord,
                          Kind::kLatinName,
                          Kind::kWechat,
                          Kind::kQq,
                          Kind::kPostcode,
                          Kind::kBirthDate,
                          Kind::kPersonalTraits,
                          Kind::kIncome,
                          Kind::kEmployer,
                          Kind::kCardExpiry,
                          Kind::kOneTimeCode,
                          Kind::kSecurityAnswer,
                          Kind::kLoginName,
                          Kind::kPassbookAccount,
                          Kind::kCompanyAccount,
                          Kind::kBankCode,
                          Kind::kBic,
                          Kind::kOrganisationCode,
                          Kind::kBusinessLicence,
                          Kind::kCompanyTaxId,
                          Kind::kPaymentToken,
                          Kind::kBalance,
                          Kind::kBill,
                          Kind::kLoanContract,
                          Kind::kCreditStanding,
                          Kind::kPolicyNumber};

constexpr KindSet kOfStock{Kind::kHousingFundAccount, Kind::kPassbookAccount,
                           Kind::kPaymentToken,       Kind::kBill,
                           Kind::kLoanContract,       Kind::kPolicyNumber};
constexpr KindSet kOfBanks{Kind::kPassbookAccount, Kind::kCompanyAccount};
constexpr KindSet kOfPeople{Kind::kBirthDate};
constexpr KindSet kOfOffices{Kind::kLocation};
// Whose ownership words tell at all.
constexpr KindSet kTold = [] {
  KindSet kinds{Kind::kAddress};
  kinds.add(kFields);
  kinds.add(kOfOffices);
  return kinds;
}();

Span in_reach(const Span& all, const Span& value) {
  return {std::max(all.begin, value.begin - std::min(value.begin, kReach)),
          std::min(all.end, value.end + kReach)};
}

bool speak_of(catalog::OwnThings things, OwnThing thing) { return (things & bit_of(thing)) != 0; }

// 金融街25号总行大厦; not 金融街25号分行家属院.
bool is_premises(std::string_view address) {
  const catalog::OwnThings things = catalog::own_things_in(address);
  return speak_of(things, OwnThing::kOffice) && !speak_of(things, OwnThing::kDwelling);
}

}  // namespace

OwnThings::OwnThings(const Layout& layout) : layout_(layout), seen_(layout.text()) {
  const std::string_view text = layout.text();
  const catalog::OwnThings first = catalog::own_things_in(text.substr(0, kMaxTitle));
  title_ = (first & kTitles) | (catalog::own_things_in(text.substr(0, kMaxFirst)) & kSpecimens);
  // Customers have posts too, and a telephone at work; both together are a house's own list.
  const bool staff = speak_of(first, OwnThing::kStaff) ||
                     (layout.table() && speak_of(first, OwnThing::kRole)) ||
                     (speak_of(first, OwnThing::kPost) && speak_of(first, OwnThing::kExtension));
  speaks_of_customers_ = speak_of(first, OwnThing::kCustomer);
  lists_staff_ = staff && !speaks_of_customers_;
}

Ownership OwnThings::ownership(const Candidate& candidate) {
  if (!kTold.has(candidate.kind)) return Ownership::kUntold;
  if (!told_ || candidate.span != asked_ || candidate.kind != asked_kind_) {
    told_ = judge(candidate);
    asked_ = candidate.span;
    asked_kind_ = candidate.kind;
  }
  return *told_;
}

Ownership OwnThings::judge(const Candidate& candidate) {
  if (candidate.kind == Kind::kAddress)
    return is_premises(layout_.text(candidate.span)) ? Ownership::kNobodys : Ownership::kUntold;
  const catalog::OwnThings things = around(candidate.span);
  const auto fits = [&](OwnThing thing, const KindSet& kinds) {
    return kinds.has(candidate.kind) && speak_of(things, thing);
  };
  // Its line is part of its record.
  static_assert(kLineReach <= kRecordReach);
  const bool typed = speak_of(things, OwnThing::kType) &&
                     speak_of(seen_.in(line_of(candidate.span)), OwnThing::kType);
  if (typed || fits(OwnThing::kDefinition, kFields) || fits(OwnThing::kSpecimen, kFields) ||
      fits(OwnThing::kAnimal, kOfPeople))
    return Ownership::kNobodys;
  const bool banks = fits(OwnThing::kStock, kOfStock) || fits(OwnThing::kInterbank, kOfBanks) ||
                     fits(OwnThing::kOffice, kOfOffices) || fits(OwnThing::kDirectory, kOfOffices);
  return banks ? Ownership::kBanks : Ownership::kUntold;
}

// Its row or line.
Span OwnThings::line_of(const Span& value) const {
  return in_reach(layout_.table() ? record_around(layout_, value) : layout_.scope_of(value), value);
}

bool OwnThings::is_offices(const Candidate& landline) {
  const catalog::OwnThings things = around(landline.span);
  return speak_of(things, OwnThing::kOffice) || speak_of(things, OwnThing::kDirectory);
}

catalog::OwnThings OwnThings::around(const Span& value) {
  const Span record = in_reach(record_around(layout_, value), value);
  if (record != record_) {
    record_ = record;
    found_ = seen_.in(record);
  }
  // No part speaks of a specimen where the whole does not.
  if ((found_ & kSpecimens) == 0) return title_ | found_;
  const Span near{value.begin - std::min(value.begin - record.begin, kNear),
                  std::min(value.end + kNear, record.end)};
  const catalog::OwnThings beside = seen_.in(near);
  return title_ | (found_ & ~kSpecimens) | (beside & kSpecimens);
}

}  // namespace huxin::detect
