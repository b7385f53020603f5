// What is written reaches the collector once it can, whatever the collector does, and nothing
// leaves the outbox before.
#include <algorithm>
#include <array>
#include <atomic>
#include <optional>

#include <catch2/catch_test_macros.hpp>

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

/// An honest collector, except for what `trouble` says about the nth batch, counted from 1.
CollectorServer::Script honest_but(
    Ledger& ledger, std::function<std::optional<Answer>(int, const record::Ack&)> trouble) {
  return [&ledger, trouble, batches = 0](const Asked& asked) mutable -> Answer {
    if (asked.target != "/v1/records") return {};
    const record::Ack ack = ledger.accept(asked);
    if (const auto answer = trouble(++batches, ack)) return *answer;
    return {.body = ack.SerializeAsString()};
  };
}

CollectorServer::Script honest(Ledger& ledger) {
  return honest_but(ledger, [](int, const record::Ack&) { return std::nullopt; });
}

std::string ack_through(std::uint64_t sequence) {
  record::Ack ack;
  ack.set_accepted_through(sequence);
  return ack.SerializeAsString();
}

}  // namespace

TEST_CASE("records written before and after the start arrive in order, signed, once") {
  Bank bank;
  Ledger ledger;
  CollectorServer server(bank.server(), bank.root(), honest(ledger));
  Terminal terminal(bank);
  terminal.write(3);
  terminal.start(server.port());
  REQUIRE(terminal.settles(3));
  for (std::uint64_t i = 4; i <= 20; ++i) {
    terminal.write(1);
    REQUIRE(terminal.settles(i));
  }
  terminal.uplink->stop();
  CHECK(ledger.kept().size() == 20);
  CHECK(ledger.repeated() == 0);
  CHECK(server.connections() == 1);
  CHECK(server.asked("/v1/records").front().peer == "T-1");
  const State state = terminal.uplink->state();
  CHECK(state.acknowledged == 20);
  CHECK(state.failures == 0);
  CHECK(state.last_contact > Time{});
}

TEST_CASE("a backlog goes out in batches of at most five hundred records and four mebibytes") {
  Bank bank;
  Ledger ledger;
  CollectorServer server(bank.server(), bank.root(), honest(ledger));
  Terminal terminal(bank);
  terminal.write(1200);
  terminal.write(5, 1U << 20U);
  terminal.start(server.port());
  REQUIRE(terminal.settles(1205));
  terminal.uplink->stop();
  CHECK(ledger.largest_batch() == 500);
  for (const Asked& asked : server.asked("/v1/records"))
    CHECK(asked.body.size() < (4U << 20U) + 4096U);
}

TEST_CASE("whatever goes wrong with a reply, nothing is lost and nothing is let go of unheard") {
  struct Row {
    const char* why;
    Answer answer;
    Errc failure;
  };
  const std::array<Row, 14> rows{{
      {"cut before the reply", {.way = Answer::Way::kCut}, Errc::kUnavailable},
      {"cut in the middle of it", {.way = Answer::Way::kHalf}, Errc::kUnavailable},
      {"not HTTP", {.way = Answer::Way::kNoHttp}, Errc::kProtocol},
      {"garbage for an Ack", {.body = "\xff\xff\xff"}, Errc::kProtocol},
      {"an Ack of nothing", {.body = ack_through(0)}, Errc::kUnavailable},
      {"an Ack of more than was sent", {.body = ack_through(1'000'000)}, Errc::kProtocol},
      {"an endless reply", {.body = std::string(1U << 20U, 'x')}, Errc::kTooLarge},
      {"who are you", {.status = 401}, Errc::kUnauthenticated},
      {"revoked", {.status = 403}, Errc::kDenied},
      {"not found", {.status = 404}, Errc::kNotFound},
      {"bad request", {.status = 400}, Errc::kInvalid},
      {"too many", {.status = 429, .retry_after = "0"}, Errc::kUnavailable},
      {"broken", {.status = 500}, Errc::kUnavailable},
      {"moved", {.status = 302}, Errc::kUnavailable},
  }};
  Bank bank;
  for (const Row& row : rows) {
    INFO(row.why);
    Ledger ledger;
    std::atomic<bool> trouble = true;
    CollectorServer server(bank.server(), bank.root(),
                           honest_but(ledger, [&](int, const record::Ack&) {
                             return trouble ? std::optional(row.answer) : std::nullopt;
                           }));
    Terminal terminal(bank);
    terminal.write(7);
    terminal.start(server.port());
    REQUIRE(eventually([&] { return terminal.uplink->state().failures >= 3; }));
    CHECK(terminal.outbox.acknowledged() == 0);
    CHECK(std::ranges::any_of(terminal.failures(),
                              [&](const Error& e) { return e.code == row.failure; }));
    trouble = false;
    CHECK(terminal.settles(7));
    terminal.uplink->stop();
    CHECK(ledger.kept().size() == 7);
    CHECK(terminal.outbox.wrong() == 0);
  }
}

