#pragma once
#include <mutex>

#include "agent/watch/network/network_guard.hpp"
#include "certs/device_authority.hpp"
#include "tests/agent/watch/network/remote_host.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::test {

/// What curl saw.
struct Fetched {
  int status = 0;       ///< of the program
  int code = 0;         ///< of HTTP
  int connections = 0;  ///< it opened
  std::string body;
};

/// A terminal with a real guard, rules, worker and interception, and a remote host: ports 80
/// (HTTP), 443 (TLS), 8443 (TLS nobody vouches for), 9443 (TLS that asks for a client certificate),
/// 9444 and 9445 (that insist, in TLS 1.3 and 1.2), 7000 (speaks first). Content with the word
/// FORBIDDEN is blocked.
class GuardedNetwork {
 public:
  using Change = std::function<void(watch::NetworkGuardSettings&)>;
  explicit GuardedNetwork(const Change& change = [](watch::NetworkGuardSettings&) {});
  ~GuardedNetwork();

  /// Starts another guard of the same handlers.
  std::unique_ptr<watch::NetworkGuard> start(const Change& change);

  /// Runs curl with the device's authority trusted; `upload.test` is the remote host.
  Fetched curl(std::vector<std::string> arguments, const std::string& trusted = "device.pem") const;
  /// Sends bytes to a port of the remote host over a plain socket, and gathers what comes back
  /// until `until` is in it or the connection ends.
  static std::string talk(std::uint16_t port, std::string_view bytes, std::string_view until);

  bool has_coverage(std::string_view reason) const;
  bool wait_for_coverage(std::string_view reason) const;
  std::vector<watch::NetworkCoverage> coverage() const;
  struct Seen {
    rule::Event event;
    std::string content, content_type, coverage_reason;
    std::uint64_t stream = 0, part = 0;
    bool more = false;
  };
  std::vector<Seen> seen() const;
  /// Takes bodies that are too large to hold part by part, from now on.
  void take_parts() { taking_parts_ = true; }
  /// Lets every verdict wait until release_verdicts().
  void hold_verdicts() { holding_ = true; }
  void release_verdicts();
  int asked() const { return asked_; }
  int answered_in_time() const { return in_time_; }
  int answered_late() const { return late_; }

  TempDir folder;
  TestAuthority public_authority{"Public Authority"}, unknown_authority{"Unknown"};
  std::unique_ptr<certs::KeyStore> keys;
  std::unique_ptr<certs::DeviceAuthority> device;
  std::unique_ptr<RemoteHost> remote;
  std::unique_ptr<watch::NetworkGuard> guard;

 private:
  watch::UploadVerdict judge(watch::Upload upload);

  mutable std::mutex mutex_;
  std::vector<watch::NetworkCoverage> coverage_;
  std::vector<Seen> seen_;
  std::atomic<bool> holding_{false}, taking_parts_{false};
  std::atomic<int> asked_{0}, in_time_{0}, late_{0};
};

}  // namespace huxin::test
