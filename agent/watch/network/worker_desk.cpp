#include "agent/watch/network/worker_desk.hpp"

#include <fcntl.h>

#include "agent/watch/network/client_hello.hpp"
#include "agent/watch/network/socket_owner.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::watch {
namespace {

constexpr std::size_t kVerdictQueue = 256;
constexpr std::size_t kLongestReason = 2000;  ///< of a verdict, in bytes
constexpr double kReportsAtOnce = 1024;
constexpr double kReportsASecond = 20;
/// What a worker says of a flow, in bytes, and how much one report may claim to stand for.
constexpr std::size_t kLongestDestination = 4096;
constexpr std::size_t kLongestWord = 64;
constexpr std::uint64_t kMostOfOneReport = 1'000'000;
/// How long a verdict waits to learn where a name leads.
constexpr auto kNameDeadline = std::chrono::milliseconds(1000);

/// A body that its sender could still change, or shorten under a reader's mapping, is not one.
bool is_sealed(const Fd& body) {
  constexpr int kWanted = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  const int seals = ::fcntl(body.get(), F_GET_SEALS);
  return seals >= 0 && (seals & kWanted) == kWanted;
}

void reply(const Fd& control, const wire::ToWorker& message) {
  // A worker that is gone or does not listen gets no answer; it is replaced elsewhere.
  static_cast<void>(send_packet(control.get(), message.SerializeAsString()));
}

std::string destination_of(const wire::Flow& flow, const std::string& path, bool proven) {
  const bool usual = proven && flow.server_port() == (flow.tls() ? 443U : 80U);
  std::string host = proven && !flow.host().empty() ? flow.host() : flow.server_address();
  if (!usual && host.contains(':')) host = fmt::format("[{}]", host);
  return usual ? host + path : fmt::format("{}:{}{}", host, flow.server_port(), path);
}

}  // namespace

WorkerDesk::WorkerDesk(const NetworkGuardSettings& settings, const NetworkGuardHandlers& handlers,
                       std::shared_ptr<const Clock> clock, HostNames& names,
                       GuardCounters& counters)
    : settings_(settings),
      handlers_(handlers),
      clock_(std::move(clock)),
      names_(names),
      counters_(counters),
      reports_left_(kReportsAtOnce),
      losses_([this](const std::string&, const std::string& reason, std::uint64_t count) {
        report(reason, count);
      }),
      pool_(settings.threads, kVerdictQueue) {}

Status WorkerDesk::answer(const std::shared_ptr<Fd>& control, Packet packet) {
  wire::FromWorker message;
  if (!message.ParseFromString(packet.bytes))
    return fail(Errc::kProtocol, "unreadable message of a worker");
  switch (message.kind_case()) {
    case wire::FromWorker::kReady:
      return {};
    case wire::FromWorker::kLeaf:
      answer_leaf(*control, message.leaf());
      return {};
    case wire::FromWorker::kVerdict:
      if (packet.attachment && !is_sealed(packet.attachment))
        return fail(Errc::kProtocol, "body is not sealed");
      answer_verdict(control, std::move(*message.mutable_verdict()), std::move(packet.attachment));
      return {};
    case wire::FromWorker::kCoverage:
      pass_on(message.coverage());
      return {};
    case wire::FromWorker::KIND_NOT_SET:
      break;
  }
  return fail(Errc::kProtocol, "empty message of a worker");
}

void WorkerDesk::report(std::string_view reason, std::uint64_t count) {
  rule::Event event{.channel = rule::Channel::kNetwork, .time = clock_->now()};
  handlers_.coverage({.event = std::move(event), .reason = std::string(reason), .count = count});
}

void WorkerDesk::pass_on(const wire::CoverageReport& report) {
  if (!may_report()) {
    counters_.reports_limited.fetch_add(1, std::memory_order_relaxed);
    return losses_.add({}, "reports_limited");
  }
  const bool proven = is_proven(report.flow(), std::chrono::milliseconds(0));
  handlers_.coverage({.event = event_of(report.flow(), report.path(), "connect", proven),
                      .reason = std::string(text::cut_utf8(report.reason(), kLongestWord)),
                      .count = std::min(report.count(), kMostOfOneReport)});
}

bool WorkerDesk::may_report() {
  const auto now = std::chrono::steady_clock::now();
  const std::chrono::duration<double> since = now - std::exchange(reports_at_, now);
  reports_left_ = std::min(kReportsAtOnce, reports_left_ + since.count() * kReportsASecond);
  if (reports_left_ < 1) return false;
  reports_left_ -= 1;
  return true;
}

