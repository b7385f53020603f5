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
class Conversation {
 public:
  Conversation(boost::asio::io_context& context, Settings settings, certs::Identity identity,
               certs::Certificate certificate, Outbox& outbox, Callbacks callbacks,
               const Clock& clock);

  boost::asio::awaitable<void> run();
  void notify();
  void reconnect();
  State state() const;

 private:
  using Steady = std::chrono::steady_clock;
  template <class T>
  using Await = boost::asio::awaitable<T>;

  // conversation.cpp: the life of a connection
  Await<Status> attempt();
  Await<Status> converse();
  Await<Status> serve(Connection& connection);
  Await<Result<std::unique_ptr<Connection>>> connect();
  Await<void> rest();
  Await<void> idle();
  Await<Result<HttpReply>> exchange(Connection& connection, HttpRequest request);
  void wake();
  void note(const Error& failure);

  // exchanges.cpp: what is said. A failure is the connection's; refusals are noted.
  Await<Status> tend(Connection& connection);
  Await<Status> beat(Connection& connection);
  Await<Status> fetch_policy(Connection& connection);
  Await<Status> renew(Connection& connection);
  Await<Result<bool>> send_records(Connection& connection);
  Result<record::Heartbeat> compose_heartbeat();
  void hear(const record::HeartbeatReply& reply);
  void take_policy(HttpReply reply);
  Status adopt(const HttpReply& reply, Secret private_key);
  Status settle(const record::Ack& ack, std::uint64_t first, std::uint64_t last);
  bool renewal_due() const;
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
