#include "agent/network_channel.hpp"

namespace huxin::agent {
namespace {

/// What became of an upload. A verdict that came too late was not heard: the policy's choice stood.
const char* outcome_of(bool block, bool in_time, bool fail_closed) {
  if (in_time) return block ? "dropped" : "none";
  return fail_closed ? "dropped: late" : "passed: late";
}

}  // namespace

Status NetworkChannel::watch() {
  const auto in_force = desk_.inspector.in_force();
  const rule::WatchSettings& settings = in_force->policy->watch;
  const bool fail_closed =
      in_force->policy->inspection.fail_closed && in_force->policy->mode == rule::Mode::kEnforce;
  const Wanted wanted_now{settings.network, settings.ports, settings.networks,
                          settings.tunnel_hosts, fail_closed};
  if (wanted_now == watched_) return {};  // connections under way go on
  replace(nullptr, "off");
  watched_ = wanted_now;
  if (!settings.network) return {};
  watch::NetworkGuardSettings wanted;
  wanted.redirect.instance = options_.instance;
  wanted.redirect.ports = settings.ports;
  wanted.redirect.networks = settings.networks;
  wanted.redirect.exempt = options_.exempt;
  wanted.redirect.fail_closed = fail_closed;
  wanted.tunnel_hosts = settings.tunnel_hosts;
  wanted.verdict_deadline = in_force->policy->inspection.deadline;
  wanted.extra_ca_file = options_.extra_ca_file;
  auto guard = watch::NetworkGuard::start(
      std::move(wanted),
      {.issue_leaf = [this](
                         std::string_view host,
                         ByteView key) { return authority_.issue(host, key, desk_.clock->now()); },
       .judge = [this, fail_closed](
                    watch::Upload upload) { return judge(std::move(upload), fail_closed); },
       .coverage = [this](const watch::NetworkCoverage& seen) { coverage(seen); }},
      desk_.clock);
  if (!guard) {
    watched_ = {};  // tried again with the next policy
    replace(nullptr, guard.error().context);
    return std::unexpected(guard.error());
  }
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
                                           .coverage_reason = upload.coverage_reason});
  watch::UploadVerdict verdict;
  verdict.block = judgement.decision.action >= rule::Action::kBlock;
  verdict.reason_zh = judgement.decision.zh;
  verdict.reason_en = judgement.decision.en;
  // Told after the answer, so that what is recorded is what happened.
  verdict.settled = [this, fail_closed, block = verdict.block,
                     told =
                         std::make_shared<inspect::Judgement>(std::move(judgement))](bool in_time) {
    if (told->coverage) desk_.recorder.coverage(*std::move(told->coverage));
    if (!told->incident) return;
    told->incident->set_outcome(outcome_of(block, in_time, fail_closed));
    desk_.recorder.incident(*std::move(told->incident));
  };
  return verdict;
}

void NetworkChannel::coverage(const watch::NetworkCoverage& seen) {
  desk_.recorder.blind_spot(rule::Channel::kNetwork, seen.reason, "", seen.event.destination,
                            seen.count);
}

}  // namespace huxin::agent
