#include "agent/watch/network/network_guard.hpp"

#include <poll.h>
#include <pwd.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include <array>
#include <map>
#include <set>
#include <thread>

#include "agent/watch/network/worker_desk.hpp"
#include "agent/watch/network/worker_process.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

constexpr auto kReadyDeadline = 15s;
constexpr auto kRulesCheck = 30s;
constexpr std::size_t kMaxKept = 16;  ///< addresses of one exempt name
constexpr auto kNameDeadline = 3s;    ///< to resolve one exempt name
constexpr auto kStable = 60s;         ///< a worker that lived this long ends a row of failures
constexpr unsigned kGiveUp = 5;       ///< failures in a row

std::uint32_t default_worker_uid() {
  std::array<char, 4096> space{};
  passwd entry{};
  passwd* found = nullptr;
  ::getpwnam_r("huxin-net", &entry, space.data(), space.size(), &found);
  return found != nullptr ? found->pw_uid : kFallbackWorkerUid;
}

class Guard final : public NetworkGuard {
 public:
  Guard(NetworkGuardSettings settings, NetworkGuardHandlers handlers,
        std::shared_ptr<const Clock> clock)
      : settings_(std::move(settings)),
        handlers_(std::move(handlers)),
        names_(handlers_.resolve),
        desk_(settings_, handlers_, std::move(clock), names_, counters_) {}
  ~Guard() override { stop(); }

  Status begin();
  Counts counts() const override;
  std::int32_t worker() const override { return worker_pid_.load(); }

 private:
  void stop();
  void run();
  bool stopping(std::chrono::milliseconds wait);
  Status bring_up();
  Status await_ready();
  void attend();
  bool take_message();
  void after_loss(unsigned failures);
  void check_rules();
  Status install_rules();
  std::vector<Endpoint> resolve_exempt();

  NetworkGuardSettings settings_;
  NetworkGuardHandlers handlers_;
  GuardCounters counters_;
  Listeners listeners_;
  HostNames names_;
  std::vector<Endpoint> exempt_;  ///< of the rules in force, as addresses
  std::map<std::string, std::set<std::string>> kept_addresses_;  ///< last known of each name
  WorkerDesk desk_;
  std::optional<WorkerProcess> worker_;
  std::optional<Redirection> rules_;
  std::atomic<std::int32_t> worker_pid_{0};
  Fd stop_event_;
  std::thread thread_;
};

Status Guard::begin() {
  if (::geteuid() != 0) return fail(Errc::kDenied, "the network channel needs root for nftables");
  if (!settings_.worker_uid) settings_.worker_uid = default_worker_uid();
  stop_event_ = Fd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop_event_) return fail_errno("eventfd");
  auto listeners = Listeners::open();
  if (!listeners) return std::unexpected(listeners.error());
  listeners_ = std::move(*listeners);
  settings_.redirect.worker_uid = *settings_.worker_uid;
  settings_.redirect.local_port = listeners_.port;
  settings_.redirect.local_port6 = listeners_.port6;
  if (Status up = bring_up(); !up) return up;
  if (Status installed = install_rules(); !installed) return installed;
  thread_ = std::thread([this] { run(); });
  return {};
}

/// The order matters: first no new connection comes, then nobody is served.
void Guard::stop() {
  if (thread_.joinable()) {
    ::eventfd_write(stop_event_.get(), 1);
    thread_.join();
  }
  rules_.reset();
  worker_.reset();
}

void Guard::run() {
  unsigned failures = 0;
  while (!stopping(0ms)) {
    const auto since = steady_clock::now();
    if (worker_) attend();
    if (stopping(0ms)) return;
    failures = steady_clock::now() - since > kStable ? 1 : failures + 1;
    after_loss(failures);
    if (stopping(0ms)) return;
    if (const Status up = bring_up(); !up) continue;
    if (!rules_ && !install_rules()) desk_.report("rules_refused");
  }
}

bool Guard::stopping(std::chrono::milliseconds wait) {
  pollfd event{.fd = stop_event_.get(), .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, static_cast<int>(wait.count())) > 0;
}

Status Guard::bring_up() {
  auto worker = WorkerProcess::start(settings_.program, listeners_);
  if (!worker) return std::unexpected(worker.error());
  counters_.workers.fetch_add(1);
  wire::ToWorker message;
  wire::Config& config = *message.mutable_config();
  for (const std::string& host : settings_.tunnel_hosts) config.add_tunnel_hosts(host);
  config.set_fail_closed(settings_.redirect.fail_closed);
  config.set_hold_limit(settings_.hold_limit);
  config.set_hold_total(settings_.hold_total);
  config.set_verdict_deadline_ms(static_cast<std::uint32_t>(settings_.verdict_deadline.count()));
  config.set_connections(settings_.connections);
  config.set_extra_ca_file(settings_.extra_ca_file);
  config.set_uid(*settings_.worker_uid);
  if (Status sent = send_packet(worker->control()->get(), message.SerializeAsString()); !sent)
    return sent;
  worker_.emplace(std::move(*worker));
  const Status ready = await_ready();
  if (!ready) worker_.reset();
  worker_pid_ = worker_ ? worker_->pid() : 0;
  return ready;
}

