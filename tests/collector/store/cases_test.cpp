#include "collector/store/cases.hpp"

#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

struct Fixture {
  test::TempDir folder;
  Time now = SystemClock().now();
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  test::Device device;
  std::vector<std::string> incidents;

  Fixture() {
    REQUIRE(certs::Authority::create(folder / "authority", "Bank", now));
    authority = *certs::Authority::open(folder / "authority");
    store = *store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7)));
    device.enrol(*store, *authority, now);
    REQUIRE(store->accept(device.id(), device.sha256(), device.batch_of_incidents(6), now));
    REQUIRE(store->each_incident({.audience = store::Audience::everybody()},
                                 [&](auto&& each) { incidents.push_back(each.id); }));
  }
  store::Cases& cases() { return store->cases(); }
  store::Case fresh(std::vector<std::string> of, std::chrono::hours due = std::chrono::hours(24)) {
    store::Case made;
    made.title = "名单外传 100%";
    made.severity = 2;
    made.discovered = made.opened = now;
    made.due = now + due;
    made.opened_by = made.owner = "li.wei";
    made.incidents = std::move(of);
    return made;
  }
  store::CaseEvent event(std::string what) const {
    return {now, "li.wei", std::move(what), {}, {}, "备注"};
  }
  std::string open(const store::Case& made) {
    const auto id = cases().open(made, event("opened"));
    REQUIRE(id);
    return *id;
  }
};

TEST_CASE("A case keeps what it was opened with, and its incidents show it") {
  Fixture f;
  const std::string id = f.open(f.fresh({f.incidents[0], f.incidents[1]}));
  CHECK(id == "C-000001");
  const auto found = f.cases().find(id, store::Audience::everybody());
  REQUIRE(*found);
  CHECK((*found)->version == 1);
  CHECK((*found)->owner == "li.wei");
  CHECK((*found)->due == f.now + std::chrono::hours(24));
  CHECK((*found)->incidents == std::vector{f.incidents[0], f.incidents[1]});
  CHECK(*f.cases().case_of(f.incidents[1]) == id);
  CHECK(f.cases().case_of(f.incidents[2])->empty());
  CHECK((*f.store->incident(f.incidents[0], store::Audience::everybody()))->case_state == "open");
  CHECK((*f.store->incident(f.incidents[0], store::Audience::everybody()))->case_id == id);
  CHECK((*f.store->incident(f.incidents[2], store::Audience::everybody()))->case_id.empty());
  const auto count = [&](std::string state) {
    store::IncidentFilter filter{.audience = store::Audience::everybody()};
    filter.case_state = std::move(state);
    return f.store->incidents(filter)->total;
  };
  CHECK(count("open") == 2);
  CHECK(count("any") == 2);
  CHECK(count("none") == 4);
  CHECK(count("closed") == 0);
  for (const char* none : {"C-000002", "C-1", "C-00000a", "", "C-99999999999999", "c-000001",
                           "R-000001", "C-000000", "R-000000", "R--00001"})
    CHECK_FALSE(f.cases().find(none, store::Audience::everybody())->has_value());
  CHECK(f.store->verify()->faults.empty());
}

TEST_CASE("An incident has one case at most, and a case none that is not kept") {
  Fixture f;
  f.open(f.fresh({f.incidents[0]}));
  CHECK(f.cases().open(f.fresh({f.incidents[1], f.incidents[0]}), f.event("opened")).error().code ==
        Errc::kExists);
  CHECK(f.cases().open(f.fresh({std::string(32, '0')}), f.event("opened")).error().code ==
        Errc::kNotFound);
  CHECK(f.cases().list({.audience = {true, true}})->total == 1);
  CHECK(f.cases().case_of(f.incidents[1])->empty());
}

TEST_CASE("A change against a stale version changes nothing") {
  Fixture f;
  const std::string id = f.open(f.fresh({f.incidents[0]}));
  const store::Case before = **f.cases().find(id, store::Audience::everybody());
  store::Case mine = before;
  mine.owner = "zhao";
  mine.marks = {{"step", "a.one", "zhao", f.now}};
  mine.incidents.push_back(f.incidents[1]);
  const std::vector events{f.event("owner")};
  REQUIRE(f.cases().change(before, mine, events));
  store::Case theirs = before;
  theirs.owner = "qian";
  CHECK(f.cases().change(before, theirs, events).error().code == Errc::kExists);
  const store::Case kept = **f.cases().find(id, store::Audience::everybody());
  CHECK(kept.owner == "zhao");
  CHECK(kept.version == 2);
  CHECK(kept.marks == mine.marks);
  CHECK(kept.incidents.size() == 2);
  CHECK(f.cases().history(id)->size() == 2);
}

