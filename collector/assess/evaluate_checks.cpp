#include "collector/assess/evaluate_checks.hpp"

#include <algorithm>

namespace huxin::assess {

Branchly::Branchly(const Facts& facts, const std::string& branch) : facts_(facts), branch_(branch) {
  for (const TerminalFact& terminal : facts.terminals) {
    const bool gone = terminal.revoked && *terminal.revoked < facts.until;
    if (terminal.branch == branch && !gone) terminals_.push_back(&terminal);
  }
}

std::vector<const IncidentFact*> Branchly::incidents(
    const std::function<bool(const IncidentFact&)>& wanted) const {
  std::vector<const IncidentFact*> found;
  for (const IncidentFact& incident : facts_.incidents) {
    if (incident.branch == branch_ && wanted(incident)) found.push_back(&incident);
  }
  return found;
}

const Staff* Branchly::person(std::string_view number) const {
  const auto found = std::ranges::find(facts_.staff, number, &Staff::number);
  return found == facts_.staff.end() ? nullptr : &*found;
}

bool Branchly::watched() const {
  return std::ranges::any_of(terminals_, [](const TerminalFact* terminal) {
    return std::ranges::any_of(terminal->days,
                               [](const PresenceDay& day) { return day.last != Time{}; });
  });
}

Suggestion cannot(std::string zh, std::string en) {
  return {std::nullopt, std::move(zh), std::move(en), {}, 0};
}

Suggestion verdict(Verdict verdict, std::string zh, std::string en,
                   std::vector<Evidence> evidence) {
  Suggestion said{verdict, std::move(zh), std::move(en), std::move(evidence), 0};
  if (said.evidence.size() > kMostSuggested) {
    said.more = said.evidence.size() - kMostSuggested;
    said.evidence.resize(kMostSuggested);
  }
  return said;
}

Evidence evidence_for(const IncidentFact& incident) {
  return {"incident", incident.id,
          fmt::format("{} S{} {}", to_rfc3339(incident.time).substr(0, 10), incident.severity,
                      rule::to_string(incident.action)),
          incident.confidential};
}

Suggestion none_of(const Branchly& branch, const std::vector<const IncidentFact*>& incidents,
                   std::string_view zh, std::string_view en) {
  std::vector<Evidence> evidence;
  for (const IncidentFact* incident : incidents) evidence.push_back(evidence_for(*incident));
  if (!evidence.empty()) {
    return verdict(Verdict::kFail, fmt::format("{}：{} 起", zh, evidence.size()),
                   fmt::format("{}: {} incident(s)", en, evidence.size()), std::move(evidence));
  }
  if (!branch.watched()) {
    return cannot("本月没有收到该机构终端的心跳，无从判断",
                  "no terminal of the branch was heard this month, so nothing can be told");
  }
  for (const TerminalFact* terminal : branch.terminals())
    evidence.push_back({"terminal", terminal->id, {}, false});
  return verdict(Verdict::kPass, fmt::format("{}：未发现", zh), fmt::format("{}: none", en),
                 std::move(evidence));
}

}  // namespace huxin::assess
