// Heartbeats, and the policies they bring.
#include <atomic>
#include <mutex>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/digest.hpp"
#include "tests/agent/uplink/terminal.hpp"

namespace huxin::uplink {
namespace {

using test::Answer;
using test::Asked;
using test::Bank;
using test::CollectorServer;
using test::eventually;
using test::Ledger;
using test::Terminal;

constexpr std::string_view kBundle = "a signed bundle";

std::string digest_of(std::string_view bundle) {
  return std::string(as_text(sha256(as_bytes(bundle))));
}

record::Heartbeat heartbeat_in(const Asked& asked) {
  record::Heartbeat heartbeat;
  heartbeat.ParseFromString(asked.body);
  return heartbeat;
}

/// Publishes `bundle`: heartbeats name it, /v1/policy gives it.
CollectorServer::Script publishing(std::string bundle, std::string digest_header) {
  return [bundle, digest_header](const Asked& asked) -> Answer {
    if (asked.target == "/v1/policy") return {.body = bundle, .digest = digest_header};
    record::HeartbeatReply reply;
    reply.set_policy_digest(digest_of(bundle));
    return {.body = reply.SerializeAsString()};
  };
}

}  // namespace

TEST_CASE("a heartbeat says how the terminal and its chain are") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(), [](const Asked& asked) {
    return asked.target == "/v1/heartbeat" ? Answer{} : Answer{.status = 500};
  });
  Terminal terminal(bank);
  terminal.write(3);
  terminal.start(server.port());
  REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= 3; }));
  const record::Heartbeat heartbeat = heartbeat_in(server.asked("/v1/heartbeat").back());
  CHECK(heartbeat.hostname() == "teller-07");
  CHECK(heartbeat.head_sequence() == 3);
  CHECK(heartbeat.head_hash() == terminal.outbox.head()->hash);
  CHECK(heartbeat.outbox() == 3);
  CHECK(heartbeat.time_ms() > 1'600'000'000'000);
}

TEST_CASE("a collector may ask to be told again sooner than usual, but not all the time") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(), [](const Asked&) -> Answer {
    record::HeartbeatReply reply;
    reply.set_next_ms(1);
    return {.body = reply.SerializeAsString()};
  });
  Terminal terminal(bank);
  Settings settings = terminal.settings(server.port());
  settings.heartbeat = std::chrono::hours(1);
  const auto begun = std::chrono::steady_clock::now();
  terminal.start(std::move(settings));
  REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= 3; }));
  CHECK(std::chrono::steady_clock::now() - begun >= std::chrono::seconds(2));
}

TEST_CASE("a collector cannot ask a terminal to be silent for longer than it is set to") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(), [](const Asked&) -> Answer {
    record::HeartbeatReply reply;
    reply.set_next_ms(4'000'000'000);
    return {.body = reply.SerializeAsString()};
  });
  Terminal terminal(bank);
  terminal.start(server.port());
  REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= 3; }));
}

TEST_CASE("orders that come with a heartbeat are handed over as they came, in their order") {
  Bank bank;
  const std::string first("\0signed\xff", 8);
  CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) -> Answer {
    record::HeartbeatReply reply;
    if (asked.target == "/v1/heartbeat") {
      reply.add_orders(first);
      reply.add_orders("second");
    }
    return {.body = reply.SerializeAsString()};
  });
  std::mutex mutex;
  std::vector<std::string> taken;
  Terminal terminal(bank);
  terminal.on_order = [&](const Bytes& order) {
    const std::scoped_lock lock(mutex);
    taken.emplace_back(as_text(order));
  };
  terminal.start(server.port());
  REQUIRE(eventually([&] {
    const std::scoped_lock lock(mutex);
    return taken.size() >= 4;  // again with the next heartbeat
  }));
  const std::scoped_lock lock(mutex);
  CHECK(taken[0] == first);
  CHECK(taken[1] == "second");
  CHECK(taken[2] == first);
}

