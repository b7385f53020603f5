#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "agent/uplink/outbox.hpp"
#include "certs/certificate.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/record/record.pb.h"

namespace huxin::uplink {

/// Where the collector is, and how patient to be with it.
struct Settings {
  std::string host;  ///< as its certificate says it: a DNS name or an address
  std::uint16_t port = 0;
  Bytes root;  ///< DER: the one root a collector's certificate may come from
  /// At the longest: a reply may ask for the next one sooner, down to a second.
  std::chrono::milliseconds heartbeat{30'000};
  std::chrono::milliseconds connect_deadline{10'000};
  std::chrono::milliseconds request_deadline{30'000};
  std::chrono::milliseconds first_backoff{500};
  std::chrono::milliseconds longest_backoff{60'000};
};

/// What the uplink asks of the agent and tells it. All but on_failure and on_order must be set.
/// Called one at a time on the uplink's thread, which does nothing else meanwhile; they may throw.
/// What a callback throws ends the connection, is told as a failure, and is followed by a rest.
struct Callbacks {
  /// The agent's part of a heartbeat: versions, policy_digest (of the bundle in force), channels,
  /// losses, hostname. The uplink adds time, head, outbox and policy_error.
  std::function<record::Heartbeat()> heartbeat;
  /// A bundle whose SHA-256 was checked and nothing else. A failure goes to the collector with the
  /// next heartbeat; the same bundle is then not fetched again for ten minutes.
  std::function<Status(Bytes bundle)> on_policy;
  /// A signed order that came with a heartbeat, as it came: nothing of it was checked. It comes
  /// again with each heartbeat until the collector has its result. May be empty.
  std::function<void(Bytes order)> on_order = {};
  /// A renewed identity, to be kept before it is used; when keeping fails, the old one stays in
  /// use.
  std::function<Status(const certs::Identity& identity)> on_identity;
  /// Every failure, after which the uplink goes on by itself. May be empty.
  std::function<void(const Error& failure)> on_failure = {};
};

/// What became of it so far. Counts are since start.
struct State {
  bool connected = false;
  Time last_contact{};  ///< of the last complete reply; the epoch: never
  std::string last_error = {};
  std::uint64_t connections = 0;
  std::uint64_t batches = 0;        ///< answered with an acknowledgement that holds
  std::uint64_t acknowledged = 0;   ///< records
  std::uint64_t wrong_replies = 0;  ///< replies that did not parse or claimed what cannot be
  std::uint64_t failures = 0;       ///< of any kind
  std::uint64_t policies_taken = 0;
  std::uint64_t policies_refused = 0;
  std::uint64_t renewals = 0;
};

/// The terminal's side of the wire to the collector: one TLS 1.3 connection, kept open, over which
/// records go out as they are written, heartbeats at their interval, policies come in when they
/// change, and the certificate is renewed from two thirds of its life on.
///
/// Runs on a thread of its own. Nothing leaves the outbox before the collector's acknowledgement of
/// exactly it; a record may be sent more than once. When the collector is away, refuses, or answers
/// nonsense, tries again for ever, at growing intervals with jitter, or when its Retry-After says.
///
/// The collector is believed only what TLS and the bank's root vouch for; bundles and orders carry
/// signatures of their own, which are checked behind the callbacks.
class Uplink {
 public:
  /// `outbox` and `clock` outlive the uplink. kInvalid when the identity, the root or the host name
  /// cannot be used; the collector need not be there.
  static Result<std::unique_ptr<Uplink>> start(Settings settings, certs::Identity identity,
                                               Outbox& outbox, Callbacks callbacks,
                                               const Clock& clock);
  Uplink(const Uplink&) = delete;
  Uplink& operator=(const Uplink&) = delete;
  /// Stops.
  ~Uplink();

  /// There is new work in the outbox. From any thread, cheap, as often as one likes.
  void notify();
  /// Drops the connection, or the wait for the next attempt, and connects now: the network changed.
  /// From any thread.
  void reconnect();
  /// Ends the thread without waiting for the network; what was under way counts as not sent. From
  /// any thread but the uplink's own; a second call does nothing.
  void stop();

  /// From any thread.
  State state() const;

 private:
  class Impl;
  explicit Uplink(std::unique_ptr<Impl> impl);

  std::unique_ptr<Impl> impl_;
};

}  // namespace huxin::uplink