void WorkerDesk::answer_leaf(const Fd& control, const wire::LeafRequest& request) {
  wire::ToWorker message;
  wire::LeafReply& answer = *message.mutable_leaf();
  answer.set_id(request.id());
  const auto leaf = handlers_.issue_leaf(request.host(), as_bytes(request.public_key()));
  if (leaf) {
    counters_.leaves.fetch_add(1, std::memory_order_relaxed);
    answer.set_certificate(std::string(as_text(*leaf)));
  } else {
    answer.set_error(leaf.error().context);
  }
  reply(control, message);
}

void WorkerDesk::answer_verdict(const std::shared_ptr<Fd>& control, wire::VerdictRequest request,
                                Fd body) {
  Upload upload{
      .event = {},
      .body = std::move(body),
      .content_type = std::string(text::cut_utf8(request.content_type(), 4 * kLongestWord)),
      .coverage_reason = std::string(text::cut_utf8(request.coverage_reason(), kLongestWord)),
      .deadline = std::chrono::steady_clock::now() + settings_.verdict_deadline,
      .stream = request.stream(),
      .part = request.part(),
      .more = request.more()};
  const std::uint64_t id = request.id();
  const bool taken = pool_.post(
      [this, control, request = std::move(request), upload = std::move(upload)]() mutable {
        judge(*control, request, std::move(upload));
      });
  if (taken) return;
  counters_.overflow.fetch_add(1, std::memory_order_relaxed);
  losses_.add({}, "queue_overflow");
  wire::ToWorker message;
  message.mutable_verdict()->set_id(id);
  message.mutable_verdict()->set_block(settings_.redirect.fail_closed);
  reply(*control, message);
}

void WorkerDesk::judge(const Fd& control, const wire::VerdictRequest& request, Upload upload) {
  if (std::chrono::steady_clock::now() >= upload.deadline)
    return;  // the worker has decided by itself
  const bool proven = is_proven(request.flow(), kNameDeadline);
  upload.event = event_of(request.flow(), request.path(), request.method(), proven);
  if (!proven) tell_claimed_host(request.flow(), upload.event);
  const auto deadline = upload.deadline;
  const UploadVerdict verdict = handlers_.judge(std::move(upload));
  counters_.verdicts.fetch_add(1, std::memory_order_relaxed);
  const bool in_time = send_verdict(control, request.id(), verdict, deadline);
  if (verdict.block && in_time) counters_.blocked.fetch_add(1, std::memory_order_relaxed);
  if (verdict.settled) verdict.settled(in_time);
}

/// Nothing is sent after the deadline: within its grace the worker would still take it, and what is
/// recorded would not be what happened.
bool WorkerDesk::send_verdict(const Fd& control, std::uint64_t id, const UploadVerdict& verdict,
                              std::chrono::steady_clock::time_point deadline) {
  if (std::chrono::steady_clock::now() >= deadline) return false;
  wire::ToWorker message;
  wire::VerdictReply& answer = *message.mutable_verdict();
  answer.set_id(id);
  answer.set_block(verdict.block);
  answer.set_goes_on(verdict.goes_on);
  answer.set_reason_zh(std::string(text::cut_utf8(verdict.reason_zh, kLongestReason)));
  answer.set_reason_en(std::string(text::cut_utf8(verdict.reason_en, kLongestReason)));
  return send_packet(control.get(), message.SerializeAsString()).has_value();
}

bool WorkerDesk::is_proven(const wire::Flow& flow, std::chrono::milliseconds wait) const {
  return flow.tls() || flow.host().empty() ||
         names_.leads_to(flow.host(), flow.server_address(), wait);
}

void WorkerDesk::tell_claimed_host(const wire::Flow& flow, const rule::Event& event) const {
  rule::Event told = event;
  told.destination += fmt::format(" (Host: {})", text::cut_utf8(flow.host(), kLongestDestination));
  handlers_.coverage({.event = std::move(told), .reason = "host_unverified", .count = 1});
}

rule::Event WorkerDesk::event_of(const wire::Flow& flow, const std::string& path,
                                 std::string operation, bool proven) const {
  rule::Event event{
      .stage = rule::Stage::kUse, .channel = rule::Channel::kNetwork, .time = clock_->now()};
  event.destination = text::cut_utf8(destination_of(flow, path, proven), kLongestDestination);
  event.operation = text::cut_utf8(operation, kLongestWord);
  const Endpoint client{flow.client_address(), static_cast<std::uint16_t>(flow.client_port())};
  const Endpoint server{flow.server_address(), static_cast<std::uint16_t>(flow.server_port())};
  if (auto owner = find_socket_owner(client, server)) {
    event.pid = owner->pid;
    event.process = std::move(owner->process);
    event.user = std::move(owner->user);
  }
  return event;
}

}  // namespace huxin::watch
