#pragma once
#include <filesystem>
#include <memory>
#include <string>

#include "agent/state.hpp"
#include "agent/watchdog.hpp"
#include "policy/base/result.hpp"

namespace huxin::agent {

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
class Agent {
 public:
  /// Needs root for fanotify and nftables. Fails only on what nothing works without: no enrolment
  /// (kNotFound), no key, no journal, no worker.
  static Result<std::unique_ptr<Agent>> start(AgentOptions options);
  virtual ~Agent() = default;
};

}  // namespace huxin::agent
