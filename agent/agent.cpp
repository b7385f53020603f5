#include "agent/agent.hpp"

#include <unistd.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include <fmt/ranges.h>
#include <spdlog/spdlog.h>

#include "agent/clipboard_channel.hpp"
#include "agent/control_commands.hpp"
#include "agent/discover/pressure.hpp"
#include "agent/discovery.hpp"
#include "agent/enrolment.hpp"
#include "agent/extract/image/recognise.hpp"
#include "agent/file_channel.hpp"
#include "agent/guard/pool.hpp"
#include "agent/inspect/budget.hpp"
#include "agent/journal/journal.hpp"
#include "agent/known_data.hpp"
#include "agent/network_channel.hpp"
#include "agent/open_channel.hpp"
#include "agent/order_desk.hpp"
#include "agent/policy_keeper.hpp"
#include "agent/residue_places.hpp"
#include "agent/status_board.hpp"
#include "agent/stock.hpp"
#include "agent/teller_channel.hpp"
#include "agent/trust_pins.hpp"
#include "agent/uplink/uplink.hpp"
#include "agent/valid_text.hpp"
#include "agent/version.hpp"
#include "agent/watch/open_regular.hpp"

namespace huxin::agent {
namespace {

std::string host_name() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "unknown";
}

/// The journal as the uplink sees it.
class JournalOutbox final : public uplink::Outbox {
 public:
  explicit JournalOutbox(journal::Journal& journal) : journal_(journal) {}

  Result<std::vector<record::Record>> oldest(std::size_t limit) override {
    return journal_.outbox(limit);
  }
  Status acknowledge(std::uint64_t through) override { return journal_.acknowledge(through); }
  Result<std::uint64_t> size() override { return journal_.outbox_size(); }
  Result<Head> head() override {
    auto head = journal_.head();
    if (!head) return std::unexpected(head.error());
    return Head{head->sequence, std::move(head->hash)};
  }

 private:
  journal::Journal& journal_;
};

/// What must be there before anything else can be made.
struct Foundation {
  std::unique_ptr<certs::KeyStore> keys;
  Enrolment enrolment;
  std::unique_ptr<journal::Journal> journal;
  std::unique_ptr<certs::DeviceAuthority> authority;
  std::string trust_changed;  ///< what enrolment.json had that is not as pinned
};

Result<Foundation> lay_foundation(const State& state, Time now) {
  Foundation made;
  auto keys = certs::open_file_key_store(state.keys());
  if (!keys) return std::unexpected(keys.error());
  made.keys = *std::move(keys);

  auto enrolment = load_enrolment(state, *made.keys);
  if (!enrolment) return std::unexpected(enrolment.error());
  if (!*enrolment) {
    return fail(Errc::kNotFound, "this terminal is not enrolled; run huxin-agent enrol --state {}",
                state.root.string());
  }
  made.enrolment = **std::move(enrolment);

  auto key = made.keys->load_or_create("journal.key", 32);
  if (!key) return std::unexpected(key.error());
  auto journal = journal::Journal::open(state.journal(), *key);
  if (!journal) return std::unexpected(journal.error());
  made.journal = *std::move(journal);
  auto changed = hold_to_pins(*made.journal, made.enrolment);
  if (!changed) return std::unexpected(changed.error().within("what this terminal trusts"));
  made.trust_changed = *std::move(changed);

  auto authority = certs::DeviceAuthority::open(*made.keys, host_name(), now);
  if (!authority) return std::unexpected(authority.error());
  made.authority = *std::move(authority);
  return made;
}

/// "ok", or what this machine does not have: walls around the workers, programs.
std::string state_without(const std::vector<std::string>& missing) {
  return missing.empty() ? "ok" : fmt::format("missing: {}", fmt::join(missing, ", "));
}

guard::WorkerSetup worker_setup(const inspect::InForce& in_force, const State& state,
                                const Secret& digest_key) {
  return {.catalog_yaml = in_force.catalog_yaml,
          .min_confidence = in_force.policy->inspection.min_confidence,
          .cache = state.cache(),
          .budget = inspect::budget_of(in_force.policy->inspection),
          .max_memory = in_force.policy->inspection.max_memory,
          .known = known_data(in_force.known, digest_key)};
}

class Guardian final : public Agent {
 public:
  Guardian(AgentOptions options, Foundation foundation, std::shared_ptr<const Clock> clock)
      : options_(std::move(options)),
        clock_(std::move(clock)),
        foundation_(std::move(foundation)),
        recorder_(*foundation_.journal, clock_, [this] { wake_uplink(); }),
        keeper_(options_.state, foundation_.enrolment.policy_key),
        outbox_(*foundation_.journal) {}