TEST_CASE("a collector that keeps records but loses every other reply gets each record once") {
  Bank bank;
  Ledger ledger;
  CollectorServer server(
      bank.server(), bank.root(), honest_but(ledger, [](int batch, const record::Ack&) {
        constexpr std::array kWays{Answer::Way::kCut, Answer::Way::kHalf, Answer::Way::kThenClose};
        if (batch % 2 == 0) return std::optional<Answer>();
        return std::optional(
            Answer{.body = ack_through(0), .way = kWays.at(static_cast<std::size_t>(batch) % 3)});
      }));
  Terminal terminal(bank);
  terminal.start(server.port());
  for (std::uint64_t i = 1; i <= 40; ++i) {
    terminal.write(50);
    REQUIRE(terminal.settles(i * 50));
  }
  terminal.uplink->stop();
  CHECK(ledger.kept().size() == 2000);
  CHECK(ledger.repeated() > 0);
  CHECK(terminal.outbox.wrong() == 0);
}

TEST_CASE("an acknowledgement of a part lets go of that part") {
  Bank bank;
  Ledger ledger;
  std::atomic<bool> part = true;
  CollectorServer server(
      bank.server(), bank.root(), honest_but(ledger, [&](int, const record::Ack&) {
        record::Ack ack;
        ack.set_accepted_through(4);
        ack.set_error("record 5 stands where 4 belongs");
        return part ? std::optional(Answer{.body = ack.SerializeAsString()}) : std::nullopt;
      }));
  Terminal terminal(bank);
  terminal.write(7);
  terminal.start(server.port());
  REQUIRE(terminal.settles(4));
  REQUIRE(eventually([&] { return terminal.uplink->state().failures >= 2; }));
  CHECK(terminal.outbox.acknowledged() == 4);
  CHECK(terminal.failures().front().context.find("record 5 stands where 4 belongs") !=
        std::string::npos);
  part = false;
  CHECK(terminal.settles(7));
}

TEST_CASE("a collector that says nothing is given up after the deadline") {
  Bank bank;
  Ledger ledger;
  std::atomic<bool> silent = true;
  CollectorServer server(
      bank.server(), bank.root(), honest_but(ledger, [&](int, const record::Ack&) {
        return silent ? std::optional(Answer{.way = Answer::Way::kSilence}) : std::nullopt;
      }));
  Terminal terminal(bank);
  terminal.write(1);
  Settings settings = terminal.settings(server.port());
  settings.request_deadline = std::chrono::milliseconds(30);
  terminal.start(settings);
  REQUIRE(eventually([&] { return !terminal.failures().empty(); }));
  CHECK(terminal.failures().front().code == Errc::kTimeout);
  silent = false;
  CHECK(terminal.settles(1));
}

