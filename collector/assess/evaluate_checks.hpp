#pragma once
// The checks behind items.yaml's evaluators. Private to collector/assess.
#include <functional>

#include "collector/assess/evaluate.hpp"

namespace huxin::assess {

/// The facts of one branch, and short forms for what checks say. Its terminals are those that were
/// not revoked before the end of the facts.
class Branchly {
 public:
  Branchly(const Facts& facts, const std::string& branch);

  const Facts& facts() const { return facts_; }
  const std::string& branch() const { return branch_; }
  const std::vector<const TerminalFact*>& terminals() const { return terminals_; }
  /// Of this branch, in the order of the facts; the pointers are into them.
  std::vector<const IncidentFact*> incidents(
      const std::function<bool(const IncidentFact&)>& wanted) const;
  /// By number, in the whole bank; null: not on the list, also for an empty number.
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
/// Keeps kMostSuggested of the evidence and counts the rest.
Suggestion verdict(Verdict verdict, std::string zh, std::string en,
                   std::vector<Evidence> evidence = {});
/// Fails with the incidents as evidence, passes without any when terminals watched; otherwise
/// cannot tell. `what` names the matter: "征信报告留存", "credit reports at rest".
Suggestion none_of(const Branchly& branch, const std::vector<const IncidentFact*>& incidents,
                   std::string_view zh, std::string_view en);
/// Its note: day, severity and action.
Evidence evidence_for(const IncidentFact& incident);

namespace checks {
/// Credit reports without a valid authorisation fail; by hand if none was matched.
Suggestion authorisations(const Branchly& branch);
/// One teller number on two terminals within ten minutes, anywhere in the bank, fails.
Suggestion shared_accounts(const Branchly& branch);
/// Credit incidents between 20:00 and 07:00, by the terminal's clock, are partial.
Suggestion off_hours(const Branchly& branch);
/// Credit reports stored by anybody who is not of the credit group fail.
Suggestion reports_at_rest(const Branchly& branch);
/// Fail when one got out over network, clipboard or stick; partial when all were stopped.
Suggestion reports_sent(const Branchly& branch);
/// A teller number used on or after the day its holder left fails.
Suggestion leavers(const Branchly& branch);
/// D42 to D48 (tracks, CVN2, PIN) stored anywhere fail.
Suggestion authentication_at_rest(const Branchly& branch);
/// D40, D41 (card numbers) stored fail; without any, slips and screens are seen by hand.
Suggestion clear_cards(const Branchly& branch);
/// D49 to D52 copied or sent; without any, by hand.
Suggestion one_time_codes(const Branchly& branch);
/// D71 to D74 (anti-money laundering) stored outside its group fail.
Suggestion str_holders(const Branchly& branch);
/// The same elements, as reports_sent().
Suggestion str_sent(const Branchly& branch);
/// Passes when a destruction was refused for its term, else by hand: not being asked proves
/// nothing.
Suggestion kept_ten_years(const Branchly& branch);
/// Passes when something was destroyed by order, since each order asks the terms first.
Suggestion early_destruction(const Branchly& branch);
/// By the channel "removable" of each terminal's last heartbeat.
Suggestion removable_media(const Branchly& branch);
/// Fails a terminal that is 15 minutes behind the bank's last heartbeat, or not on the newest
/// policy.
Suggestion agents_alive(const Branchly& branch);
/// By words in process and destination, as reports_sent().
Suggestion messengers(const Branchly& branch);
/// Any upload that was not stopped fails; without uploads, by hand.
Suggestion uploads_blocked(const Branchly& branch);
/// Incidents at rest under clause K25 fail.
Suggestion test_data(const Branchly& branch);
/// Fails when an account of the collector holds roles that exclude each other: the same for every
/// branch.
Suggestion separate_administrators(const Branchly& branch);
/// Fails a terminal whose records are missing or not linked; signatures are not re-computed.
Suggestion chains_whole(const Branchly& branch);
/// The collector's audit log was verified within the last six months (183 days): the same for every
/// branch.
Suggestion log_audited(const Branchly& branch);
/// By the month's discovery runs: a copy past its deadline fails.
Suggestion expired_extracts(const Branchly& branch);
/// Each destruction has a certificate that holds, names two people, and left no residue.
Suggestion certificates(const Branchly& branch);
/// Fails, and says which algorithms are used: none is SM2, SM3 or SM4.
Suggestion cryptography(const Branchly& branch);
/// A rectification past its due day fails; none at all is not applicable.
Suggestion past_findings(const Branchly& branch);
}  // namespace checks

}  // namespace huxin::assess
