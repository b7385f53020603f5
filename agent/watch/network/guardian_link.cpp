#include "agent/watch/network/guardian_link.hpp"

#include <fcntl.h>

#include "agent/watch/network/control_channel.hpp"

namespace huxin::watch {
namespace {

using std::chrono::steady_clock;

constexpr std::size_t kMaxTold = 4096;
constexpr auto kTellAgain = std::chrono::hours(1);
constexpr auto kLookForUntold = std::chrono::minutes(1);
/// Beyond the guardian's own deadline, so that its answer and not ours is the usual one.
constexpr auto kGrace = std::chrono::milliseconds(500);

std::uint64_t id_of(const wire::ToWorker& message) {
  if (message.has_leaf()) return message.leaf().id();
  return message.has_verdict() ? message.verdict().id() : 0;
}

}  // namespace

GuardianLink::GuardianLink(asio::io_context& context, Fd control, const wire::Config& config)
    : context_(context),
      control_(context, control.release()),
      deadline_(std::chrono::milliseconds(config.verdict_deadline_ms()) + kGrace),
      fail_closed_(config.fail_closed()) {
  control_.native_non_blocking(true);
}

asio::awaitable<Result<Bytes>> GuardianLink::leaf(std::string host, std::string public_key) {
  wire::FromWorker message;
  const std::uint64_t id = next_id_++;
  message.mutable_leaf()->set_id(id);
  message.mutable_leaf()->set_host(std::move(host));
  message.mutable_leaf()->set_public_key(std::move(public_key));
  const auto answer = co_await ask(id, std::move(message), -1);
  if (!answer || !answer->has_leaf()) co_return fail(Errc::kTimeout, "no certificate in time");
  const wire::LeafReply& reply = answer->leaf();
  if (reply.certificate().empty()) co_return fail(Errc::kDenied, "{}", reply.error());
  co_return Bytes(reply.certificate().begin(), reply.certificate().end());
}

asio::awaitable<Judgement> GuardianLink::judge(wire::VerdictRequest request, int body) {
  const std::uint64_t id = next_id_++;
  request.set_id(id);
  const wire::Flow flow = request.flow();
  wire::FromWorker message;
  *message.mutable_verdict() = std::move(request);
  const auto answer = co_await ask(id, std::move(message), body);
  if (!answer || !answer->has_verdict()) {
    report(flow, "verdict_timeout");
    co_return Judgement{fail_closed_, "检查未能及时完成", "The check did not finish in time"};
  }
  const wire::VerdictReply& reply = answer->verdict();
  co_return Judgement{reply.block(), reply.reason_zh(), reply.reason_en(), reply.goes_on()};
}

void GuardianLink::report(const wire::Flow& flow, std::string_view reason, std::string_view path) {
  Kind kind(reason, flow.host().empty() ? flow.server_address() : flow.host());
  if (!told_.contains(kind)) make_room();
  const bool apart = told_.contains(kind) || told_.size() < kMaxTold;
  if (!apart) kind.second.clear();
  Told& told = told_[kind];
  ++told.since;
  told.flow = apart ? flow : wire::Flow();
  told.path = apart ? std::string(path) : std::string();
  const bool again = told.at != steady_clock::time_point{};
  if (!again || steady_clock::now() - told.at >= kTellAgain) tell(kind, told);
}

bool GuardianLink::tell(const Kind& kind, Told& told) {
  wire::FromWorker message;
  wire::CoverageReport& report = *message.mutable_coverage();
  *report.mutable_flow() = told.flow;
  report.set_reason(kind.first);
  report.set_path(told.path);
  report.set_count(told.since);
  if (!send_packet(control_.native_handle(), message.SerializeAsString())) return false;
  told.at = steady_clock::now();
  told.since = 0;
  return true;
}

void GuardianLink::make_room() {
  if (told_.size() < kMaxTold) return;
  for (auto& [kind, told] : told_) {
    if (told.since > 0 && !tell(kind, told)) break;
  }
  std::erase_if(told_, [](const auto& entry) { return entry.second.since == 0; });
}

asio::awaitable<void> GuardianLink::keep_telling() {
  asio::steady_timer pause(context_);
  for (;;) {
    pause.expires_after(kLookForUntold);
    if (const auto [ec] = co_await pause.async_wait(kNoThrow); ec) co_return;
    const auto now = steady_clock::now();
    for (auto& [kind, told] : told_) {
      if (told.since > 0 && now - told.at >= kTellAgain && !tell(kind, told)) break;
    }
  }
}

void GuardianLink::ready() {
  wire::FromWorker message;
  message.set_ready(true);
  static_cast<void>(send_packet(control_.native_handle(), message.SerializeAsString()));
}

asio::awaitable<std::optional<wire::ToWorker>> GuardianLink::ask(std::uint64_t id,
                                                                 wire::FromWorker message,
                                                                 int attachment) {
  auto question = std::make_shared<Question>(context_);
  questions_[id] = question;
  question->answered.expires_after(deadline_);
  if (const Status sent = co_await send(message.SerializeAsString(), attachment); sent) {
    if (!question->answer) co_await question->answered.async_wait(kNoThrow);
  }
  questions_.erase(id);
  co_return std::move(question->answer);
}

asio::awaitable<Status> GuardianLink::send(std::string bytes, int attachment) {
  const auto until = steady_clock::now() + deadline_;
  for (;;) {
    Status sent = send_packet(control_.native_handle(), bytes, attachment);
    if (sent || sent.error().code != Errc::kTimeout || steady_clock::now() > until) co_return sent;
    asio::steady_timer retry(context_, std::chrono::milliseconds(5));
    co_await retry.async_wait(kNoThrow);
  }
}

asio::awaitable<void> GuardianLink::listen() {
  for (;;) {
    const auto [ec] =
        co_await control_.async_wait(asio::posix::stream_descriptor::wait_read, kNoThrow);
    if (ec) co_return;
    auto packet = receive_packet(control_.native_handle());
    if (!packet && packet.error().code == Errc::kTimeout) continue;
    if (!packet || !*packet) co_return;
    wire::ToWorker message;
    if (message.ParseFromString((*packet)->bytes)) deliver(std::move(message));
  }
}

void GuardianLink::deliver(wire::ToWorker message) {
  const auto found = questions_.find(id_of(message));
  if (found == questions_.end()) return;  // too late: already decided
  found->second->answer = std::move(message);
  found->second->answered.cancel();
}

}  // namespace huxin::watch
