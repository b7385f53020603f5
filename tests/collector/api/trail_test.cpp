#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "collector/api/error.hpp"
#include "collector/api/trail.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::api {
namespace {

struct Written {
  test::TempDir folder;
  Secret key{Bytes(32, 'k')};
  test::FakeClock clock{from_rfc3339("2026-03-02T08:00:00Z").value()};
  http::Tally tally;
  std::unique_ptr<store::Store> store =
      store::open_sealed_store(folder / "collector.db", key).value();
  Trail trail{Desk{*store, clock, tally}};
  http::Request request{"POST", "/api/things/7", "secret=1", {}, "a body", {"10.0.0.9", {}, {}}};
  int calls = 0;

  http::Response make(const Route& route) {
    Call call{request, {"7"}, "token", {.name = "li.wei"}};
    return trail.carry_out(route, call);
  }
  Route route(std::string_view method, Audited audited = Audited::kChanges,
              std::string_view fault = {}) {
    return {method, "/things/{id}", Access::any_role(),
            [this, fault](const Call& call) {
              ++calls;
              call.note("one");
              call.note("two");
              return fault.empty() ? http::Response{} : error(fault);
            },
            audited};
  }
  std::vector<store::AuditEntry> entries() { return store->audit().page({})->entries; }
};

TEST_CASE("A change is written down before it is made, and with its result after") {
  Written written;
  CHECK(written.make(written.route("POST")).status == 200);
  const auto entries = written.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[1].act.result == "begun");
  CHECK(entries[1].act.who == "li.wei");
  CHECK(entries[1].act.origin == "10.0.0.9");
  CHECK(entries[1].act.what == "POST /things/{id}");
  CHECK(entries[1].act.target == "/api/things/7");
  CHECK(entries[0].act.result == "done");
  CHECK(entries[0].act.begun == 1);
  CHECK(entries[0].act.detail == "one; two");
}

TEST_CASE("What fails says so, a plain look leaves no trace, a reveal does") {
  Written written;
  written.make(written.route("DELETE", Audited::kChanges, "not_found"));
  CHECK(written.entries()[0].act.result == "refused: not_found");
  written.make(written.route("PUT", Audited::kChanges, "unavailable"));
  CHECK(written.entries()[0].act.result == "failed: unavailable");
  written.make(written.route("GET"));
  CHECK(written.entries().size() == 4);
  written.make(written.route("GET", Audited::kAlways));
  CHECK(written.entries().size() == 6);
  const Route thrown{"POST", "/things/{id}", Access::any_role(),
                     [](const Call&) -> http::Response { throw std::runtime_error("no"); }};
  CHECK_THROWS(written.make(thrown));
  CHECK(written.entries()[0].act.result == "failed: internal");
}

TEST_CASE("Of a refusal that is repeated the first is written down, and then the count") {
  Written written;
  const Route route = written.route("POST");
  const auto refuse = [&](std::string_view who, std::string_view why) {
    const Call call{written.request, {"7"}, "token", {.name = std::string(who)}};
    CHECK(error_code_of(written.trail.refused(route, call, error(why))) == why);
  };
  for (int i = 0; i < 1000; ++i) refuse("li.wei", "forbidden");
  CHECK(written.entries().size() == 1);
  refuse("li.wei", "csrf");  // another kind of refusal, and somebody else's, stand by themselves
  refuse("wang.fang", "forbidden");
  CHECK(written.entries().size() == 3);
  written.trail.settle();
  CHECK(written.entries().size() == 3);  // the minute is not over

  written.clock.advance(std::chrono::minutes(1));
  written.request.path = "/api/things/8";
  refuse("wang.fang", "forbidden");
  auto entries = written.entries();
  REQUIRE(entries.size() == 5);  // the count of the minute before, and the first of a new one
  CHECK(entries[1].act.who == "li.wei");
  CHECK(entries[1].act.result == "refused: forbidden");
  CHECK(entries[1].act.target == "/api/things/7");
  CHECK(entries[1].act.origin == "10.0.0.9");
  CHECK(entries[1].act.detail.contains("repeated 999 ×"));
  CHECK(entries[0].act.target == "/api/things/8");
  refuse("wang.fang", "forbidden");
  written.trail.settle(true);  // the end of the collector
  entries = written.entries();
  REQUIRE(entries.size() == 6);
  CHECK(entries[0].act.detail.contains("repeated 1 ×"));
  written.trail.settle(true);
  CHECK(written.entries().size() == 6);
  CHECK(written.store->audit().verify()->whole());
}

TEST_CASE("A count that cannot be written down yet is not lost") {
  Written written;
  const Route route = written.route("POST");
  const Call call{written.request, {"7"}, "token", {.name = "li.wei"}};
  written.trail.refused(route, call, error("forbidden"));
  written.trail.refused(route, call, error("forbidden"));
  written.clock.advance(std::chrono::minutes(1));
  auto other = certs::SealedDatabase::open(written.folder / "collector.db", written.key).value();
  REQUIRE(other.execute("ALTER TABLE audit RENAME TO away"));
  written.trail.settle();
  REQUIRE(other.execute("ALTER TABLE away RENAME TO audit"));
  written.trail.settle();
  const auto entries = written.entries();
  REQUIRE(entries.size() == 2);
  CHECK(entries[0].act.detail.contains("repeated 1 ×"));
}

TEST_CASE("Whoever has sixty changes refused in a minute is heard again when it is over") {
  Written written;
  const Route failing = written.route("POST", Audited::kChanges, "bad_json");
  for (int i = 0; i < 60; ++i) CHECK(written.make(failing).status == 400);
  CHECK(written.calls == 60);
  CHECK(written.store->audit().page({})->total == 120);
  for (int i = 0; i < 500; ++i) CHECK(written.make(failing).status == 429);
  CHECK(written.make(written.route("PUT")).status == 429);
  CHECK(written.calls == 60);
  CHECK(written.store->audit().page({})->total == 122);
  CHECK(written.make(written.route("GET")).status == 200);  // looking is free
  written.clock.advance(std::chrono::minutes(1));
  CHECK(written.make(written.route("PUT")).status == 200);
  written.trail.settle(true);
  const auto entries = written.entries();
  CHECK(std::ranges::any_of(entries, [](const store::AuditEntry& entry) {
    return entry.act.result == "refused: too_many_refused" &&
           entry.act.detail.contains("repeated 499 ×");
  }));
}

TEST_CASE("What cannot be written down is not done") {
  Written written;
  auto intruder = certs::SealedDatabase::open(written.folder / "collector.db", written.key).value();
  REQUIRE(intruder.execute("DROP TABLE audit"));
  const http::Response answer = written.make(written.route("POST"));
  CHECK(answer.status == 503);
  CHECK(error_code_of(answer) == "audit_unavailable");
  CHECK(written.calls == 0);
}

TEST_CASE("A result that cannot be written down is told, since the change was made") {
  Written written;
  auto intruder = certs::SealedDatabase::open(written.folder / "collector.db", written.key).value();
  const Route route{"POST", "/things/{id}", Access::any_role(), [&](const Call&) {
                      REQUIRE(intruder.execute("DROP TABLE audit"));
                      return http::Response{};
                    }};
  CHECK(error_code_of(written.make(route)) == "audit_unfinished");
}

}  // namespace
}  // namespace huxin::api
