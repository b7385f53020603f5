// Who speaks with whom: refusing the wrong collector, renewing the certificate.
#include <atomic>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/digest.hpp"
#include "tests/agent/uplink/terminal.hpp"

namespace huxin::uplink {
namespace {

using std::chrono::days;
using test::Answer;
using test::Asked;
using test::Bank;
using test::CollectorServer;
using test::eventually;
using test::Terminal;

constexpr std::string_view kRenew = "/v1/renew";

/// Issues what a renewal asks for, to `terminal`.
Answer renew(Bank& bank, const Asked& asked, std::string_view terminal) {
  record::RenewRequest request;
  if (!request.ParseFromString(asked.body)) return {.status = 400};
  const auto issued =
      bank.authority().issue_terminal(as_bytes(request.csr()), terminal, SystemClock().now());
  if (!issued) return {.status = 400};
  record::RenewReply reply;
  reply.set_certificate(std::string(as_text(issued->certificate)));
  reply.set_chain(std::string(as_text(issued->chain)));
  return {.body = reply.SerializeAsString()};
}

/// A bank old enough to have a terminal in the last third of its certificate's life.
struct OldBank {
  Time now = SystemClock().now();
  Bank bank{now - days(200)};
  certs::Identity ageing = bank.terminal("T-1", now - days(70));
};

}  // namespace

TEST_CASE("a server that is not this bank's collector learns nothing") {
  Bank bank;
  Bank other;
  struct Row {
    const char* why;
    certs::Identity identity;
  };
  std::vector<Row> rows;
  rows.push_back({"another authority", other.server()});
  rows.push_back({"another host", bank.server({"elsewhere.example"})});
  rows.push_back({"a terminal posing as one", bank.terminal("127.0.0.1")});
  for (Row& row : rows) {
    INFO(row.why);
    CollectorServer server(std::move(row.identity), bank.root(),
                           [](const Asked&) { return Answer{}; });
    Terminal terminal(bank);
    terminal.write(1);
    terminal.start(server.port());
    REQUIRE(eventually([&] { return terminal.uplink->state().failures >= 2; }));
    terminal.uplink->stop();
    CHECK(terminal.failures().front().code == Errc::kUnauthenticated);
    CHECK(terminal.failures().front().context.find("is not the collector") != std::string::npos);
    CHECK(server.asked("/v1/records").empty());
    CHECK(server.asked("/v1/heartbeat").empty());
    CHECK(terminal.outbox.acknowledged() == 0);
  }
}

TEST_CASE(
    "a terminal whose certificate the collector's TLS refuses says so and keeps its records") {
  Bank bank;
  Bank other;
  CollectorServer server(bank.server(), bank.root(), [](const Asked&) { return Answer{}; });
  Terminal terminal(bank);
  terminal.identity = other.terminal("T-1");
  terminal.write(1);
  terminal.start(server.port());
  REQUIRE(eventually([&] { return terminal.uplink->state().failures >= 2; }));
  terminal.uplink->stop();
  CHECK(terminal.outbox.acknowledged() == 0);
  CHECK(server.connections() == 0);
}

TEST_CASE("a certificate in the last third of its life is renewed, kept, then used") {
  OldBank old;
  std::atomic<bool> kept = false;
  CollectorServer server(old.bank.server(), old.bank.root(), [&](const Asked& asked) {
    return asked.target == kRenew ? renew(old.bank, asked, asked.peer) : Answer{};
  });
  Terminal terminal(old.bank);
  const std::string before = to_hex(sha256(old.ageing.certificate));
  terminal.identity = std::move(old.ageing);
  terminal.on_identity = [&](const certs::Identity& fresh) {
    kept = certs::check_terminal_identity(fresh, old.bank.root(), old.now).has_value();
    return Status{};
  };
  terminal.start(server.port());
  const auto latest = [&] {
    return to_hex(sha256(server.asked("/v1/heartbeat").back().peer_certificate));
  };
  REQUIRE(eventually([&] { return !server.asked("/v1/heartbeat").empty() && latest() != before; }));
  terminal.uplink->stop();
  CHECK(kept);
  CHECK(server.asked(std::string(kRenew)).size() == 1);
  CHECK(server.asked("/v1/heartbeat").back().peer == "T-1");
  CHECK(terminal.uplink->state().renewals == 1);
  CHECK(terminal.failures().empty());
}

TEST_CASE("the collector can ask for a renewal before its time") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) {
    if (asked.target == kRenew) return renew(bank, asked, asked.peer);
    record::HeartbeatReply reply;
    reply.set_renew_certificate(true);
    return Answer{.body = reply.SerializeAsString()};
  });
  Terminal terminal(bank);
  terminal.start(server.port());
  REQUIRE(eventually([&] { return terminal.uplink->state().renewals == 1; }));
  REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= 3; }));
  CHECK(server.asked(std::string(kRenew)).size() == 1);
}