Status Guard::await_ready() {
  pollfd control{.fd = worker_->control()->get(), .events = POLLIN, .revents = 0};
  const auto wait = std::chrono::duration_cast<std::chrono::milliseconds>(kReadyDeadline);
  if (::poll(&control, 1, static_cast<int>(wait.count())) <= 0) {
    return fail(Errc::kTimeout, "the network worker did not get ready");
  }
  const auto packet = receive_packet(control.fd);
  if (!packet) return std::unexpected(packet.error());
  wire::FromWorker message;
  if (!*packet || !message.ParseFromString((*packet)->bytes) || !message.ready()) {
    return fail(Errc::kUnavailable, "the network worker ended before it was ready");
  }
  return {};
}

/// Answers one worker until it ends, misbehaves, or the guard stops.
void Guard::attend() {
  auto check = steady_clock::now() + kRulesCheck;
  for (;;) {
    std::array<pollfd, 2> watched{
        {{.fd = worker_->control()->get(), .events = POLLIN, .revents = 0},
         {.fd = stop_event_.get(), .events = POLLIN, .revents = 0}}};
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(check - steady_clock::now());
    ::poll(watched.data(), watched.size(), static_cast<int>(std::max(left, 0ms).count()));
    if (watched[1].revents != 0) return;
    if (watched[0].revents != 0 && !take_message()) return;
    if (steady_clock::now() < check) continue;
    check_rules();
    check = steady_clock::now() + kRulesCheck;
  }
}

bool Guard::take_message() {
  auto packet = receive_packet(worker_->control()->get());
  if (packet && !*packet) return false;
  const Status answered = packet ? desk_.answer(worker_->control(), std::move(**packet))
                                 : Status(std::unexpected(packet.error()));
  if (answered) return true;
  counters_.bad_messages.fetch_add(1);
  desk_.report("worker_misbehaved");
  return false;
}

void Guard::after_loss(unsigned failures) {
  worker_pid_ = 0;
  worker_.reset();
  desk_.report("worker_lost");
  if (failures == kGiveUp) {
    if (!settings_.redirect.fail_closed) rules_.reset();
    desk_.report("unprotected");
  }
  const auto until = steady_clock::now() + std::min<steady_clock::duration>(
                                               100ms * (1U << std::min(failures - 1, 10U)), 30s);
  while (steady_clock::now() < until && !stopping(50ms)) {
    if (failures >= kGiveUp) listeners_.refuse_waiting();
  }
}

void Guard::check_rules() {
  if (!rules_) return;
  const bool in_force = rules_->in_force();
  if (in_force && resolve_exempt() == exempt_) return;
  if (!in_force) desk_.report("rules_removed");
  if (!install_rules()) desk_.report("rules_refused");
}

Status Guard::install_rules() {
  exempt_ = resolve_exempt();
  RedirectSettings wanted = settings_.redirect;
  wanted.exempt = exempt_;
  // What is closed on failure is replaced in one transaction, and stays when it cannot be.
  if (!wanted.fail_closed) rules_.reset();
  auto installed = Redirection::install(wanted);
  if (!installed) return std::unexpected(installed.error());
  if (rules_) rules_->leave();
  rules_.emplace(std::move(*installed));
  return {};
}

/// The exempt endpoints by address, in order. A name that does not resolve now keeps the addresses
/// it has in the rules in force.
std::vector<Endpoint> Guard::resolve_exempt() {
  std::vector<Endpoint> resolved;
  for (const Endpoint& wanted : settings_.redirect.exempt) {
    const auto addresses = names_.addresses(wanted.address, kNameDeadline);
    if (!addresses || addresses->empty()) {
      desk_.report("exempt_unresolved");
    } else {
      // A resolver that tells another few each time must not have the rules replaced each time.
      std::set<std::string>& kept = kept_addresses_[wanted.address];
      kept.insert(addresses->begin(), addresses->end());
      if (kept.size() > kMaxKept) kept = {addresses->begin(), addresses->end()};
    }
    for (const std::string& address : kept_addresses_[wanted.address])
      resolved.push_back({address, wanted.port});
  }
  return resolved;
}

NetworkGuard::Counts Guard::counts() const {
  return {.workers = counters_.workers,
          .verdicts = counters_.verdicts,
          .blocked = counters_.blocked,
          .leaves = counters_.leaves,
          .overflow = counters_.overflow,
          .bad_messages = counters_.bad_messages,
          .reports_limited = counters_.reports_limited};
}

}  // namespace

Result<std::unique_ptr<NetworkGuard>> NetworkGuard::start(NetworkGuardSettings settings,
                                                          NetworkGuardHandlers handlers,
                                                          std::shared_ptr<const Clock> clock) {
  auto guard = std::make_unique<Guard>(std::move(settings), std::move(handlers), std::move(clock));
  if (Status begun = guard->begin(); !begun) return std::unexpected(begun.error());
  return guard;
}

}  // namespace huxin::watch
