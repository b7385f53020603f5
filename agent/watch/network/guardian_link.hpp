#pragma once
#include <map>

#include "agent/watch/network/network.pb.h"
#include "agent/watch/network/worker_asio.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {

/// What became of a question whether content may leave.
struct Judgement {
  bool block = false;
  std::string reason_zh, reason_en;
  bool goes_on = false;  ///< the next part of a body is to be asked about
};

/// The worker's side of the control channel: asks the guardian and waits for its answers.
///
/// Single thread. Every question has a deadline; one that is not answered is decided by
/// `fail_closed` and reported as coverage ("verdict_timeout").
class GuardianLink {
 public:
  /// Takes the descriptor and makes it non-blocking. The guardian's own deadline and half a second
  /// more is waited for, so that its answer and not ours is the usual one.
  GuardianLink(asio::io_context& context, Fd control, const wire::Config& config);

  /// Asks for a certificate (DER) for a host over the worker's public key. kTimeout: no answer;
  /// kDenied: the guardian would not sign, and why.
  asio::awaitable<Result<Bytes>> leaf(std::string host, std::string public_key);
  /// Asks whether content may leave; `body` is a descriptor the caller keeps (-1: none).
  asio::awaitable<Judgement> judge(wire::VerdictRequest request, int body);
  /// Tells what was not inspected. The same reason for the same host is told at once and then once
  /// an hour, with the count of what it stands for. Beyond 4,096 of them, what was not told yet is
  /// told early; where the channel is full, further hosts are counted together by their reason.
  void report(const wire::Flow& flow, std::string_view reason, std::string_view path = {});
  /// Tells, once its hour is over, what did not occur again. Runs until the context stops.
  asio::awaitable<void> keep_telling();
  /// Once, when connections can be served.
  void ready();
  /// Takes answers until the guardian is gone.
  asio::awaitable<void> listen();

 private:
  struct Question {
    explicit Question(asio::io_context& context) : answered(context) {}
    asio::steady_timer answered;
    std::optional<wire::ToWorker> answer;
  };
  /// Nothing: not sent or not answered in time.
  asio::awaitable<std::optional<wire::ToWorker>> ask(std::uint64_t id, wire::FromWorker message,
                                                     int attachment);
  asio::awaitable<Status> send(std::string bytes, int attachment);
  /// An answer that nobody waits for any more is dropped.
  void deliver(wire::ToWorker message);

  asio::io_context& context_;
  asio::posix::stream_descriptor control_;
  std::chrono::milliseconds deadline_;
  bool fail_closed_;
  std::uint64_t next_id_ = 1;
  std::map<std::uint64_t, std::shared_ptr<Question>> questions_;

  struct Told {
    std::chrono::steady_clock::time_point at;
    std::uint64_t since = 0;  ///< not told yet
    wire::Flow flow;          ///< the last one, and its path
    std::string path;
  };
  using Kind = std::pair<std::string, std::string>;  ///< reason, host
  /// False: the channel is full, and the count is kept.
  bool tell(const Kind& kind, Told& told);
  void make_room();
  std::map<Kind, Told> told_;
};

}  // namespace huxin::watch