TEST_CASE("A case's history can be added to, and the database refuses to change or remove a line") {
  Fixture f;
  const std::string id = f.open(f.fresh({f.incidents[0]}));
  REQUIRE(f.cases().note(id, f.event("note")));
  CHECK(f.cases().note("C-000009", f.event("note")).error().code == Errc::kNotFound);
  const auto history = *f.cases().history(id);
  REQUIRE(history.size() == 2);
  CHECK(history[0].what == "opened");
  CHECK(history[1].text == "备注");
  auto db = certs::SealedDatabase::open(f.folder / "collector.db", Secret(Bytes(32, 7)));
  REQUIRE(db);
  CHECK_FALSE(db->execute("UPDATE case_events SET by = 'somebody'"));
  CHECK_FALSE(db->execute("DELETE FROM case_events"));
  CHECK(f.cases().history(id)->size() == 2);
}

TEST_CASE("The list has what is due first at its top, tells overdue ones, and pages") {
  Fixture f;
  const std::string later = f.open(f.fresh({f.incidents[0]}, std::chrono::hours(48)));
  const std::string overdue = f.open(f.fresh({f.incidents[1]}, std::chrono::hours(-1)));
  store::Case secret = f.fresh({f.incidents[2]}, std::chrono::hours(1));
  secret.confidential = true;
  secret.title = "可疑交易";
  const std::string aml = f.open(secret);
  const std::string closed = f.open(f.fresh({f.incidents[3]}, std::chrono::hours(-9)));
  store::Case before = **f.cases().find(closed, store::Audience::everybody());
  store::Case after = before;
  after.state = store::CaseState::kClosed;
  after.closed = f.now;
  after.verdict = "test";
  REQUIRE(f.cases().change(before, after, {}));
  const auto ids = [&](const store::CaseFilter& filter) {
    std::vector<std::string> all;
    for (const store::Case& each : f.cases().list(filter)->cases) all.push_back(each.id);
    return all;
  };
  using Ids = std::vector<std::string>;
  CHECK(ids({.audience = {true, true}}) == Ids{overdue, aml, later, closed});
  CHECK(ids({.audience = {true, false}}) == Ids{overdue, later, closed});
  CHECK(ids({.audience = {false, true}}) == Ids{aml});
  CHECK(ids({}).empty());
  CHECK_FALSE(f.cases().find(aml, {.general = true})->has_value());
  CHECK(f.cases().find(aml, {.confidential = true})->has_value());
  CHECK_FALSE(f.cases().find(later, {})->has_value());
  CHECK(ids({.audience = {true, false}, .overdue_at = f.now}) == Ids{overdue});
  CHECK(ids({.audience = {true, false}, .not_closed = true}) == Ids{overdue, later});
  CHECK(ids({.audience = {true, true}, .state = store::CaseState::kClosed}) == Ids{closed});
  CHECK(ids({.audience = {true, true}, .verdict = "test"}) == Ids{closed});
  CHECK(ids({.audience = {true, true}, .text = "可疑"}) == Ids{aml});
  CHECK(ids({.audience = {true, true}, .text = "%"}).size() == 3);
  CHECK(ids({.audience = {true, true}, .text = "000001"}) == Ids{aml, later});
  CHECK(ids({.audience = {true, true}, .text = "R-"}) == Ids{aml});
  CHECK(ids({.audience = {true, true}, .offset = 1, .limit = 2}) == Ids{aml, later});
  CHECK(f.cases().list({.audience = {true, true}, .limit = 1})->total == 4);
}

TEST_CASE("A confidential case leaves no gap in the numbers of the others") {
  Fixture f;
  store::Case secret = f.fresh({f.incidents[0]});
  secret.confidential = true;
  CHECK(f.open(secret) == "R-000001");
  CHECK(f.open(f.fresh({f.incidents[1]})) == "C-000001");
  secret.incidents = {f.incidents[2]};
  CHECK(f.open(secret) == "R-000002");
  CHECK(f.open(f.fresh({f.incidents[3]})) == "C-000002");
  CHECK(*f.cases().case_of(f.incidents[2]) == "R-000002");
  const auto stored = f.store->incident(f.incidents[0], store::Audience::everybody());
  CHECK((*stored)->case_id == "R-000001");
  REQUIRE(f.cases().note("R-000002", f.event("note")));
  CHECK(f.cases().history("R-000002")->size() == 2);
  CHECK(f.cases().history("C-000002")->size() == 1);
  CHECK(f.store->verify()->faults.empty());
}

}  // namespace
}  // namespace huxin
