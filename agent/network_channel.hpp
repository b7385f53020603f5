#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "agent/desk.hpp"
#include "agent/watch/network/network_guard.hpp"
#include "certs/device_authority.hpp"

namespace huxin::agent {

/// Outgoing web traffic: an upload goes on only after its content was judged. Judged are requests
/// of HTTP/1.1, in TLS and in the clear; what cannot be read is judged as such, by its reason.
///
/// watch() from one thread at a time; the rest from any. Uploads are judged on the guard's threads.
class NetworkChannel {
 public:
  struct Options {
    std::string extra_ca_file;            ///< PEM, trusted for upstream beside the system's
    std::vector<watch::Endpoint> exempt;  ///< never intercepted: the collector
    std::string instance = "agent";       ///< names the nftables table
  };

  /// The authority is borrowed and signs a leaf for each host that is met.
  NetworkChannel(Desk desk, certs::DeviceAuthority& authority, Options options)
      : desk_(desk), authority_(authority), options_(std::move(options)) {}

  /// All that a guard takes from a policy: where any of it changes, the guard starts anew.
  struct Wanted {
    bool network = false;
    std::vector<std::uint16_t> ports;
    std::vector<std::string> networks, tunnel_hosts;
    bool fail_closed = false;
    std::chrono::milliseconds verdict_deadline{};
    bool operator==(const Wanted&) const = default;
  };
  static Wanted wanted_by(const rule::Policy& policy);

  /// Intercepts what the policy in force says from now on. Connections under way go on when nothing
  /// that concerns them changed; else they are cut, once the new guard stands: none passes between.
  /// An error leaves what was watched before, and is tried again with the next policy.
  Status watch();
  /// "ok", "off", "unprotected" while the worker is gone and not started anew, or what is wrong.
  std::string state() const;
  /// Sets verdicts_overflowed and network_worker_bad_messages; nothing while it is off.
  void add_losses(Losses& losses) const;

 private:
  watch::NetworkGuardSettings settings_for(const Wanted& wanted) const;
  /// The guard that was there ends outside the lock, since its handlers may still run.
  void replace(std::unique_ptr<watch::NetworkGuard> guard, std::string state);
  /// Blocks for block and stricter; the record is written once it is known whether the verdict came
  /// in time.
  watch::UploadVerdict judge(watch::Upload upload, bool fail_closed);
  /// What was not inspected, as a record.
  void coverage(const watch::NetworkCoverage& seen);

  Desk desk_;
  certs::DeviceAuthority& authority_;
  const Options options_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::optional<Wanted> watched_ = Wanted{};  ///< absent: the last change failed
  bool other_table_ = false;  ///< the guard's rules stand in the second of the two tables
  std::unique_ptr<watch::NetworkGuard> guard_;
};

}  // namespace huxin::agent
