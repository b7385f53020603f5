#include "collector/store/assessment.hpp"

#include <array>
#include <latch>
#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "tests/collector/support/device.hpp"
#include "tests/support/bank.hpp"

namespace huxin::store {
namespace {

const Time kMorning = *from_rfc3339("2026-03-10T01:00:00Z");  // 9:00 at the bank

struct Fixture {
  test::TempDir folder;
  test::Bank bank{kMorning - std::chrono::hours(2)};
  std::unique_ptr<Store> store =
      open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7))).value();
  test::Device device;

  Fixture() {
    store->assessment()
        .replace_branches({{"1", "甲", "", "x"}, {"1-1", "南京路支行", "1", "y"}})
        .value();
    device.enrol(*store, bank.authority(), kMorning - std::chrono::hours(1));
  }
  void beat(Time at, const char* file = "ok") {
    record::Heartbeat beat;
    (*beat.mutable_channels())["file"] = file;
    (*beat.mutable_channels())["clipboard"] = "no session";
    store->heartbeat(device.id(), beat, at).value();
  }
  assess::Facts facts(const char* period) {
    return store->assessment()
        .facts(*assess::Period::from(period), SystemClock().now() + std::chrono::days(3650))
        .value();
  }
};

TEST_CASE(
    "Heartbeats keep each day's presence: on from the first to the last, watched but for silence "
    "and trouble") {
  Fixture f;
  using std::chrono::minutes;
  f.beat(kMorning);
  f.beat(kMorning + minutes(5));
  f.beat(kMorning + minutes(20));            // fifteen minutes are three missed beats: still heard
  f.beat(kMorning + minutes(50));            // half an hour of silence
  f.beat(kMorning + minutes(55), "failed");  // heard, and not watching
  f.beat(kMorning + std::chrono::days(1));
  const auto facts = f.facts("2026-03");
  REQUIRE(facts.terminals.size() == 1);
  const auto& days = facts.terminals[0].days;
  REQUIRE(days.size() == 2);
  CHECK(days[0].on_ms == minutes(55) / std::chrono::milliseconds(1));
  CHECK(days[0].watched_ms == minutes(20) / std::chrono::milliseconds(1));
  CHECK(days[1].on_ms == 0);
}

