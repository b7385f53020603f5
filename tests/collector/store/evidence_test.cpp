#include "collector/store/evidence.hpp"

#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

using std::chrono::hours;
constexpr store::Audience kAll = store::Audience::everybody();

struct Fixture {
  test::TempDir folder;
  Time now = SystemClock().now();
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  test::Device device;
  std::vector<std::string> incidents;
  int made = 0;

  Fixture() {
    REQUIRE(certs::Authority::create(folder / "authority", "Bank", now));
    authority = *certs::Authority::open(folder / "authority");
    store = *store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7)));
    device.enrol(*store, *authority, now);
    REQUIRE(store->accept(device.id(), device.sha256(), device.batch_of_incidents(30), now));
    REQUIRE(store->each_incident({.audience = kAll},
                                 [&](auto&& each) { incidents.push_back(each.id); }));
    REQUIRE(keys().add(key("li.wei", "aa")));
  }
  store::ReviewerKeys& keys() { return store->reviewer_keys(); }
  store::Reveals& reveals() { return store->reveals(); }
  store::ReviewerKey key(std::string user, std::string sha256) {
    return {std::move(sha256), std::move(user), Bytes{1, 2}, "locked", now, {}};
  }
  store::Reveal fresh(std::size_t incident = 0) {
    store::Reveal reveal;
    reveal.id = fmt::format("{:032}", ++made);
    reveal.incident = incidents.at(incident);
    reveal.requester = "li.wei";
    reveal.requester_key = "aa";
    reveal.reason = "核实客户投诉";
    reveal.requested = now;
    reveal.expires = now + hours(24);
    return reveal;
  }
  std::string ask(std::size_t incident = 0) {
    const store::Reveal reveal = fresh(incident);
    REQUIRE(reveals().request(reveal));
    return reveal.id;
  }
  store::RevealState state(const std::string& id, Time at) {
    return (*reveals().find(id, kAll, at))->state;
  }
};

using enum store::RevealState;

TEST_CASE("A newer key takes a user's earlier one's place, which stays for older evidence") {
  Fixture f;
  REQUIRE(f.keys().add(f.key("wang", "bb")));
  store::ReviewerKey newer = f.key("li.wei", "cc");
  newer.added += hours(1);
  REQUIRE(f.keys().add(newer));
  CHECK(f.keys().add(f.key("zhao", "cc")).error().code == Errc::kExists);
  const auto own = *f.keys().of("li.wei");
  REQUIRE(own.size() == 2);
  CHECK(own[0].sha256 == "cc");
  CHECK_FALSE(own[0].retired);
  CHECK(own[1].retired);
  const auto current = *f.keys().current();
  REQUIRE(current.size() == 2);
  CHECK(current[0].sha256 == "cc");
  CHECK(current[1].user == "wang");
  CHECK((*f.keys().find("aa"))->locked == "locked");
  CHECK_FALSE(f.keys().find("dd")->has_value());
  for (int i = 0; i < 30; ++i) REQUIRE(f.keys().add(f.key("li.wei", fmt::format("k{}", i))));
  CHECK(f.keys().add(f.key("li.wei", "one too many")).error().code == Errc::kTooLarge);
  CHECK(f.keys().current()->size() == 2);
}

TEST_CASE(
    "What a second reviewer hands over reaches the requester alone, and goes when its hour is "
    "over") {
  Fixture f;
  const std::string id = f.ask();
  const Bytes package{9, 9, 9};
  CHECK_FALSE(f.reveals().take(id, "li.wei", f.now)->has_value());
  CHECK(f.reveals().approve(id, "li.wei", package, f.now, f.now + hours(1)).error().code ==
        Errc::kDenied);
  REQUIRE(f.reveals().approve(id, "wang", package, f.now, f.now + hours(1)));
  CHECK(f.reveals().approve(id, "zhao", package, f.now, f.now + hours(1)).error().code ==
        Errc::kExists);
  CHECK_FALSE(f.reveals().take(id, "zhao", f.now)->has_value());
  CHECK(**f.reveals().take(id, "li.wei", f.now) == package);
  CHECK(**f.reveals().take(id, "li.wei", f.now + hours(1) - std::chrono::milliseconds(1)) ==
        package);
  const auto kept = **f.reveals().find(id, kAll, f.now);
  CHECK(kept.state == kApproved);
  CHECK(kept.reviewer == "wang");
  CHECK(kept.taken == f.now);
  CHECK_FALSE(f.reveals().take(id, "li.wei", f.now + hours(1))->has_value());
  CHECK(f.state(id, f.now + hours(1)) == kExpired);
  CHECK(*f.reveals().expire(f.now) == 0);
  CHECK(*f.reveals().expire(f.now + hours(1)) == 1);
  CHECK(f.state(id, f.now) == kExpired);
  CHECK_FALSE(f.reveals().take(id, "li.wei", f.now)->has_value());
}

