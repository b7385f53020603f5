#include "agent/teller_channel.hpp"

namespace huxin::agent {

Status TellerChannel::watch() {
  const rule::WatchSettings& settings = desk_.inspector.in_force()->policy->watch;
  watch::TellerRules wanted{settings.teller_processes, settings.teller_users};
  {
    const std::lock_guard lock(mutex_);
    if (teller_desk_ && wanted == rules_) return {};
  }
  replace(nullptr, "off");
  rules_ = wanted;
  if (wanted.processes.empty()) return {};
  auto opened = watch::TellerDesk::open(
      socket_, std::move(wanted),
      {.changed = changed_,
       .refused = [this](const std::string& user, const std::string& reason, std::uint64_t count) {
         desk_.recorder.status("teller_refused", fmt::format("{} × {}: {}", count, user, reason));
       }});
  if (!opened) {
    replace(nullptr, opened.error().context);
    return std::unexpected(opened.error());
  }
  replace(*std::move(opened), "ok");
  return {};
}

void TellerChannel::replace(std::shared_ptr<watch::TellerDesk> desk, std::string state) {
  {
    const std::lock_guard lock(mutex_);
    std::swap(teller_desk_, desk);
    state_ = std::move(state);
  }
  // The old desk ends here, outside the lock: it tells of the bindings that end with it.
}

/// Taken out of the lock, so that whoever asks for a teller never waits for a probe.
std::shared_ptr<watch::TellerDesk> TellerChannel::desk() const {
  const std::lock_guard lock(mutex_);
  return teller_desk_;
}

rule::Teller TellerChannel::of(const std::string& user) const {
  const auto open = desk();
  return open ? open->teller_of(user) : rule::Teller{};
}

std::string TellerChannel::state() const {
  if (const auto open = desk()) {
    if (const Status alive = open->probe(std::chrono::seconds(2)); !alive)
      return alive.error().context;
  }
  const std::lock_guard lock(mutex_);
  return state_;
}

void TellerChannel::add_losses(Losses& losses) const {
  const auto open = desk();
  if (!open) return;
  const watch::TellerCounters counters = open->counters();
  losses["tellers_refused"] = counters.refused;
  losses["teller_protocol_errors"] = counters.protocol_errors;
}

}  // namespace huxin::agent