TEST_CASE("a collector that refuses heartbeats still gets the records") {
  Bank bank;
  for (const Answer& refusal :
       {Answer{.status = 500}, Answer{.status = 403}, Answer{.body = "\xff\xff"}}) {
    Ledger ledger;
    CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) {
      return asked.target == "/v1/records"
                 ? Answer{.body = ledger.accept(asked).SerializeAsString()}
                 : refusal;
    });
    Terminal terminal(bank);
    terminal.write(5);
    terminal.start(server.port());
    CHECK(terminal.settles(5));
    REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= 3; }));
    CHECK_FALSE(terminal.failures().empty());
  }
}

TEST_CASE("a new policy is fetched, handed over once, and reported in force at once") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(),
                         publishing(std::string(kBundle), to_hex(as_bytes(digest_of(kBundle)))));
  std::atomic<int> taken = 0;
  Terminal terminal(bank);
  terminal.set_policy_digest(std::string(32, 'o'));
  terminal.on_policy = [&](const Bytes& bundle) {
    if (as_text(bundle) == kBundle) ++taken;
    terminal.set_policy_digest(digest_of(kBundle));
    return Status{};
  };
  terminal.start(server.port());
  REQUIRE(eventually([&] {
    const auto asked = server.asked("/v1/heartbeat");
    return !asked.empty() && heartbeat_in(asked.back()).policy_digest() == digest_of(kBundle);
  }));
  const std::size_t heartbeats = server.asked("/v1/heartbeat").size();
  REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= heartbeats + 2; }));
  CHECK(taken == 1);
  REQUIRE(server.asked("/v1/policy").size() == 1);
  CHECK(server.asked("/v1/policy").front().if_none_match == to_hex(Bytes(32, 'o')));
  CHECK(server.asked("/v1/policy").front().method == "GET");
  CHECK(terminal.uplink->state().policies_taken == 1);
}

TEST_CASE("a refused policy is reported with the reason and not fetched over and over") {
  Bank bank;
  CollectorServer server(bank.server(), bank.root(),
                         publishing(std::string(kBundle), to_hex(as_bytes(digest_of(kBundle)))));
  Terminal terminal(bank);
  terminal.on_policy = [](const Bytes&) -> Status {
    return fail(Errc::kCorrupt, "signature does not hold");
  };
  terminal.start(server.port());
  const auto reported = [&] {
    const auto asked = server.asked("/v1/heartbeat");
    return !asked.empty() &&
           heartbeat_in(asked.back()).policy_error() == "corrupt: signature does not hold";
  };
  REQUIRE(eventually(reported));
  const std::size_t heartbeats = server.asked("/v1/heartbeat").size();
  REQUIRE(eventually([&] { return server.asked("/v1/heartbeat").size() >= heartbeats + 2; }));
  CHECK(reported());
  CHECK(server.asked("/v1/policy").size() == 1);
  CHECK(terminal.uplink->state().policies_refused == 1);
}

TEST_CASE("a bundle that is not what its digest says is not handed over") {
  Bank bank;
  for (const std::string& header :
       {to_hex(as_bytes(digest_of("another"))), std::string(), std::string("zz")}) {
    INFO(header);
    CollectorServer server(bank.server(), bank.root(), publishing(std::string(kBundle), header));
    std::atomic<int> handed = 0;
    Terminal terminal(bank);
    terminal.on_policy = [&](const Bytes&) {
      ++handed;
      return Status{};
    };
    terminal.start(server.port());
    REQUIRE(eventually([&] { return terminal.uplink->state().wrong_replies >= 2; }));
    CHECK(handed == 0);
  }
}

TEST_CASE("a callback that throws is a failure like another, and the uplink goes on") {
  Bank bank;
  Ledger ledger;
  CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) -> Answer {
    if (asked.target == "/v1/records") return {.body = ledger.accept(asked).SerializeAsString()};
    return publishing(std::string(kBundle), to_hex(as_bytes(digest_of(kBundle))))(asked);
  });
  Terminal terminal(bank);
  terminal.on_policy = [](const Bytes&) -> Status { throw std::runtime_error("boom"); };
  terminal.write(2);
  terminal.start(server.port());
  CHECK(terminal.settles(2));
  REQUIRE(eventually([&] { return !terminal.failures().empty(); }));
  CHECK(terminal.failures().front().code == Errc::kInternal);
}

}  // namespace huxin::uplink