TEST_CASE("a batch that is too large for the collector is halved until it fits") {
  Bank bank;
  Ledger ledger;
  CollectorServer server(bank.server(), bank.root(), [&](const Asked& asked) -> Answer {
    if (asked.target != "/v1/records") return {};
    record::Batch batch;
    if (batch.ParseFromString(asked.body) && batch.records_size() > 100) return {.status = 413};
    return {.body = ledger.accept(asked).SerializeAsString()};
  });
  Terminal terminal(bank);
  terminal.write(1000);
  terminal.start(server.port());
  CHECK(terminal.settles(1000));
  terminal.uplink->stop();
  CHECK(ledger.largest_batch() <= 100);
}

TEST_CASE("a collector that comes back on the same port gets what it missed") {
  Bank bank;
  Ledger ledger;
  Terminal terminal(bank);
  auto server = std::make_unique<CollectorServer>(bank.server(), bank.root(), honest(ledger));
  const std::uint16_t port = server->port();
  terminal.start(port);
  terminal.write(10);
  REQUIRE(terminal.settles(10));
  server.reset();
  terminal.write(2000);
  REQUIRE(eventually([&] { return terminal.uplink->state().failures >= 3; }));
  CHECK_FALSE(terminal.uplink->state().connected);
  server = std::make_unique<CollectorServer>(bank.server(), bank.root(), honest(ledger), port);
  CHECK(terminal.settles(2010));
  terminal.uplink->stop();
  CHECK(ledger.kept().size() == 2010);
}

TEST_CASE("a connection closed while idle is replaced without a rest") {
  Bank bank;
  Ledger ledger;
  CollectorServer server(bank.server(), bank.root(), honest(ledger));
  Terminal terminal(bank);
  Settings settings = terminal.settings(server.port());
  settings.first_backoff = settings.longest_backoff = std::chrono::hours(1);
  settings.heartbeat = std::chrono::hours(1);
  terminal.start(settings);
  for (std::uint64_t i = 1; i <= 5; ++i) {
    terminal.write(1);
    REQUIRE(terminal.settles(i));
    server.drop_connections();
  }
  CHECK(terminal.failures().empty());
}

TEST_CASE("a rest is cut short by reconnect, and by nothing that is written") {
  Bank bank;
  Ledger ledger;
  std::atomic<bool> away = true;
  CollectorServer server(
      bank.server(), bank.root(), honest_but(ledger, [&](int, const record::Ack&) {
        return away ? std::optional(Answer{.status = 503, .retry_after = "3600"}) : std::nullopt;
      }));
  Terminal terminal(bank);
  terminal.write(1);
  terminal.start(server.port());
  REQUIRE(eventually([&] { return terminal.failures().size() == 1; }));
  away = false;
  for (int i = 0; i < 20; ++i) terminal.write(1);
  CHECK(server.asked("/v1/records").size() == 1);
  terminal.uplink->reconnect();
  CHECK(terminal.settles(21));
}

TEST_CASE("stopping does not wait for a collector, present or absent") {
  Bank bank;
  Ledger ledger;
  const auto stops_at_once = [](Terminal& terminal) {
    const auto before = std::chrono::steady_clock::now();
    terminal.uplink->stop();
    terminal.uplink->stop();
    return std::chrono::steady_clock::now() - before < std::chrono::seconds(2);
  };
  CollectorServer silent(bank.server(), bank.root(),
                         [](const Asked&) { return Answer{.way = Answer::Way::kSilence}; });
  Terminal waiting(bank);
  Settings settings = waiting.settings(silent.port());
  settings.request_deadline = settings.first_backoff = settings.longest_backoff =
      std::chrono::hours(1);
  waiting.start(settings);
  REQUIRE(eventually([&] { return !silent.asked("/v1/heartbeat").empty(); }));
  CHECK(stops_at_once(waiting));

  Terminal resting(bank);
  settings.port = 1;  // nobody listens there
  resting.start(settings);
  REQUIRE(eventually([&] { return !resting.failures().empty(); }));
  CHECK(stops_at_once(resting));
  CHECK(resting.failures().front().code == Errc::kUnavailable);
}

}  // namespace huxin::uplink
