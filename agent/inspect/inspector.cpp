#include "agent/inspect/inspector.hpp"

#include <ctime>

#include "agent/inspect/authorisation.hpp"
#include "agent/inspect/incident.hpp"
#include "policy/rule/refusal.hpp"

namespace huxin::inspect {
namespace {

/// An answer without a whole inspection is itself decided on: fail_closed denies what somebody
/// waits for.
void fail_closed(const rule::Policy& policy, const ScanResult& scan, rule::Decision& decision) {
  const bool blind = scan.outcome.ran_out && scan.outcome.coverage != extract::Coverage::kInspected;
  if (!blind || !policy.inspection.fail_closed || policy.mode != rule::Mode::kEnforce) return;
  if (decision.action >= rule::Action::kBlock) return;
  decision.action = decision.would = rule::Action::kBlock;
  decision.rule = "fail-closed";
  decision.zh = "未能在时限内检查，按策略拒绝";
  decision.en = "could not be inspected in time; refused as the policy says";
  decision.severity = rule::Severity::kS4;
  decision.record = true;
  decision.trace.push_back({"fail-closed", true, "inspection: " + scan.outcome.reason});
}

}  // namespace

std::chrono::minutes local_offset(Time time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return std::chrono::duration_cast<std::chrono::minutes>(std::chrono::seconds(local.tm_gmtoff));
}

void Inspector::put_in_force(std::shared_ptr<const InForce> in_force) {
  const std::lock_guard lock(mutex_);
  in_force_ = std::move(in_force);
}

std::shared_ptr<const InForce> Inspector::in_force() const {
  const std::lock_guard lock(mutex_);
  return in_force_;
}

ScanResult Inspector::scan(Content content, detect::Enough enough) {
  if (!content.file) {
    ScanResult blind;
    blind.outcome.coverage = extract::Coverage::kNotInspected;
    blind.outcome.reason = std::move(content.coverage_reason);
    return blind;
  }
  ScanResult result = scanner_.scan({.file = std::move(content.file),
                                     .name = std::move(content.name),
                                     .deadline = content.deadline,
                                     .urgent = content.urgent,
                                     .enough = std::move(enough),
                                     .part = content.part});
  if (!content.coverage_reason.empty() &&
      result.outcome.coverage == extract::Coverage::kInspected) {
    result.outcome.coverage = extract::Coverage::kPartial;
    result.outcome.reason = std::move(content.coverage_reason);
  }
  return result;
}

void Inspector::decide(const rule::Event& event, Judgement& judgement) {
  const InForce& in_force = *judgement.in_force;
  const ScanResult& scan = judgement.scan;
  // What a name tells is known although the content is not.
  const bool seen = scan.outcome.coverage != extract::Coverage::kNotInspected ||
                    !scan.inspection.findings.empty();
  rule::Summary summary{.inspection = seen ? &scan.inspection : nullptr,
                        .coverage_reason = judgement.early ? "" : scan.outcome.reason};
  if (seen) {
    Consent consent = consent_of(scan.inspection, in_force, digest_key_, event.time);
    summary.authorisation = consent.standing;
    judgement.consent = std::move(consent.rests_on);
  }
  judgement.decision = rule::decide(*in_force.policy, event, summary, local_offset(event.time));
}

Judgement Inspector::judge(rule::Event event, Content content) {
  return judge(std::move(event), std::move(content), in_force());
}

Judgement Inspector::judge(rule::Event event, Content content, std::shared_ptr<const InForce> by) {
  if (tellers_ && !event.teller.bound()) event.teller = tellers_(event.user);
  Judgement judgement;
  judgement.in_force = std::move(by);
  const rule::Policy& policy = *judgement.in_force->policy;
  const std::chrono::minutes offset = local_offset(event.time);
  const bool asked = rule::may_match(policy, event, offset);
  if (!asked && !content.always) return judgement;

  const bool urgent = content.urgent;
  detect::Enough enough;
  if (content.refuse_early) enough = rule::enough_to_refuse(policy, event, offset);
  judgement.scan = scan(std::move(content), std::move(enough));
  judgement.inspected = true;
  judgement.early = judgement.scan.inspection.stopped;
  judgement.goes_on = judgement.scan.streaming;
  if (judgement.goes_on) return judgement;
  if (!asked) return judgement;
  decide(event, judgement);
  if (urgent) fail_closed(policy, judgement.scan, judgement.decision);
  if (!judgement.early) judgement.coverage = make_coverage(event, judgement.scan);
  if (judgement.decision.record) {
    judgement.incident =
        make_incident(event, judgement.decision, judgement.scan, *judgement.in_force, digest_key_);
  }
  return judgement;
}

}  // namespace huxin::inspect
