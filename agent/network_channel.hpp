#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "agent/desk.hpp"
#include "agent/watch/network/network_guard.hpp"
#include "certs/device_authority.hpp"

namespace huxin::agent {

/// Outgoing web traffic: an upload goes on only after its content was judged.
class NetworkChannel {
 public:
  struct Options {
    std::string extra_ca_file;            ///< PEM, trusted for upstream beside the system's
    std::vector<watch::Endpoint> exempt;  ///< never intercepted: the collector
    std::string instance = "agent";       ///< names the nftables table
  };

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

  /// Intercepts what the policy in force says from now on.
  Status watch();
  std::string state() const;
  void add_losses(Losses& losses) const;

 private:
  watch::NetworkGuardSettings settings_for(const Wanted& wanted) const;
  void replace(std::unique_ptr<watch::NetworkGuard> guard, std::string state);
  watch::UploadVerdict judge(watch::Upload upload, bool fail_closed);
  void coverage(const watch::NetworkCoverage& seen);

  Desk desk_;
  certs::DeviceAuthority& authority_;
  const Options options_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  Wanted watched_;
  std::unique_ptr<watch::NetworkGuard> guard_;
};

}  // namespace huxin::agent