TEST_CASE("A terminal watches while none of its sensors is blind, whatever else is wrong with it") {
  struct Row {
    const char *channel, *state;
    bool watched;
    const char* why;
  };
  for (const Row& row : {
           Row{"file_open", "ok", true, "all is well"},
           Row{"network", "off", true, "the policy asks for none"},
           Row{"clipboard", "no session", true, "nobody is there to copy"},
           Row{"file_open", "degraded: 1 of 2 guarded paths missing: /srv/aml", true,
               "a folder that this terminal does not have"},
           Row{"file_open", "degraded: 1 of 2 guarded paths not guarded: /srv/aml (busy)", false,
               "a folder that is there and is not guarded"},
           Row{"file", "degraded: 1 of 3 watched paths missing: /a; 1 not watched: /b (busy)",
               false, "one of each"},
           Row{"network", "unprotected", false, "nothing stands between"},
           Row{"file", "unavailable: no fanotify", false, "it does not run"},
           Row{"sandbox", "missing: own uid", true, "a wall around the scanner is no sensor"},
           Row{"watchdog", "not armed", true, "nor is who looks after it"},
       }) {
    INFO(row.why);
    Fixture f;
    record::Heartbeat beat;
    (*beat.mutable_channels())["clipboard"] = "ok";
    (*beat.mutable_channels())[row.channel] = row.state;
    for (const int minutes : {0, 5})
      f.store->heartbeat(f.device.id(), beat, kMorning + std::chrono::minutes(minutes)).value();
    const auto day = f.facts("2026-03").terminals.at(0).days.at(0);
    CHECK(day.on_ms == 300'000);
    CHECK(day.watched_ms == (row.watched ? 300'000 : 0));
  }
}

TEST_CASE(
    "A month's facts hold its terminals by branch, its incidents by arrival, and gaps of chains") {
  Fixture f;
  const Time now = SystemClock().now();
  REQUIRE(f.store->accept(f.device.id(), f.device.sha256(), f.device.batch_of_incidents(3), now));
  record::Payload payload;
  payload.mutable_coverage()->set_reason("encrypted");
  payload.mutable_coverage()->set_count(4);
  auto links = std::vector{f.device.append(payload)};
  REQUIRE(f.store->accept(f.device.id(), f.device.sha256(), f.device.batch(std::move(links)), now));
  const auto period = assess::Period::containing(now);
  const auto facts = f.store->assessment().facts(period, now + std::chrono::seconds(1));
  REQUIRE(facts);
  REQUIRE(facts->terminals.size() == 1);
  CHECK(facts->terminals[0].branch == "1-1");  // by its name
  REQUIRE(facts->terminals[0].days.size() == 1);
  CHECK(facts->terminals[0].days[0].not_inspected == 4);
  REQUIRE(facts->incidents.size() == 3);
  CHECK(facts->incidents[0].branch == "1-1");
  CHECK_FALSE(facts->incidents[0].domains.empty());
  CHECK(facts->chain_faults.empty());
  CHECK(f.store->assessment().facts(period.next(), now)->incidents.empty());

  (void)f.device.append_incident();  // written by the terminal, and never sent
  auto later = std::vector{f.device.append_incident()};
  REQUIRE(f.store->accept(f.device.id(), f.device.sha256(), f.device.batch(std::move(later)), now));
  CHECK(f.store->assessment()
            .facts(period, now + std::chrono::seconds(1))
            ->chain_faults.at(f.device.id()) == 1);
}

TEST_CASE("Rules are kept and put in force, both or neither, and only ever added to") {
  Fixture f;
  Assessment& books = f.store->assessment();
  CHECK(books.in_force().value().empty());
  REQUIRE(books.put_in_force({"model", "own.1", "2026-03", "chen", kMorning}, "text"));
  CHECK(books.data("model", "own.1").value() == "text");
  CHECK(books.put_in_force({"model", "own.1", "2026-04", "chen", kMorning}, "other").error().code ==
        Errc::kExists);
  CHECK(books.in_force().value().size() == 1);
  REQUIRE(books.put_in_force({"model", "own.1", "2026-05", "chen", kMorning}, "text"));
  const auto all = books.in_force().value();
  REQUIRE(all.size() == 2);
  CHECK(all[0].from == "2026-03");
  CHECK(all[1].by == "chen");
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE("Of many that keep the same text at once, none is told that there is another") {
  Fixture f;
  constexpr std::size_t kProcesses = 4;
  std::vector<std::unique_ptr<Store>> stores;
  for (std::size_t i = 0; i < kProcesses; ++i)
    stores.push_back(open_sealed_store(f.folder / "collector.db", Secret(Bytes(32, 7))).value());
  for (int version = 0; version < 10; ++version) {
    std::array<Status, kProcesses> kept;
    {
      std::latch start(kProcesses);
      std::vector<std::jthread> threads;
      for (std::size_t i = 0; i < kProcesses; ++i) {
        threads.emplace_back([&, i] {
          start.arrive_and_wait();
          kept[i] =
              stores[i]->assessment().keep_data("items", std::to_string(version), "text", kMorning);
        });
      }
    }
    for (const Status& each : kept) CHECK(each);
  }
}

TEST_CASE("A version of the data keeps its text, and a month is closed once") {
  Fixture f;
  Assessment& books = f.store->assessment();
  CHECK(books.keep_data("items", "1", "text", kMorning));
  CHECK(books.keep_data("items", "1", "text", kMorning));
  CHECK(books.keep_data("items", "1", "other", kMorning).error().code == Errc::kExists);
  CHECK(books.data("items", "1").value() == "text");
  CHECK(books.data("model", "1").value() == std::nullopt);
  const ClosedPeriod closed{"2026-03", "{}", "1", "d", "chen", kMorning};
  CHECK(books.close_period(closed));
  CHECK(books.close_period(closed).error().code == Errc::kExists);
}

}  // namespace
}  // namespace huxin::store
