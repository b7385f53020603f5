#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "agent/state.hpp"
#include "agent/watchdog.hpp"
#include "policy/base/result.hpp"

namespace huxin::agent {

/// What `huxin-agent run` is told on its command line; everything else comes from the policy.
struct AgentOptions {
  State state;
  std::filesystem::path session_socket = "/run/huxin/session.sock";
  std::filesystem::path teller_socket = "/run/huxin/teller.sock";
  std::string extra_ca_file;       ///< PEM, trusted for intercepted hosts beside the system's
  std::string instance = "agent";  ///< names the nftables table, for several agents on one machine
  std::size_t workers = 2;         ///< scan workers
  std::shared_ptr<Watchdog> watchdog{};  ///< told that opens are answered; none: nobody watches
};

/// The terminal's guardian, put together: the one place that knows every part.
///
/// Start-up order: keys, enrolment, journal, policy, workers, inspector, quarantine, inventory,
/// teller desk, channels, orders, discovery and its control socket, uplink, status. Shut-down is
/// the reverse. A channel that cannot start is no failure: it is reported, and the others run.
///
/// Destroying it shuts down and waits for what is being judged.
class Agent {
 public:
  /// Needs root for fanotify and nftables. Fails only on what nothing works without: no enrolment
  /// (kNotFound), no key, no journal, no worker.
  /// Returns when everything runs; the threads are the agent's own, and the caller only waits and
  /// then drops it. What a stored policy bundle or a channel lacks is told to the collector as a
  /// status record and in the heartbeat, not as an error here.
  static Result<std::unique_ptr<Agent>> start(AgentOptions options);
  virtual ~Agent() = default;
};

}  // namespace huxin::agent
