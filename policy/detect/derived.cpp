#include "policy/detect/derived.hpp"

#include <algorithm>
#include <map>

#include "policy/detect/validators/age.hpp"

namespace huxin::detect {
namespace {

constexpr KindSet kHolders{Kind::kResidentId, Kind::kOldResidentId, Kind::kResidencePermit};
constexpr KindSet kCards{Kind::kUnionPayCard, Kind::kInternationalCard};
constexpr KindSet kFactors{Kind::kCardSecurityCode, Kind::kCardExpiry, Kind::kPin,
                           Kind::kOneTimeCode};

// The four factors of one customer, as bits.
unsigned factor_bit(Kind kind) {
  if (kind == Kind::kName) return 1;
  if (kHolders.has(kind)) return 2;
  if (kind == Kind::kMobile) return 4;
  return kCards.has(kind) ? 8 : 0;
}
constexpr unsigned kAllFactors = 15;

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

Span cover(const Span& a, const Span& b) {
  return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

}  // namespace

Derived::Derived(const Engine& engine, Date today) : engine_(engine), today_(today) {}

void Derived::begin(std::string_view text) {
  text_ = text;
  card_ = factor_ = std::nullopt;
  joined_ = std::nullopt;
}

std::size_t Derived::see(Kind kind, const Span& place, std::vector<Finding>& findings) {
  const Near here{place, findings.size() - 1};
  bool added = false;
  if (kHolders.has(kind)) added = add_minor(findings);
  if (!engine_.kinds.has(Kind::kPaymentFactors)) return added ? 1 : 0;
  if (kCards.has(kind)) added = see_card(here, findings);
  if (kFactors.has(kind)) added = see_factor(here, findings);
  return added ? 1 : 0;
}

bool Derived::add_minor(std::vector<Finding>& findings) const {
  if (!engine_.kinds.has(Kind::kMinor)) return false;
  const auto birth = birth_date_of(findings.back().value);
  const auto years = static_cast<int>(engine_.derivation(Kind::kMinor).under_years);
  if (!birth || !is_younger_than(*birth, today_, years) || full(findings)) return false;
  Finding minor = findings.back();
  minor.known = false;
  minor.element = element_of(Kind::kMinor);
  minor.level = engine_.facts(Kind::kMinor).level;
  findings.push_back(std::move(minor));
  return true;
}

bool Derived::full(const std::vector<Finding>& findings) const {
  return findings.size() >= engine_.options.max_findings;
}

bool Derived::near(const Span& a, const Span& b) const {
  const std::size_t from = std::min(a.end, b.end);
  const std::size_t to = std::max(a.begin, b.begin);
  const std::size_t most = engine_.derivation(Kind::kPaymentFactors).within_characters;
  if (to <= from) return true;
  return to - from <= 4 * most && characters(text_.substr(from, to - from)) <= most;
}

bool Derived::see_card(const Near& card, std::vector<Finding>& findings) {
  card_ = card;
  joined_ = std::nullopt;
  if (!factor_ || !near(card.place, factor_->place)) return false;
  return join(card, *factor_, findings);
}

bool Derived::see_factor(const Near& factor, std::vector<Finding>& findings) {
  factor_ = factor;
  if (!card_ || !near(card_->place, factor.place)) return false;
  return join(*card_, factor, findings);
}

// The first factor makes the finding, the next ones widen it.
bool Derived::join(const Near& card, const Near& factor, std::vector<Finding>& findings) {
  const Finding& second = findings[factor.finding];
  factor_ = std::nullopt;
  if (joined_) {
    Finding& whole = findings[*joined_];
    whole.span = cover(whole.span, second.span);
    whole.value += ' ' + second.value;
    return false;
  }
  if (full(findings)) return false;
  Finding whole = findings[card.finding];
  whole.known = false;
  whole.element = element_of(Kind::kPaymentFactors);
  whole.level = engine_.facts(Kind::kPaymentFactors).level;
  whole.confidence = std::min(whole.confidence, second.confidence);
  whole.span = cover(whole.span, second.span);
  whole.value += ' ' + second.value;
  joined_ = findings.size();
  findings.push_back(std::move(whole));
  return true;
}

void Derived::finish(std::uint32_t customers, std::vector<Finding>& findings) const {
  if (engine_.kinds.has(Kind::kPaymentFactors)) add_four_factors(findings);
  if (engine_.kinds.has(Kind::kBulkList)) add_bulk_list(customers, findings);
}

void Derived::add_four_factors(std::vector<Finding>& findings) const {
  std::map<std::uint32_t, unsigned> factors;  // of each customer
  std::vector<Finding> whole;
  for (const Finding& finding : findings) {
    const auto kind = kind_of(finding.element);
    const unsigned bit = kind ? factor_bit(*kind) : 0;
    if (finding.customer == 0 || bit == 0) continue;
    unsigned& seen = factors[finding.customer];
    const bool was_complete = seen == kAllFactors;
    seen |= bit;
    if (was_complete || seen != kAllFactors) continue;
    Finding& last = whole.emplace_back(finding);
    last.element = element_of(Kind::kPaymentFactors);
    last.known = false;  // what it follows from is
    last.level = engine_.facts(Kind::kPaymentFactors).level;
  }
  for (Finding& each : whole) {
    if (!full(findings)) findings.push_back(std::move(each));
  }
}

void Derived::add_bulk_list(std::uint32_t customers, std::vector<Finding>& findings) const {
  const auto& thresholds = engine_.derivation(Kind::kBulkList).customers;
  const auto reached = std::ranges::upper_bound(thresholds, customers);
  const auto first =
      std::ranges::find_if(findings, [](const Finding& finding) { return finding.customer != 0; });
  if (reached == thresholds.begin() || first == findings.end()) return;
  Finding list = *first;
  list.element = element_of(Kind::kBulkList);
  list.level = engine_.facts(Kind::kBulkList).level;
  list.confidence = engine_.facts(Kind::kBulkList).context;
  list.span.end = list.span.begin;
  list.value = std::to_string(*std::prev(reached));
  list.customer = 0;
  list.known = false;
  if (full(findings)) findings.pop_back();  // one of thousands, for what they are together
  findings.push_back(std::move(list));
}

}  // namespace huxin::detect
