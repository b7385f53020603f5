#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/watch/network/host_names.hpp"
#include "agent/watch/network/redirect.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/file.hpp"
#include "policy/rule/event.hpp"

namespace huxin::watch {

/// Content on its way out, held until it is judged.
struct Upload {
  rule::Event event;  ///< destination "host[:port]/path", operation "POST"
  Fd body;  ///< a sealed memfd: it cannot change any more; absent when nothing can be inspected
  std::string content_type;
  std::string
      coverage_reason;  ///< not, or not wholly, inspectable: "unknown_protocol", "too_large", …
  std::chrono::steady_clock::time_point deadline;
  /// One part of a body that is too large to hold; 0: it is not. Those before it have left, but for
  /// the last of them.
  std::uint64_t stream = 0;
  std::uint64_t part = 0;  ///< from 0 on
  bool more = false;       ///< this is not the last one
};

struct UploadVerdict {
  bool block = false;
  bool goes_on = false;  ///< the next part is wanted before it leaves; else the rest passes unseen
  /// At most 2,000 bytes of each are sent.
  std::string reason_zh, reason_en;  ///< one sentence each, for the page the user gets
  /// Called once, if set, after the answer was sent: was it in time? Otherwise the upload was
  /// decided without it, by redirect.fail_closed.
  std::function<void(bool in_time)> settled;
};

/// Something about the network that was not inspected, or a loss of the channel itself.
struct NetworkCoverage {
  rule::Event event;        ///< destination and client, as far as known
  std::string reason;       ///< "pinned_tls", "tunnel_host", "worker_lost", "unprotected", …
  std::uint64_t count = 1;  ///< how many of the same kind this stands for
};

struct NetworkGuardSettings {
  /// worker_uid and local ports are filled in. Exempt entries may be host names here: they are
  /// resolved when rules are installed and again while they are in force. One that cannot be is
  /// told ("exempt_unresolved") and does not keep the guard from starting; it keeps the addresses
  /// it had last.
  RedirectSettings redirect;
  std::vector<std::string> tunnel_hosts;                 ///< globs
  std::uint64_t hold_limit = std::uint64_t{32} << 20U;   ///< one body, beyond: in parts
  std::uint64_t hold_total = std::uint64_t{512} << 20U;  ///< all bodies at one time
  std::chrono::milliseconds verdict_deadline{5000};
  std::uint32_t connections = 1024;         ///< at one time; more are refused and counted
  std::string extra_ca_file;                ///< PEM, trusted for upstream beside the system's
  std::optional<std::uint32_t> worker_uid;  ///< default: user huxin-net, else kFallbackWorkerUid
  std::filesystem::path program = "/proc/self/exe";
  unsigned threads = 4;  ///< that judge
};

inline constexpr std::uint32_t kFallbackWorkerUid = 64731;

/// What the guard needs of the rest of the agent. Called from several threads at once; none throws.
struct NetworkGuardHandlers {
  /// Signs a leaf (DER) for a host over the worker's public key (SPKI, DER).
  std::function<Result<Bytes>(std::string_view host, ByteView public_key)> issue_leaf;
  /// Decides; blocks its thread while it does. Late answers are ignored: see
  /// UploadVerdict::settled.
  std::function<UploadVerdict(Upload)> judge;
  std::function<void(const NetworkCoverage&)> coverage;
  /// Where names lead; absent: the system's resolver.
  Resolve resolve = {};
};

/// Watches outgoing HTTP and HTTPS: leads it through a network worker and answers the worker's
/// questions. Runs in the guardian, which parses nothing of the traffic.
///
/// Start-up: listeners, worker, rules. Shut-down: rules, worker, judging threads, listeners. A
/// worker that ends is replaced (0.1 s, doubling to 30 s); connections wait meanwhile. After five
/// failures in a row the channel is "unprotected": traffic passes unseen, or is refused when
/// redirect.fail_closed, until a worker stays up again.
class NetworkGuard {
 public:
  /// Returns when rules are in force. Fails without root, without nft, without a worker. kDenied:
  /// not root; kUnavailable: nft refuses the rules, or the worker ends before it is ready;
  /// kTimeout: it is not ready within 15 s. Rules are looked after every 30 s.
  static Result<std::unique_ptr<NetworkGuard>> start(NetworkGuardSettings settings,
                                                     NetworkGuardHandlers handlers,
                                                     std::shared_ptr<const Clock> clock);
  virtual ~NetworkGuard() = default;

  /// Since the start.
  struct Counts {
    std::uint64_t workers = 0;  ///< started, in all
    std::uint64_t verdicts = 0;
    std::uint64_t blocked = 0;
    std::uint64_t leaves = 0;    ///< certificates issued
    std::uint64_t overflow = 0;  ///< verdicts refused because the queue was full
    std::uint64_t bad_messages = 0;
    std::uint64_t reports_limited = 0;  ///< of a worker, told together
  };
  virtual Counts counts() const = 0;
  /// The process id of the present worker; 0: none.
  virtual std::int32_t worker() const = 0;
};

}  // namespace huxin::watch
