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
  SystemClock clock;
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