TEST_CASE("a renewal that does not hold, or cannot be kept, leaves the old identity in use") {
  Bank other;
  struct Row {
    const char* why;
    std::function<Answer(Bank&, const Asked&)> renewal;
    bool keeps;
    Errc failure;
  };
  const std::vector<Row> rows{
      {"another terminal's", [](Bank& bank, const Asked& a) { return renew(bank, a, "T-2"); }, true,
       Errc::kProtocol},
      {"another authority's", [&](Bank&, const Asked& a) { return renew(other, a, "T-1"); }, true,
       Errc::kProtocol},
      {"garbage", [](Bank&, const Asked&) { return Answer{.body = "\xff\xff"}; }, true,
       Errc::kProtocol},
      {"nothing", [](Bank&, const Asked&) { return Answer{}; }, true, Errc::kProtocol},
      {"refused", [](Bank&, const Asked&) { return Answer{.status = 403}; }, true, Errc::kDenied},
      {"not kept", [](Bank& bank, const Asked& a) { return renew(bank, a, "T-1"); }, false,
       Errc::kNoSpace},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    OldBank old;
    CollectorServer server(old.bank.server(), old.bank.root(), [&](const Asked& asked) {
      return asked.target == kRenew ? row.renewal(old.bank, asked) : Answer{};
    });
    Terminal terminal(old.bank);
    const std::string before = to_hex(sha256(old.ageing.certificate));
    terminal.identity = std::move(old.ageing);
    terminal.on_identity = [&](const certs::Identity&) {
      return row.keeps ? Status{} : Status(fail(Errc::kNoSpace, "disk full"));
    };
    terminal.start(server.port());
    REQUIRE(eventually([&] { return !terminal.failures().empty(); }));
    CHECK(terminal.failures().front().code == row.failure);
    const std::size_t heartbeats = server.asked("/v1/heartbeat").size();
    REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= heartbeats + 2; }));
    terminal.uplink->stop();
    CHECK(to_hex(sha256(server.asked("/v1/heartbeat").back().peer_certificate)) == before);
    CHECK(terminal.uplink->state().renewals == 0);
  }
}

TEST_CASE("an uplink that could never connect does not start") {
  Bank bank;
  Terminal terminal(bank);
  const SystemClock clock;
  Settings nameless = terminal.settings(1);
  nameless.host = "no host";
  Settings rootless = terminal.settings(1);
  rootless.root = {1, 2, 3};
  const Callbacks callbacks{.heartbeat = [] { return record::Heartbeat(); },
                            .on_policy = [](const Bytes&) { return Status{}; },
                            .on_identity = [](const certs::Identity&) { return Status{}; }};
  const auto code = [&](Settings settings, certs::Identity identity, const Callbacks& told) {
    const auto started =
        Uplink::start(std::move(settings), std::move(identity), terminal.outbox, told, clock);
    return started ? Errc::kInternal : started.error().code;
  };
  CHECK(code(nameless, bank.terminal("T-1"), callbacks) == Errc::kInvalid);
  CHECK(code(rootless, bank.terminal("T-1"), callbacks) == Errc::kInvalid);
  CHECK(code(terminal.settings(1), {}, callbacks) == Errc::kInvalid);
  CHECK(code(terminal.settings(1), bank.terminal("T-1"), {}) == Errc::kInvalid);
}

}  // namespace huxin::uplink
