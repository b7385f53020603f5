#include "policy/detect/companions.hpp"

#include <algorithm>

#include "policy/detect/company_accounts.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kRowReach = 2048;   // bytes of a row on either side
constexpr std::size_t kMaxDistinct = 16;  // of values that are told apart

constexpr std::size_t kElectronic = 30;  // characters of a bill's number that no other paper has

// What companies have as people do, and what tells a company.
constexpr KindSet kCompanys{Kind::kBill, Kind::kCreditStanding};
constexpr KindSet kTellCompany{Kind::kCompanyAccount,  Kind::kCreditCode,   Kind::kOrganisationCode,
                               Kind::kBusinessLicence, Kind::kCompanyTaxId, Kind::kBankCode,
                               Kind::kEmployer};
// What a bank has of its own as companies have: only what names a company tells whose they are.
constexpr KindSet kBanksToo{Kind::kCompanyAccount, Kind::kOrganisationCode};
constexpr KindSet kNameCompany{Kind::kCreditCode, Kind::kBusinessLicence, Kind::kCompanyTaxId,
                               Kind::kEmployer};
constexpr KindSet kProofs{Kind::kResidentId, Kind::kResidencePermit, Kind::kUnionPayCard,
                          Kind::kInternationalCard};
// Where somebody is reached, who may keep a bank's own things.
constexpr KindSet kReached{Kind::kMobile, Kind::kLandline, Kind::kForeignPhone, Kind::kEmail};
constexpr KindSet kNames{Kind::kName, Kind::kLatinName};

class Neighbourhood {
 public:
  Neighbourhood(const Engine& engine, const Layout& layout, OwnThings& own_things,
                std::span<const Candidate> all)
      : engine_(engine),
        layout_(layout),
        own_things_(own_things),
        customer_words_(layout),
        all_(all) {
    for (std::size_t i = 0; i < all.size(); ++i) {
      if (tells(all[i])) telling_.push_back(i);
    }
  }

  bool accompanied(std::size_t index) {
    const Candidate& here = all_[index];
    const KindFacts& facts = engine_.facts(here.kind);
    const Ownership own = own_things_.ownership(here);
    if (own == Ownership::kNobodys) return has_proof(index);
    if (own == Ownership::kBanks && !has_customer(index, kReached)) return false;
    return (!asks_for_customer(here) || own == Ownership::kBanks || has_customer(index)) &&
           (facts.together <= 1 || distinct(index) >= facts.together);
  }

 private:
  bool asks_for_customer(const Candidate& candidate) const {
    if (candidate.beside) return true;
    const bool electronic = candidate.kind == Kind::kBill && candidate.span.size() >= kElectronic;
    return engine_.facts(candidate.kind).company && !electronic;
  }

  bool beside(const Candidate& a, const Candidate& b) const {
    if (!layout_.table() || a.label != Label::kColumn) return true;
    const auto first = layout_.segment_at(a.span.begin);
    const auto second = layout_.segment_at(b.span.begin);
    return first && second && layout_.same_row(*first, *second);
  }

  /// Whether it is any that has_customer, has_proof or distinct look for: most are none.
  bool tells(const Candidate& candidate) const {
    return tells_person(candidate) || tells_company(candidate) ||
           kNameCompany.has(candidate.kind) || kProofs.has(candidate.kind) || is_user(candidate) ||
           engine_.facts(candidate.kind).together > 1;
  }

  /// Calls `take` with those beside one that tell, until it says that it has enough.
  template <class Take>
  void for_each_beside(std::size_t index, const Take& take) const {
    const Candidate& here = all_[index];
    const std::size_t reach =
        layout_.table() && here.label == Label::kColumn ? kRowReach : kFormReach;
    const auto from = std::ranges::lower_bound(telling_, index);
    for (auto before = from; before != telling_.begin();) {
      const Candidate& other = all_[*--before];
      if (here.span.begin > other.span.end + reach) break;
      if (beside(here, other) && take(other)) return;
    }
    for (auto behind = from; behind != telling_.end(); ++behind) {
      const Candidate& other = all_[*behind];
      if (other.span.begin > here.span.end + reach) break;
      if (*behind != index && beside(here, other) && take(other)) return;
    }
  }

