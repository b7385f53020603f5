#include "agent/inspect/authorisation.hpp"

#include <algorithm>
#include <set>

#include "policy/record/chain.hpp"

namespace huxin::inspect {
namespace {

constexpr catalog::ElementId kCreditReport{69};
constexpr std::array kIdentities{catalog::ElementId{1}, catalog::ElementId{2},
                                 catalog::ElementId{3}, catalog::ElementId{4}};

}  // namespace

Consent consent_of(const detect::Inspection& inspection, const InForce& in_force,
                   const Secret& digest_key, Time now) {
  const double least = in_force.policy->inspection.min_confidence;
  const bool report = std::ranges::any_of(inspection.findings, [&](const auto& finding) {
    return finding.element == kCreditReport && finding.confidence >= least;
  });
  if (!report) return {};
  bool expired = false;
  std::set<std::pair<catalog::ElementId, std::string_view>> asked;
  for (const detect::Finding& finding : inspection.findings) {
    if (std::ranges::find(kIdentities, finding.element) == kIdentities.end()) continue;
    if (!asked.emplace(finding.element, finding.value).second) continue;
    auto digest =
        record::value_digest(digest_key.view(), catalog::to_string(finding.element), finding.value);
    const bundle::Standing standing = in_force.authorisations.at(digest, now);
    if (standing == bundle::Standing::kInForce)
      return {rule::Authorisation::kMatched, std::move(digest)};
    expired |= standing == bundle::Standing::kNotInForce;
  }
  return {expired ? rule::Authorisation::kExpired : rule::Authorisation::kMissing, {}};
}

}  // namespace huxin::inspect