TEST_CASE("A request ends by a refusal, by being taken back, or by itself, and is answered once") {
  Fixture f;
  const std::string refused = f.ask(0);
  CHECK(f.reveals().refuse(refused, "li.wei", "不", f.now).error().code == Errc::kDenied);
  REQUIRE(f.reveals().refuse(refused, "wang", "理由不足", f.now));
  CHECK((*f.reveals().find(refused, kAll, f.now))->answer == "理由不足");
  CHECK(f.reveals().refuse(refused, "wang", "再次", f.now).error().code == Errc::kExists);
  const std::string withdrawn = f.ask(0);
  CHECK(f.reveals().withdraw(withdrawn, "wang", f.now).error().code == Errc::kDenied);
  REQUIRE(f.reveals().withdraw(withdrawn, "li.wei", f.now));
  CHECK(f.reveals().approve(withdrawn, "wang", Bytes{1}, f.now, f.now + hours(1)).error().code ==
        Errc::kExists);
  const std::string late = f.ask(0);
  CHECK(f.state(late, f.now + hours(24)) == kExpired);
  CHECK(f.reveals()
            .approve(late, "wang", Bytes{1}, f.now + hours(24), f.now + hours(25))
            .error()
            .code == Errc::kExists);
  CHECK(f.reveals().refuse("no such", "wang", "x", f.now).error().code == Errc::kNotFound);
  const std::string taken_back = f.ask(1);
  REQUIRE(f.reveals().approve(taken_back, "wang", Bytes{1}, f.now, f.now + hours(1)));
  REQUIRE(f.reveals().withdraw(taken_back, "li.wei", f.now));
  CHECK_FALSE(f.reveals().take(taken_back, "li.wei", f.now)->has_value());
}

TEST_CASE("One request of one officer waits for an incident, and twenty in all") {
  Fixture f;
  f.ask(0);
  CHECK(f.reveals().request(f.fresh(0)).error().code == Errc::kExists);
  store::Reveal later = f.fresh(0);
  later.requested += hours(24);
  later.expires = later.requested + hours(24);
  CHECK(f.reveals().request(later));
  for (std::size_t i = 1; i < 19; ++i) f.ask(i);
  store::Reveal more = f.fresh(21);
  CHECK(f.reveals().request(more).error().code == Errc::kTooLarge);
}

TEST_CASE(
    "Requests are listed newest first to those who may see their incident, and none is ever "
    "removed") {
  Fixture f;
  const std::string first = f.ask(0);
  store::Reveal secret = f.fresh(1);
  secret.confidential = true;
  REQUIRE(f.reveals().request(secret));
  const auto ids = [&](const store::RevealFilter& filter) {
    std::vector<std::string> all;
    for (const store::Reveal& each : f.reveals().list(filter, f.now)->reveals)
      all.push_back(each.id);
    return all;
  };
  using Ids = std::vector<std::string>;
  CHECK(ids({.audience = kAll}) == Ids{secret.id, first});
  CHECK(ids({.audience = {.general = true}}) == Ids{first});
  CHECK(ids({.audience = {.confidential = true}}) == Ids{secret.id});
  CHECK(ids({}).empty());
  CHECK(ids({.audience = kAll, .state = kRequested, .incident = f.incidents[0]}) == Ids{first});
  CHECK(ids({.audience = kAll, .requester = "wang"}).empty());
  CHECK(f.reveals().list({.audience = kAll, .limit = 1}, f.now)->total == 2);
  CHECK(f.reveals().list({.audience = kAll, .state = kRequested}, f.now + hours(24))->total == 0);
  CHECK_FALSE(f.reveals().find(secret.id, {.general = true}, f.now)->has_value());
  auto db = certs::SealedDatabase::open(f.folder / "collector.db", Secret(Bytes(32, 7)));
  REQUIRE(db);
  CHECK_FALSE(db->execute("DELETE FROM reveals"));
  CHECK_FALSE(db->execute("DELETE FROM reviewer_keys"));
  CHECK_FALSE(db->execute("UPDATE reveals SET reviewer = requester"));
}

}  // namespace
}  // namespace huxin
