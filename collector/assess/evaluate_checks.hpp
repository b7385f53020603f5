#pragma once
// The checks behind items.yaml's evaluators. Private to collector/assess.
#include <functional>

#include "collector/assess/evaluate.hpp"

namespace huxin::assess {

/// The facts of one branch, and short forms for what checks say.
class Branchly {
 public:
  Branchly(const Facts& facts, const std::string& branch);

  const Facts& facts() const { return facts_; }
  const std::string& branch() const { return branch_; }
  const std::vector<const TerminalFact*>& terminals() const { return terminals_; }
  std::vector<const IncidentFact*> incidents(
      const std::function<bool(const IncidentFact&)>& wanted) const;
  const Staff* person(std::string_view number) const;
  /// Was any terminal of the branch heard in the month? Without, absence of incidents says nothing.
  bool watched() const;

 private:
  const Facts& facts_;
  const std::string& branch_;
  std::vector<const TerminalFact*> terminals_;
};

/// No verdict, and why.
Suggestion cannot(std::string zh, std::string en);
Suggestion verdict(Verdict verdict, std::string zh, std::string en,
                   std::vector<Evidence> evidence = {});
/// Fails with the incidents as evidence, passes without any when terminals watched; otherwise
/// cannot tell. `what` names the matter: "征信报告留存", "credit reports at rest".
Suggestion none_of(const Branchly& branch, const std::vector<const IncidentFact*>& incidents,
                   std::string_view zh, std::string_view en);
Evidence evidence_for(const IncidentFact& incident);

namespace checks {
Suggestion authorisations(const Branchly& branch);
Suggestion shared_accounts(const Branchly& branch);
Suggestion off_hours(const Branchly& branch);
Suggestion reports_at_rest(const Branchly& branch);
Suggestion reports_sent(const Branchly& branch);
Suggestion leavers(const Branchly& branch);
Suggestion authentication_at_rest(const Branchly& branch);
Suggestion clear_cards(const Branchly& branch);
Suggestion one_time_codes(const Branchly& branch);
Suggestion str_holders(const Branchly& branch);
Suggestion str_sent(const Branchly& branch);
Suggestion kept_ten_years(const Branchly& branch);
Suggestion early_destruction(const Branchly& branch);
Suggestion removable_media(const Branchly& branch);
Suggestion agents_alive(const Branchly& branch);
Suggestion messengers(const Branchly& branch);
Suggestion uploads_blocked(const Branchly& branch);
Suggestion test_data(const Branchly& branch);
Suggestion separate_administrators(const Branchly& branch);
Suggestion chains_whole(const Branchly& branch);
Suggestion log_audited(const Branchly& branch);
Suggestion expired_extracts(const Branchly& branch);
Suggestion certificates(const Branchly& branch);
Suggestion cryptography(const Branchly& branch);
Suggestion past_findings(const Branchly& branch);
}  // namespace checks

}  // namespace huxin::assess
