#include <fcntl.h>
#include <sys/socket.h>
#include <sys/time.h>

#include <chrono>
#include <mutex>

#include <catch2/catch_test_macros.hpp>

#include "agent/watch/network/guardian_link.hpp"
#include "agent/watch/network/worker_desk.hpp"
#include "policy/text/utf8.hpp"

namespace huxin::watch {
namespace {

wire::Flow flow_to(std::string host) {
  wire::Flow flow;
  flow.set_server_address("192.0.2.1");
  flow.set_server_port(443);
  flow.set_tls(true);
  flow.set_host(std::move(host));
  return flow;
}

/// The guardian's desk, and what it passes on.
struct Guardian {
  struct Told {
    std::string destination, reason;
    std::uint64_t count = 0;
  };
  std::mutex mutex;
  std::vector<Told> told;
  NetworkGuardSettings settings;
  NetworkGuardHandlers handlers{
      .issue_leaf = [](std::string_view, ByteView) -> Result<Bytes> { return Bytes{}; },
      .judge = [](Upload) { return verdict(); },
      .coverage =
          [this](const NetworkCoverage& seen) {
            const std::lock_guard lock(mutex);
            told.push_back({seen.event.destination, seen.reason, seen.count});
          },
      .resolve = {}};
  HostNames names{handlers.resolve};
  GuardCounters counters;
  std::optional<WorkerDesk> desk;

  Guardian() { desk.emplace(settings, handlers, std::make_shared<SystemClock>(), names, counters); }

  /// Longer than what is sent to a worker, and cut within a character if cut by bytes.
  static UploadVerdict verdict() {
    std::string reason = "a";
    for (int i = 0; i < 1000; ++i) reason += "客";
    return {.block = true, .reason_zh = reason, .reason_en = reason, .settled = {}};
  }
};

Packet report(const wire::Flow& flow, std::string reason, std::uint64_t count) {
  wire::FromWorker message;
  *message.mutable_coverage()->mutable_flow() = flow;
  message.mutable_coverage()->set_reason(std::move(reason));
  message.mutable_coverage()->set_count(count);
  return {.bytes = message.SerializeAsString(), .attachment = {}};
}

}  // namespace

TEST_CASE("a worker that reports without end is held to its share, and the rest is counted") {
  Guardian guardian;
  const auto control = std::make_shared<Fd>();
  constexpr std::uint64_t kSent = 3000;
  for (std::uint64_t i = 0; i < kSent; ++i)
    REQUIRE(guardian.desk->answer(control, report(flow_to(fmt::format("h{}", i)), "x", 1)));
  guardian.desk.reset();  // tells what it has counted
  std::uint64_t passed = 0, limited = 0;
  for (const auto& each : guardian.told)
    (each.reason == "reports_limited" ? limited : passed) += each.count;
  CHECK(passed + limited == kSent);
  CHECK(passed >= 1024);
  CHECK(passed < kSent);
  CHECK(limited == guardian.counters.reports_limited);
}

TEST_CASE("what a worker claims is cut to what a record may hold") {
  Guardian guardian;
  const auto control = std::make_shared<Fd>();
  std::string host;
  for (int i = 0; i < 40'000; ++i) host += "客";
  REQUIRE(guardian.desk->answer(control, report(flow_to(host), host, ~std::uint64_t{0})));
  REQUIRE(guardian.told.size() == 1);
  const auto& told = guardian.told.front();
  CHECK(told.destination.size() <= 4096);
  CHECK(text::valid_utf8_prefix(told.destination) == told.destination.size());
  CHECK(told.reason.size() == 63);
  CHECK(told.count == 1'000'000);
}

TEST_CASE("a verdict whose reasons are too long is cut so that the worker can still read it") {
  Guardian guardian;
  auto ends = make_control_channel();
  REQUIRE(ends);
  const auto control = std::make_shared<Fd>(std::move(ends->first));
  wire::FromWorker message;
  message.mutable_verdict()->set_id(7);
  *message.mutable_verdict()->mutable_flow() = flow_to("bank.test");
  REQUIRE(guardian.desk->answer(control, {.bytes = message.SerializeAsString(), .attachment = {}}));
  const timeval patience{.tv_sec = 10, .tv_usec = 0};
  REQUIRE(::setsockopt(ends->second.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience) ==
          0);
  const auto packet = receive_packet(ends->second.get());
  REQUIRE(packet);
  REQUIRE(*packet);
  wire::ToWorker answer;
  REQUIRE(answer.ParseFromString((*packet)->bytes));
  CHECK(answer.verdict().id() == 7);
  CHECK(answer.verdict().block());
  CHECK(answer.verdict().reason_zh().size() == 1999);
}

TEST_CASE("more hosts than are kept apart cost no count of what was not inspected") {
  auto ends = make_control_channel();
  REQUIRE(ends);
  asio::io_context context;
  GuardianLink link(context, std::move(ends->first), wire::Config());
  REQUIRE(::fcntl(ends->second.get(), F_SETFL, O_NONBLOCK) == 0);
  std::uint64_t told = 0;
  std::size_t anonymous = 0;
  const auto drain = [&] {
    for (;;) {
      const auto packet = receive_packet(ends->second.get());
      if (!packet || !*packet) return;
      wire::FromWorker message;
      REQUIRE(message.ParseFromString((*packet)->bytes));
      told += message.coverage().count();
      if (message.coverage().flow().host().empty()) ++anonymous;
    }
  };
  constexpr int kHosts = 4096;
  constexpr int kHeld = 64;  // reports that the channel holds for certain
  std::uint64_t reported = 0;
  const auto see = [&](int host) {
    link.report(flow_to(fmt::format("h{}", host)), "pinned_tls");
    ++reported;
  };
  for (int host = 0; host < kHosts; ++host) {
    see(host);
    see(host);  // counted, to be told within the hour
    if (host % kHeld == kHeld - 1) drain();
  }
  CHECK(told == kHosts);
  // The channel takes a few hundred at a time: where it is full, the count waits.
  for (int host = kHosts; told < reported && host < 16 * kHosts; ++host) {
    see(host);
    if (host % kHeld == kHeld - 1) drain();
  }
  CHECK(told == reported);
  CHECK(anonymous < 100);
}

}  // namespace huxin::watch