  /// `but`: kinds that tell nobody; accounts and codes then tell no company either.
  bool has_customer(std::size_t index, const KindSet& but = {}) {
    const bool companys = kCompanys.has(all_[index].kind);
    const bool banks_too = kBanksToo.has(all_[index].kind);
    const bool users = all_[index].kind == Kind::kSecurityAnswer;
    bool found = false;
    for_each_beside(index, [&](const Candidate& other) {
      return found = (tells_person(other) && !but.has(other.kind)) ||
                     (companys && but.empty() && tells_company(other)) ||
                     (users && is_user(other)) ||
                     (banks_too && kNameCompany.has(other.kind));
    });
    return found || ((companys || banks_too) && customer_words_.speak_around(all_[index].span));
  }

  /// What no example has: a number that proves itself.
  bool has_proof(std::size_t index) const {
    bool found = false;
    for_each_beside(index, [&](const Candidate& other) {
      return found = kProofs.has(other.kind) && !other.unproven &&
                     other.confidence >= engine_.options.min_confidence;
    });
    return found;
  }

  /// One that itself asks for a customer is none.
  bool stands_for_itself(const Candidate& other) const {
    return !other.beside && !engine_.facts(other.kind).company &&
           other.confidence >= engine_.options.min_confidence;
  }
  bool tells_person(const Candidate& other) const {
    return (kNames.has(other.kind) || engine_.facts(other.kind).identifies) &&
           stands_for_itself(other);
  }
  /// Whose answer it is, a login name tells too.
  bool is_user(const Candidate& other) const {
    return other.kind == Kind::kLoginName && stands_for_itself(other);
  }
  /// Accounts and codes tell whose a bill is, though they may be left out themselves.
  bool tells_company(const Candidate& other) const {
    return other.kind == Kind::kPassbookAccount || kTellCompany.has(other.kind);
  }

  std::size_t distinct(std::size_t index) const {
    std::vector<std::string_view> values{layout_.text(all_[index].span)};
    for_each_beside(index, [&](const Candidate& other) {
      const std::string_view value = layout_.text(other.span);
      if (other.kind == all_[index].kind && std::ranges::find(values, value) == values.end())
        values.push_back(value);
      return values.size() >= kMaxDistinct;
    });
    return values.size();
  }

  const Engine& engine_;
  const Layout& layout_;
  OwnThings& own_things_;
  CustomerWords customer_words_;
  std::span<const Candidate> all_;
  std::vector<std::size_t> telling_;  ///< those of them that tell, ascending
};

}  // namespace

void keep_accompanied(const Engine& engine, const Layout& layout, OwnThings& own_things,
                      std::vector<Candidate>& candidates, std::vector<Candidate>& alone) {
  alone.clear();
  const auto waits_for_name = [&](const Candidate& candidate) {
    return candidate.beside && candidate.confidence >= engine.options.min_confidence &&
           own_things.ownership(candidate) == Ownership::kUntold;
  };
  const auto alone_means_nothing = [&](const Candidate& candidate) {
    return candidate.beside || engine.accompanied.has(candidate.kind) ||
           own_things.ownership(candidate) != Ownership::kUntold;
  };
  if (std::ranges::none_of(candidates, alone_means_nothing)) return;
  Neighbourhood neighbourhood(engine, layout, own_things, candidates);
  std::vector<Candidate> kept;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const bool keeps = !alone_means_nothing(candidates[i]) || neighbourhood.accompanied(i);
    if (keeps) {
      kept.push_back(candidates[i]);
    } else if (waits_for_name(candidates[i])) {
      alone.push_back(candidates[i]);
      alone.back().alone = true;
    }
  }
  candidates.swap(kept);
}

}  // namespace huxin::detect