  ~Guardian() override {
    board_.reset();
    housekeeping_ = {};
    if (uplink_) uplink_->stop();  // first: a policy that arrives now would start channels again
    if (discovery_) discovery_->close();  // a run under way goes on at the next start
    control_.reset();
    discovery_.reset();
    orders_.reset();
    if (tellers_) tellers_->close();  // it tells the channels of bindings that end
    network_.reset();
    clipboard_.reset();
    files_.reset();
    opens_->close();
    heart_ = {};  // nobody waits for us any more
    opens_.reset();
    recorder_.status("stopped", "");
  }

  Status begin();

 private:
  Status start_workers(const inspect::InForce& in_force);
  Status open_quarantine();
  Status open_order_desk();
  void settle_released(const std::filesystem::path& path);
  void forget(const std::filesystem::path& path) {
    if (stock_) stock_->gone(path);
  }
  certs::Identity identity() const;
  Status start_uplink();
  Status open_inventory();
  void start_channels();
  Status start_discovery();
  void report(std::string_view channel, const Status& started);
  void watch_all();
  Status apply(std::shared_ptr<const inspect::InForce> in_force);
  record::Heartbeat heartbeat() const;
  std::map<std::string, std::string> channels() const;
  Losses losses() const;
  Status keep_identity(const certs::Identity& identity);
  void keep_house(const std::stop_token& stop);
  void keep_beating(const std::stop_token& stop) const;
  void wake_uplink() {
    if (uplink::Uplink* const uplink = awake_.load()) uplink->notify();
  }

