#include "agent/network_channel.hpp"

namespace huxin::agent {
namespace {

/// What became of an upload. A verdict that came too late was not heard: the policy's choice stood.
const char* outcome_of(bool block, bool in_time, bool fail_closed, bool part_left) {
  if (in_time && block) return part_left ? "dropped: a part had left" : "dropped";
  if (in_time) return "none";
  return fail_closed ? "dropped: late" : "passed: late";
}

}  // namespace

NetworkChannel::Wanted NetworkChannel::wanted_by(const rule::Policy& policy) {
  return {policy.watch.network,
          policy.watch.ports,
          policy.watch.networks,
          policy.watch.tunnel_hosts,
          policy.inspection.fail_closed && policy.mode == rule::Mode::kEnforce,
          policy.inspection.deadline};
}

/// Takes nothing from a policy but through `wanted`, which tells when a guard is outdated.
watch::NetworkGuardSettings NetworkChannel::settings_for(const Wanted& wanted) const {
  watch::NetworkGuardSettings settings;
  settings.redirect.instance = options_.instance;
  settings.redirect.other_table = guard_ != nullptr && !other_table_;
  settings.redirect.beside = guard_ != nullptr;
  settings.redirect.ports = wanted.ports;
  settings.redirect.networks = wanted.networks;
  settings.redirect.exempt = options_.exempt;
  settings.redirect.fail_closed = wanted.fail_closed;
  settings.tunnel_hosts = wanted.tunnel_hosts;
  settings.verdict_deadline = wanted.verdict_deadline;
  settings.extra_ca_file = options_.extra_ca_file;
  return settings;
}

Status NetworkChannel::watch() {
  const Wanted wanted = wanted_by(*desk_.inspector.in_force()->policy);
  if (wanted == watched_) return {};  // connections under way go on
  if (!wanted.network) {
    watched_ = wanted;
    replace(nullptr, "off");
    return {};
  }
  const watch::NetworkGuardSettings settings = settings_for(wanted);
  auto guard = watch::NetworkGuard::start(
      settings,
      {.issue_leaf = [this](
                         std::string_view host,
                         ByteView key) { return authority_.issue(host, key, desk_.clock->now()); },
       .judge = [this, fail_closed = wanted.fail_closed](
                    watch::Upload upload) { return judge(std::move(upload), fail_closed); },
       .coverage = [this](const watch::NetworkCoverage& seen) { coverage(seen); }},
      desk_.clock);
  if (!guard) {
    watched_ = std::nullopt;
    const std::lock_guard lock(mutex_);
    state_ = guard.error().context;
    return std::unexpected(guard.error());
  }
  watched_ = wanted;
  other_table_ = settings.redirect.other_table;
  replace(*std::move(guard), "ok");
  return {};
}

void NetworkChannel::replace(std::unique_ptr<watch::NetworkGuard> guard, std::string state) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(guard_, guard);
    state_ = std::move(state);
  }
  // The old guard ends here, outside the lock: its handlers may still be running.
}

void NetworkChannel::add_losses(Losses& losses) const {
  const std::lock_guard lock(mutex_);
  if (!guard_) return;
  const watch::NetworkGuard::Counts counts = guard_->counts();
  losses["verdicts_overflowed"] = counts.overflow;
  losses["network_worker_bad_messages"] = counts.bad_messages;
  losses["network_reports_limited"] = counts.reports_limited;
}

std::string NetworkChannel::state() const {
  const std::lock_guard lock(mutex_);
  if (guard_ && guard_->worker() == 0) return "unprotected";
  return state_;
}

watch::UploadVerdict NetworkChannel::judge(watch::Upload upload, bool fail_closed) {
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      upload.deadline - std::chrono::steady_clock::now());
  inspect::Judgement judgement =
      desk_.inspector.judge(upload.event, {.file = std::move(upload.body),
                                           .name = upload.event.destination,
                                           .urgent = true,
                                           .deadline = std::max(left, std::chrono::milliseconds(1)),
                                           .coverage_reason = upload.coverage_reason,
                                           .refuse_early = upload.more,
                                           .part = {upload.stream, upload.part, upload.more}});
  watch::UploadVerdict verdict;
  verdict.goes_on = judgement.goes_on;
  verdict.block = judgement.decision.action >= rule::Action::kBlock;
  verdict.reason_zh = judgement.decision.zh;
  verdict.reason_en = judgement.decision.en;
  // Told after the answer, so that what is recorded is what happened.
  verdict.settled = [this, fail_closed, block = verdict.block, part_left = upload.part > 1,
                     told =
                         std::make_shared<inspect::Judgement>(std::move(judgement))](bool in_time) {
    if (told->coverage) desk_.recorder.coverage(*std::move(told->coverage));
    if (!told->incident) return;
    told->incident->set_outcome(outcome_of(block, in_time, fail_closed, part_left));
    desk_.recorder.incident(*std::move(told->incident));
  };
  return verdict;
}

void NetworkChannel::coverage(const watch::NetworkCoverage& seen) {
  desk_.recorder.blind_spot(rule::Channel::kNetwork, seen.reason, "", seen.event.destination,
                            seen.count);
}

}  // namespace huxin::agent
