#pragma once
// Internal to the uplink: brings Asio in.
#include <atomic>
#include <mutex>
#include <optional>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "agent/uplink/backoff.hpp"
#include "agent/uplink/connection.hpp"
#include "agent/uplink/uplink.hpp"

namespace huxin::uplink {

/// Everything the terminal says to the collector and hears from it, as one coroutine that never
/// ends: connect; then, as long as the connection holds, tend (heartbeat, policy, renewal), send
/// records, idle. Failures of the connection end it and are followed by a rest; a refusal of one
/// kind of request does not hold the others up.
///
/// notify, reconnect and state may be called from any thread, everything else belongs to the
/// context's one thread. The frames of the coroutine point in here: the context goes first.
///
/// A batch that the collector finds too large is halved, down to one record; the next acknowledged
/// one doubles it again. A connection that had answered and then broke is tried again at once, any
/// other after the backoff, or after Retry-After, which is believed up to ten minutes.
class Conversation {
 public:
  /// References are borrowed. `certificate` is that of `identity`, read.
  Conversation(boost::asio::io_context& context, Settings settings, certs::Identity identity,
               certs::Certificate certificate, Outbox& outbox, Callbacks callbacks,
               const Clock& clock);

  /// Started once. Ends only with the context.
  boost::asio::awaitable<void> run();
  void notify();
  void reconnect();
  State state() const;

 private:
  using Steady = std::chrono::steady_clock;
  template <class T>
  using Await = boost::asio::awaitable<T>;

  // conversation.cpp: the life of a connection
  /// One connection from its making to its end, exceptions of callbacks included.
  Await<Status> attempt();
  /// Connects, then serves until the connection ends.
  Await<Status> converse();
  /// Tends, sends, idles, in turn.
  Await<Status> serve(Connection& connection);
  Await<Result<std::unique_ptr<Connection>>> connect();
  /// By the backoff, or longer by Retry-After; reconnect() ends it.
  Await<void> rest();
  /// Waits for work, the next heartbeat, or the connection's end, whichever comes first.
  Await<void> idle();
  /// Keeps when it was, and Retry-After.
  Await<Result<HttpReply>> exchange(Connection& connection, HttpRequest request);
  /// On the context's thread.
  void wake();
  /// Counts it, shows it as last_error, tells on_failure.
  void note(const Error& failure);

  // exchanges.cpp: what is said. A failure is the connection's; refusals are noted.
  /// What is due of heartbeat, policy and renewal.
  Await<Status> tend(Connection& connection);
  Await<Status> beat(Connection& connection);
  /// Only when a heartbeat's reply named a digest that is not in force.
  Await<Status> fetch_policy(Connection& connection);
  Await<Status> renew(Connection& connection);
  /// True: there may be more. One batch at a time, acknowledged before the next.
  Await<Result<bool>> send_records(Connection& connection);
  Result<record::Heartbeat> compose_heartbeat();
  /// Takes the interval, the digest of the policy wanted, renewal and orders out of a reply.
  void hear(const record::HeartbeatReply& reply);
  /// Holds the bundle to its digest before on_policy has it.
  void take_policy(HttpReply reply);
  /// Checks a renewed certificate: our name, our new key, the bank's root. Puts it in use for the
  /// next connection.
  Status adopt(const HttpReply& reply, Secret private_key);
  /// kProtocol unless it acknowledges what was sent, no less and no more.
  Status settle(const record::Ack& ack, std::uint64_t first, std::uint64_t last);
  /// Past two thirds of the certificate's life, or asked for; attempts are ten minutes apart.
  bool renewal_due() const;
  /// Counts a reply that did not parse, or claims what cannot be.
  std::unexpected<Error> fail_reply(std::string_view target, std::string_view what);

  boost::asio::io_context& context_;
  const Settings settings_;
  certs::Identity identity_;
  certs::Certificate certificate_;
  Outbox& outbox_;
  const Callbacks callbacks_;
  const Clock& clock_;

  boost::asio::steady_timer* wake_ =
      nullptr;  ///< what it waits on besides the network; run()'s own
  /// The outbox may hold something that was not sent.
  std::atomic<bool> work_{true};
  std::atomic<bool> reconnect_{false};
  Connection* current_ = nullptr;
  Backoff backoff_;
  std::optional<std::chrono::seconds> retry_after_;

  Steady::time_point next_heartbeat_{};
  Steady::time_point next_renewal_{};
  bool renewal_asked_ = false;
  bool identity_changed_ = false;
  bool stale_ = false;  ///< the connection broke after it had answered
  /// A batch, as the collector takes it.
  std::size_t most_records_;

  std::string policy_in_force_;  ///< digest, raw
  bool policy_wanted_ = false;
  std::string policy_handled_;  ///< digest of the last bundle taken or refused
  Steady::time_point policy_handled_at_{};
  std::string policy_error_;

  mutable std::mutex mutex_;
  State state_;
};

}  // namespace huxin::uplink
