#include "agent/open_channel.hpp"

#include <fcntl.h>
#include <spdlog/spdlog.h>

namespace huxin::agent {
namespace {

/// Kept back from a scan's time, so that its decision is still the answer.
constexpr std::chrono::milliseconds kToAnswer{20};

std::string_view outcome_of(bool allow, const watch::OpenSettlement& settlement) {
  if (settlement.allowed != allow) return settlement.allowed ? "passed: late" : "denied: late";
  return allow ? "none" : "denied";
}

/// Could a rule refuse an open of this file to anybody, whatever is in it?
bool refuses_regardless_of_content(const rule::Policy& policy) {
  return std::ranges::any_of(policy.rules, [](const rule::Rule& rule) {
    const auto& channels = rule.match.channels;
    const bool opens =
        channels.empty() || std::ranges::find(channels, rule::Channel::kFileOpen) != channels.end();
    return opens && !rule.match.asks_inspection();
  });
}

bool clean_for_everyone(const inspect::Judgement& judgement) {
  return judgement.inspected && judgement.scan.outcome.coverage == extract::Coverage::kInspected &&
         judgement.scan.inspection.findings_total == 0 && !judgement.decision.record &&
         !refuses_regardless_of_content(*judgement.in_force->policy);
}

}  // namespace

Status OpenChannel::watch() {
  const auto in_force = desk_.inspector.in_force();
  const rule::WatchSettings& settings = in_force->policy->watch;
  const rule::InspectionSettings& inspection = in_force->policy->inspection;
  const bool enforced = in_force->policy->mode == rule::Mode::kEnforce;
  const Wanted wanted{settings.guarded, settings.exclude, inspection.open_deadline,
                      inspection.fail_closed && enforced};
  if (guard_ && wanted == watched_) {
    guard_->forget();  // what the old policy decided
    return {};
  }
  replace(nullptr, "off");
  if (settings.guarded.empty()) return {};
  watched_ = wanted;
  auto guard = watch::OpenGuard::start(
      {.guarded = {settings.guarded.begin(), settings.guarded.end()},
       .exclude = settings.exclude,
       .deadline = wanted.deadline,
       .fail_closed = wanted.fail_closed},
      [this](watch::OpenRequest&& request) { return decide(std::move(request)); },
      [this](const std::string& path, const std::string& reason, std::uint64_t count) {
        lost(path, reason, count);
      },
      desk_.own, desk_.clock);
  if (!guard) {
    replace(nullptr, guard.error().context);
    return std::unexpected(guard.error());
  }
  replace(*std::move(guard), "ok");
  return {};
}

void OpenChannel::forget() {
  const std::lock_guard lock(mutex_);
  if (guard_) guard_->forget();
}

void OpenChannel::replace(std::shared_ptr<watch::OpenGuard> guard, std::string state) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(guard_, guard);
    state_ = std::move(state);
  }
  // The old guard ends here, outside the lock: its handlers may still be running.
}

std::shared_ptr<watch::OpenGuard> OpenChannel::current() const {
  const std::lock_guard lock(mutex_);
  return guard_;
}

bool OpenChannel::answers(std::chrono::milliseconds deadline) const {
  const auto guard = current();
  return !guard || guard->answers(deadline);
}

void OpenChannel::add_losses(Losses& losses) const {
  const auto guard = current();
  if (!guard) return;
  const watch::GuardCounters counters = guard->counters();
  losses["opens_answered_by_deadline"] = counters.missed;
  losses["opens_overloaded"] = counters.overloaded;
  losses["opens_failed"] = counters.failures;
}

std::string OpenChannel::state() const {
  if (const auto guard = current()) {
    const Status alive = guard->probe(std::chrono::seconds(2));
    return alive ? guard->coverage() : alive.error().context;
  }
  const std::lock_guard lock(mutex_);
  return state_;
}

watch::OpenDecision OpenChannel::decide(watch::OpenRequest&& request) {
  const auto left = std::chrono::floor<std::chrono::milliseconds>(
      request.deadline - std::chrono::steady_clock::now() - kToAnswer);
  Fd again(::fcntl(request.file.get(), F_DUPFD_CLOEXEC, 0));
  const std::string name = request.path.filename().string();
  inspect::Judgement judgement = desk_.inspector.judge(
      request.event, {.file = std::move(request.file),
                      .name = name,
                      .urgent = true,
                      .deadline = std::max(left, std::chrono::milliseconds(1)),
                      .refuse_early = again.get() >= 0});
  watch::OpenDecision decision{.allow = judgement.decision.action < rule::Action::kBlock,
                               .clean_for_everyone = clean_for_everyone(judgement),
                               .remember = !extract::may_pass(judgement.scan.outcome)};
  if (judgement.early && judgement.incident) {
    decision.settled = [this, allow = decision.allow,
                        refusal = std::make_unique<EarlyRefusal>(
                            desk_, request.event, std::move(again), name, std::move(judgement))](
                           const watch::OpenSettlement& settlement) mutable {
      refusal->set_outcome(std::string(outcome_of(allow, settlement)));
      look_whole_later(std::move(refusal));
    };
  } else if (judgement.coverage || judgement.incident) {
    decision.settled = [this, allow = decision.allow, coverage = std::move(judgement.coverage),
                        incident = std::move(judgement.incident)](
                           const watch::OpenSettlement& settlement) mutable {
      if (coverage) desk_.recorder.coverage(*std::move(coverage));
      if (!incident) return;
      incident->set_outcome(std::string(outcome_of(allow, settlement)));
      desk_.recorder.incident(*std::move(incident));
    };
  }
  return decision;
}

void OpenChannel::look_whole_later(std::unique_ptr<EarlyRefusal> refusal) {
  static_cast<void>(whole_.offer([refusal = std::move(refusal)] { refusal->look_whole(); }));
}

void OpenChannel::lost(const std::string& path, const std::string& reason, std::uint64_t count) {
  desk_.recorder.blind_spot(rule::Channel::kFileOpen, reason, path, "", count);
}

}  // namespace huxin::agent
