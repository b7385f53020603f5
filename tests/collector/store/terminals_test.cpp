#include <catch2/catch_test_macros.hpp>

#include "certs/token.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

struct Fixture {
  test::TempDir folder;
  Time now = SystemClock().now();
  std::unique_ptr<store::Store> store =
      *store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7)));
  Bytes token = Bytes(32, 1);

  Result<store::Terminal> enrol(Time at) {
    return store->enrol(token, "teller-01", at, [](std::string_view id) -> Result<Bytes> {
      return Bytes(id.begin(), id.end());
    });
  }
};

TEST_CASE("A token is good once, until it expires, and only when it is known") {
  Fixture f;
  CHECK(f.enrol(f.now).error().context == "unknown token");
  REQUIRE(f.store->add_token(f.token, "网点", f.now + std::chrono::hours(1)));
  CHECK(f.enrol(f.now + std::chrono::hours(1)).error().context == "token expired");
  const auto terminal = f.enrol(f.now);
  REQUIRE(terminal);
  CHECK(terminal->id == "T-000001");
  CHECK(terminal->branch == "网点");
  CHECK(f.enrol(f.now).error().context == "token used");
}

TEST_CASE("A request that cannot be signed leaves the token unused and no terminal") {
  Fixture f;
  REQUIRE(f.store->add_token(f.token, "网点", f.now + std::chrono::hours(1)));
  const auto failed = f.store->enrol(
      f.token, "teller-01", f.now,
      [](std::string_view) -> Result<Bytes> { return fail(Errc::kInvalid, "not a request"); });
  REQUIRE_FALSE(failed);
  CHECK(f.store->terminals()->empty());
  CHECK(f.enrol(f.now));
}

TEST_CASE("A certificate speaks for its own terminal until that is revoked") {
  Fixture f;
  REQUIRE(f.store->add_token(f.token, "网点", f.now + std::chrono::hours(1)));
  const auto terminal = *f.enrol(f.now);
  CHECK(f.store->standing(terminal.id, terminal.certificate) == store::Standing::kGood);
  CHECK(f.store->standing("T-000002", terminal.certificate) == store::Standing::kUnknown);
  CHECK(f.store->standing(terminal.id, std::string(64, '0')) == store::Standing::kUnknown);
  REQUIRE(f.store->add_certificate(terminal.id, Bytes{1, 2, 3}, f.now));
  CHECK(f.store->standing(terminal.id, terminal.certificate) == store::Standing::kGood);
  REQUIRE(f.store->revoke(terminal.id, f.now));
  CHECK(f.store->standing(terminal.id, terminal.certificate) == store::Standing::kRevoked);
  CHECK(f.store->revoke("T-000009", f.now).error().code == Errc::kNotFound);
}

TEST_CASE("A heartbeat replaces what the one before said") {
  Fixture f;
  REQUIRE(f.store->add_token(f.token, "网点", f.now + std::chrono::hours(1)));
  const auto id = f.enrol(f.now)->id;
  record::Heartbeat beat;
  beat.set_agent_version("0.1.0");
  (*beat.mutable_channels())["file"] = "ok";
  (*beat.mutable_channels())["clipboard"] = "no session";
  for (int i = 0; i < 100; ++i) (*beat.mutable_losses())[fmt::format("loss{}", i)] = 1;
  REQUIRE(f.store->heartbeat(id, beat, f.now));
  beat.mutable_channels()->erase("clipboard");
  beat.set_hostname("teller-02");
  REQUIRE(f.store->heartbeat(id, beat, f.now));
  const auto terminal = f.store->terminal(id)->value();
  CHECK(terminal.hostname == "teller-02");
  CHECK(terminal.channels == std::vector<std::pair<std::string, std::string>>{{"file", "ok"}});
  CHECK(terminal.last_seen == f.now);
}

TEST_CASE("Counters tell a thousand details apart, no more") {
  Fixture f;
  for (int i = 0; i < 1100; ++i) REQUIRE(f.store->count("refused", std::to_string(i), 2, f.now));
  const auto counters = *f.store->counters();
  CHECK(counters.size() == 1001);
  CHECK(std::ranges::find(counters, "(other)", &store::Counter::detail)->count == 200);
}

}  // namespace
}  // namespace huxin