  const AgentOptions options_;
  const std::shared_ptr<const Clock> clock_;
  Foundation foundation_;
  Recorder recorder_;
  PolicyKeeper keeper_;
  JournalOutbox outbox_;
  std::shared_ptr<watch::OwnProcesses> own_ = std::make_shared<watch::OwnProcesses>();
  std::unique_ptr<guard::WorkerPool> workers_;
  std::unique_ptr<inspect::Inspector> inspector_;
  std::unique_ptr<enforce::Quarantine> quarantine_;
  std::unique_ptr<enforce::Destroyer> destroyer_;
  std::unique_ptr<FileClocks> clocks_;
  std::unique_ptr<OrderDesk> orders_;
  std::unique_ptr<discover::Inventory> inventory_;
  std::unique_ptr<InventoryKeeper> stock_;
  std::unique_ptr<TellerChannel> tellers_;  ///< before the channels, which ask it
  std::unique_ptr<OpenChannel> opens_;
  std::unique_ptr<FileChannel> files_;
  std::unique_ptr<ClipboardChannel> clipboard_;
  std::unique_ptr<NetworkChannel> network_;
  mutable std::mutex identity_mutex_;  ///< foundation_.enrolment.identity
  std::unique_ptr<Discovery> discovery_;
  std::unique_ptr<control::Server> control_;
  std::mutex applying_;  ///< one policy at a time starts channels
  std::unique_ptr<uplink::Uplink> uplink_;
  std::atomic<uplink::Uplink*> awake_ = nullptr;  ///< uplink_, once it may be told of records
  std::jthread heart_;
  std::jthread housekeeping_;
  std::unique_ptr<StatusBoard> board_;
};

Status Guardian::begin() {
  const State& state = options_.state;
  std::string problem;
  const auto in_force = keeper_.initial(problem);
  if (Status started = start_workers(*in_force); !started) return started;
  inspector_ = std::make_unique<inspect::Inspector>(
      *workers_, foundation_.enrolment.digest_key.duplicate(),
      [this](const std::string& user) { return tellers_->of(user); });
  inspector_->put_in_force(in_force);

  if (Status opened = open_quarantine(); !opened) return opened;
  report("discovery", open_inventory());

  if (Status kept = write_file_atomically(state.device_authority(),
                                          as_bytes(foundation_.authority->certificate_pem()));
      !kept) {
    return kept;
  }
  start_channels();
  recorder_.status("started", fmt::format("huxin-agent {}, policy {} {}", kVersion,
                                          in_force->policy->id, in_force->policy->version));
  if (!problem.empty()) recorder_.status("policy_refused", problem);
  if (const std::string& changed = foundation_.trust_changed; !changed.empty()) {
    spdlog::error("{}", changed);
    recorder_.status("trust_changed", changed);
    if (const Status put_back = save_enrolment(state, *foundation_.keys, foundation_.enrolment);
        !put_back)
      spdlog::warn("enrolment.json stays as it is: {}", put_back.error().context);
  }
  if (const std::string ended = Watchdog::take_note(state.watchdog()); !ended.empty())
    recorder_.status("watchdog_ended", "the agent did not come round and was ended, " + ended);
  heart_ = std::jthread([this](const std::stop_token& stop) { keep_beating(stop); });
  {
    const std::lock_guard lock(applying_);
    watch_all();
  }
  if (Status opened = open_order_desk(); !opened) return opened;
  if (inventory_) report("discovery", start_discovery());
  if (Status started = start_uplink(); !started) return started;
  housekeeping_ = std::jthread([this](const std::stop_token& stop) { keep_house(stop); });
  board_ = std::make_unique<StatusBoard>(state, [this] { return heartbeat(); });
  return {};
}

/// Opens the vault, and records what became of moves that the last run did not live to tell.
Status Guardian::open_quarantine() {
  auto key = foundation_.keys->load_or_create("vault.key", enforce::Quarantine::kVaultKey);
  if (!key) return std::unexpected(key.error());
  auto quarantine = enforce::Quarantine::open(options_.state.vault(), *std::move(key));
  if (!quarantine) return std::unexpected(quarantine.error());
  quarantine_ = *std::move(quarantine);
  for (const enforce::Quarantine::Move& move : quarantine_->recovered().moves) {
    const std::string incident(as_text(from_hex(move.incident).value_or(Bytes{})));
    if (!recorder_.outcome(incident, move.outcome)) continue;  // told again at the next start
    if (const Status told = quarantine_->told(incident); !told)
      spdlog::warn("quarantine: {}", told.error().context);
  }
  return {};
}

/// Finishes destructions that the last run did not, and goes on with its orders.
Status Guardian::open_order_desk() {
  const Enrolment& enrolment = foundation_.enrolment;
  auto destroyer =
      enforce::Destroyer::open(options_.state.destroy(), enrolment.digest_key.duplicate());
  if (!destroyer) return std::unexpected(destroyer.error());
  destroyer_ = *std::move(destroyer);
  clocks_ = std::make_unique<FileClocks>(
      *workers_, retention::Table::builtin(), [this] { return inspector_->in_force(); },
      enrolment.digest_key, *clock_);
  orders_ = std::make_unique<OrderDesk>(OrderDesk::Parts{
      .terminal = enrolment.terminal,
      .hostname = host_name(),
      .policy_key = enrolment.policy_key,
      .identity = [this] { return identity(); },
      .journal = *foundation_.journal,
      .recorder = recorder_,
      .tools = {*quarantine_, *destroyer_, *clocks_, enrolment.digest_key, *clock_,
                residue_places_here, [this](const auto& path) { forget(path); }},
      .released = [this](const std::filesystem::path& path) { settle_released(path); }});
  return {};
}

/// An officer gave it back: the version that lies there now is dealt with under this policy.
void Guardian::settle_released(const std::filesystem::path& path) {
  const auto opened = watch::open_regular(path);
  if (!opened) return;
  const Status settled =
      foundation_.journal->settle(opened->version, as_text(inspector_->in_force()->digest));
  if (!settled) spdlog::warn("a released file will be inspected: {}", settled.error().context);
}

certs::Identity Guardian::identity() const {
  const std::lock_guard lock(identity_mutex_);
  const certs::Identity& identity = foundation_.enrolment.identity;
  return {identity.certificate, identity.chain, identity.private_key.duplicate()};
}

Status Guardian::start_workers(const inspect::InForce& in_force) {
  guard::PoolOptions wanted;
  wanted.workers = options_.workers;
  wanted.log = [](std::string_view line) { spdlog::warn("{}", line); };
  auto pool = guard::WorkerPool::start(
      wanted, worker_setup(in_force, options_.state, foundation_.enrolment.digest_key), *clock_);
  if (!pool) return std::unexpected(pool.error());
  workers_ = *std::move(pool);
  return {};
}

void Guardian::start_channels() {
  const Desk desk{*inspector_, recorder_, *foundation_.journal, own_, clock_, stock_.get()};
  const Enrolment& enrolment = foundation_.enrolment;
  tellers_ =
      std::make_unique<TellerChannel>(desk, options_.teller_socket, [this] { opens_->forget(); });
  opens_ = std::make_unique<OpenChannel>(desk);
  files_ =
      std::make_unique<FileChannel>(desk, *quarantine_, static_cast<unsigned>(options_.workers));
  clipboard_ = std::make_unique<ClipboardChannel>(desk, options_.session_socket);
  network_ = std::make_unique<NetworkChannel>(
      desk, *foundation_.authority,
      NetworkChannel::Options{.extra_ca_file = options_.extra_ca_file,
                              .exempt = {{enrolment.host, enrolment.port}},
                              .instance = options_.instance});
}

Status Guardian::open_inventory() {
  const auto key = foundation_.keys->load_or_create("inventory.key", discover::Inventory::kKey);
  if (!key) return std::unexpected(key.error());
  auto inventory = discover::Inventory::open(options_.state.inventory(), *key, clock_->now());
  if (!inventory) return std::unexpected(inventory.error());
  inventory_ = *std::move(inventory);
  stock_ = std::make_unique<InventoryKeeper>(*inventory_, clock_);
  return {};
}

/// Once the channels watch: what a run finds, and what an event tells, meet in the file channel.
Status Guardian::start_discovery() {
  const Desk desk{*inspector_, recorder_, *foundation_.journal, own_, clock_, stock_.get()};
  discovery_ = std::make_unique<Discovery>(
      Discovery::Parts{.desk = desk,
                       .files = *files_,
                       .inventory = *inventory_,
                       .keeper = *stock_,
                       .busy = [pressure = discover::Pressure()] { return pressure.busy(); }});
  auto control =
      control::Server::start({.socket = options_.state.control(), .user = ::geteuid()},
                             control_commands(*discovery_, *inventory_, *quarantine_, clock_));
  if (!control) return std::unexpected(control.error());
  control_ = *std::move(control);
  return {};
}

/// A channel that cannot watch is reported, and the others go on.
void Guardian::report(std::string_view channel, const Status& started) {
  if (started) return;
  spdlog::error("{}: {}", channel, started.error().context);
  recorder_.status("channel_unavailable", fmt::format("{}: {}", channel, started.error().context));
}

void Guardian::watch_all() {
  report("teller", tellers_->watch());
  report("file_open", opens_->watch());
  report("file", files_->watch());
  report("clipboard", clipboard_->watch());
  report("network", network_->watch());
}

Status Guardian::start_uplink() {
  const Enrolment& enrolment = foundation_.enrolment;
  uplink::Settings settings;
  settings.host = enrolment.host;
  settings.port = enrolment.port;
  settings.root = enrolment.root;
  uplink::Callbacks callbacks;
  callbacks.heartbeat = [this] { return heartbeat(); };
  callbacks.on_policy = [this](Bytes bundle) {
    Status taken =
        keeper_.take(bundle, [this](auto in_force) { return apply(std::move(in_force)); });
    if (!taken) recorder_.status("policy_refused", taken.error().context);
    return taken;
  };
  callbacks.on_order = [this](const Bytes& order) { orders_->take(order); };
  callbacks.on_identity = [this](const certs::Identity& identity) {
    return keep_identity(identity);
  };
  callbacks.on_failure = [](const Error& failure) { spdlog::warn("uplink: {}", failure.context); };
  auto uplink = uplink::Uplink::start(std::move(settings), identity(), outbox_,
                                      std::move(callbacks), *clock_);
  if (!uplink) return std::unexpected(uplink.error());
  uplink_ = *std::move(uplink);
  awake_ = uplink_.get();
  wake_uplink();
  return {};
}

Status Guardian::apply(std::shared_ptr<const inspect::InForce> in_force) {
  if (Status reloaded = workers_->reload(
          worker_setup(*in_force, options_.state, foundation_.enrolment.digest_key));
      !reloaded)
    return reloaded;
  inspector_->put_in_force(in_force);
  {
    const std::lock_guard lock(applying_);
    watch_all();
  }
  if (discovery_) discovery_->wake();
  recorder_.status("policy_taken",
                   fmt::format("{} {}", in_force->policy->id, in_force->policy->version));
  return {};
}

Status Guardian::keep_identity(const certs::Identity& identity) {
  const std::lock_guard lock(identity_mutex_);
  Enrolment& enrolment = foundation_.enrolment;
  enrolment.identity = {identity.certificate, identity.chain, identity.private_key.duplicate()};
  return save_enrolment(options_.state, *foundation_.keys, enrolment);
}

/// Writes what a full disk kept back, and prunes the journal hourly.
void Guardian::keep_house(const std::stop_token& stop) {
  constexpr auto kPause = std::chrono::seconds(2);
  constexpr unsigned kMaintainEvery = 1800;
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  for (unsigned round = 0; !stop.stop_requested(); ++round) {
    recorder_.retry();
    if (round % kMaintainEvery == 0) {
      if (const Status kept = foundation_.journal->maintain(); !kept)
        spdlog::warn("journal: {}", kept.error().context);
    }
    wake.wait_for(lock, stop, kPause, [&] { return stop.stop_requested(); });
  }
}

/// Tells the watchdogs that opens are answered. A thread of its own that does nothing else: if it
/// cannot come round, nobody else can be sure to.
void Guardian::keep_beating(const std::stop_token& stop) const {
  constexpr auto kPause = std::chrono::milliseconds(500);
  constexpr auto kAnswer = std::chrono::seconds(1);
  std::mutex mutex;
  std::condition_variable_any wake;
  std::unique_lock lock(mutex);
  while (!stop.stop_requested()) {
    if (opens_->answers(kAnswer)) {
      if (options_.watchdog) options_.watchdog->beat();
      tell_service_manager("WATCHDOG=1");
    }
    wake.wait_for(lock, stop, kPause, [&] { return stop.stop_requested(); });
  }
  if (options_.watchdog) options_.watchdog->rest();
}

std::map<std::string, std::string> Guardian::channels() const {
  std::map<std::string, std::string> states{{"file", files_->state()},
                                            {"file_open", opens_->state()},
                                            {"clipboard", clipboard_->state()},
                                            {"network", network_->state()},
                                            {"teller", tellers_->state()},
                                            {"discovery", control_ ? "ok" : "unavailable"},
                                            {"sandbox", state_without(workers_->missing())}};
  if (inspector_->in_force()->policy->inspection.pictures.ocr)
    states["ocr"] = state_without(extract::missing_for_recognition());
  if (options_.watchdog) states["watchdog"] = options_.watchdog->state();
  return states;
}

Losses Guardian::losses() const {
  const guard::PoolFigures figures = workers_->figures();
  Losses losses{{"worker_crashes", figures.crashes},
                {"worker_timeouts", figures.timeouts},
                {"no_worker", figures.no_worker},
                {"records_waiting_for_disk", recorder_.waiting()},
                {"records_refused", recorder_.refused()}};
  files_->add_losses(losses);
  opens_->add_losses(losses);
  clipboard_->add_losses(losses);
  network_->add_losses(losses);
  tellers_->add_losses(losses);
  if (control_) {
    const control::Counters counters = control_->counters();
    losses["control_refused"] =
        counters.refused_users + counters.refused_busy + counters.refused_requests;
  }
  return losses;
}

record::Heartbeat Guardian::heartbeat() const {
  record::Heartbeat beat;
  const auto in_force = inspector_->in_force();
  beat.set_agent_version(std::string(kVersion));
  beat.set_policy_version(in_force->policy->version);
  beat.set_policy_digest(std::string(as_text(in_force->bundle_digest)));
  beat.set_hostname(host_name());
  for (const auto& [channel, state] : channels()) (*beat.mutable_channels())[channel] = state;
  for (const auto& [kind, count] : losses()) (*beat.mutable_losses())[kind] = count;
  make_valid(beat);
  return beat;
}

}  // namespace

Result<std::unique_ptr<Agent>> Agent::start(AgentOptions options) {
  auto clock = std::make_shared<SystemClock>();
  Result<Foundation> foundation = lay_foundation(options.state, clock->now());
  if (!foundation) return std::unexpected(foundation.error());
  auto guardian =
      std::make_unique<Guardian>(std::move(options), *std::move(foundation), std::move(clock));
  if (Status begun = guardian->begin(); !begun) return std::unexpected(begun.error());
  return guardian;
}

}  // namespace huxin::agent
