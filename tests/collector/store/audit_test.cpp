#include <catch2/catch_test_macros.hpp>

#include <thread>

#include "certs/sealed_database.hpp"
#include "collector/store/store.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::store {
namespace {

/// A store, and a second connection for who has the database key and no respect.
struct Kept {
  test::TempDir folder;
  Secret key{Bytes(32, 'k')};
  std::unique_ptr<Store> store = open_sealed_store(folder / "collector.db", key).value();
  certs::SealedDatabase intruder =
      certs::SealedDatabase::open(folder / "collector.db", key).value();

  Audit& audit() { return store->audit(); }
  std::uint64_t add(const std::string& who, const std::string& what,
                    const std::string& result = "done", std::uint64_t begun = 0) {
    static std::int64_t ms = 1'772'000'000'000;
    const auto added = audit().append({.who = who,
                                       .origin = "127.0.0.1",
                                       .what = what,
                                       .target = "/users/li.wei",
                                       .result = result,
                                       .detail = "roles officer → reviewer",
                                       .begun = begun},
                                      Time(std::chrono::milliseconds(ms += 1000)));
    REQUIRE(added);
    return *added;
  }
  void add_five() {
    for (int i = 1; i <= 5; ++i) REQUIRE(add("admin", "POST /users") == static_cast<unsigned>(i));
  }
  void without_triggers(const std::string& sql) {
    REQUIRE(
        intruder.execute("DROP TRIGGER audit_is_not_changed; DROP TRIGGER audit_is_not_removed;"
                         "DROP TRIGGER audit_goes_on"));
    REQUIRE(intruder.execute(sql));
  }
};

TEST_CASE("Entries are numbered without a gap, read back as written, and chained") {
  Kept kept;
  CHECK(kept.audit().verify()->whole());
  CHECK(kept.audit().verify()->last == 0);
  const auto begun = kept.add("admin", "POST /users", "begun");
  CHECK(kept.add("admin", "POST /users", "done", begun) == 2);
  const auto page = kept.audit().page({});
  REQUIRE(page);
  CHECK(page->total == 2);
  CHECK(page->entries[0].sequence == 2);
  CHECK(page->entries[0].act.begun == 1);
  CHECK(page->entries[1].act.detail == "roles officer → reviewer");
  const auto check = kept.audit().verify();
  CHECK(check->whole());
  CHECK(check->entries == 2);
  CHECK(check->head == page->entries[0].hash);
}

TEST_CASE("The database refuses to change, remove or replace an entry, or to leave a number out") {
  Kept kept;
  kept.add_five();
  struct Row {
    const char* sql;
    const char* why;
  };
  for (const Row& row : {
           Row{"UPDATE audit SET who = 'x' WHERE sequence = 2", "changed"},
           Row{"UPDATE audit SET hash = x'00'", "re-hashed"},
           Row{"DELETE FROM audit WHERE sequence = 5", "the newest taken away"},
           Row{"DELETE FROM audit", "emptied"},
           Row{"INSERT OR REPLACE INTO audit SELECT sequence, time, 'x', origin, what, target, "
               "result, detail, begun, previous, hash FROM audit WHERE sequence = 2",
               "replaced, which asks no DELETE trigger"},
           Row{"INSERT INTO audit SELECT 9, time, who, origin, what, target, result, detail, "
               "begun, previous, hash FROM audit WHERE sequence = 5",
               "a gap"},
       }) {
    INFO(row.why);
    const Status done = kept.intruder.execute(row.sql);
    CHECK_FALSE(done);
  }
  CHECK(kept.audit().verify()->entries == 5);
  CHECK(kept.audit().verify()->whole());
}

TEST_CASE("Tampering by who holds the database key is found, and the first bad entry named") {
  struct Row {
    const char* sql;
    std::uint64_t bad;
    const char* what;
  };
  for (const Row& row : {
           Row{"UPDATE audit SET who = 'somebody else' WHERE sequence = 3", 3, "hash mismatch"},
           Row{"UPDATE audit SET time = time + 1 WHERE sequence = 1", 1, "hash mismatch"},
           Row{"UPDATE audit SET begun = 1 WHERE sequence = 4", 4, "hash mismatch"},
           // The length before each text: moving a letter between two fields is seen.
           Row{"UPDATE audit SET who = 'admin1', origin = '27.0.0.1' WHERE sequence = 2", 2,
               "hash mismatch"},
           Row{"DELETE FROM audit WHERE sequence = 2", 2, "missing"},
           Row{"DELETE FROM audit WHERE sequence = 5", 5, "missing"},
           Row{"UPDATE audit SET previous = x'00' WHERE sequence = 4", 4, "previous mismatch"},
           Row{"UPDATE audit SET hash = x'00' WHERE sequence = 4", 4, "hash mismatch"},
       }) {
    Kept kept;
    kept.add_five();
    kept.without_triggers(row.sql);
    INFO(row.sql);
    const auto check = kept.audit().verify();
    REQUIRE(check);
    CHECK(check->bad == row.bad);
    CHECK(check->what == row.what);
  }
}

TEST_CASE("A log written anew from its first entry shows by the head that was noted") {
  Kept kept;
  kept.add_five();
  const auto honest = kept.audit().verify();
  const Audit::Head noted{honest->last, honest->head};
  kept.add("admin", "POST /users");
  CHECK(kept.audit().verify(noted)->whole());
  kept.without_triggers("DELETE FROM audit; DELETE FROM sqlite_sequence WHERE name = 'audit'");
  for (int i = 0; i < 6; ++i) kept.add("nobody", "POST /session");
  CHECK(kept.audit().verify()->whole());
  CHECK(kept.audit().verify(noted)->bad == 5);
  CHECK(kept.audit().verify(noted)->what == "other head");
}

TEST_CASE("Two processes that write at once make one chain") {
  Kept kept;
  const auto other = open_sealed_store(kept.folder / "collector.db", kept.key).value();
  const auto write = [](Audit& audit) {
    for (int i = 0; i < 50; ++i)
      if (!audit.append({.who = "a", .what = "b"}, Time{})) std::abort();
  };
  std::jthread first([&] { write(kept.audit()); });
  std::jthread second([&] { write(other->audit()); });
  first.join();
  second.join();
  const auto check = kept.audit().verify();
  CHECK(check->whole());
  CHECK(check->entries == 100);
}

TEST_CASE("The list is filtered by who, what, time and refusal, page by page") {
  Kept kept;
  kept.add("admin", "POST /users");
  kept.add("li.wei", "GET /audit", "refused: forbidden");
  kept.add("li.wei", "POST /cases/{id}/notes");
  kept.add("li.wei", "DELETE /session", "failed: unavailable");
  const auto found = [&](AuditFilter filter) {
    std::vector<std::uint64_t> sequences;
    const auto page = kept.audit().page(filter);
    REQUIRE(page);
    for (const AuditEntry& entry : page->entries) sequences.push_back(entry.sequence);
    return std::pair(sequences, page->total);
  };
  using Found = std::pair<std::vector<std::uint64_t>, std::uint64_t>;
  CHECK(found({.who = "li.wei"}) == Found{{4, 3, 2}, 3});
  CHECK(found({.who = "li"}) == Found{{}, 0});
  CHECK(found({.what = "users"}) == Found{{4, 3, 2, 1}, 4});  // of the target
  CHECK(found({.what = "POST"}) == Found{{3, 1}, 2});
  CHECK(found({.what = "%"}) == Found{{}, 0});
  CHECK(found({.refused = true}) == Found{{4, 2}, 2});
  CHECK(found({.offset = 1, .limit = 2}) == Found{{3, 2}, 4});
  const Time second = kept.audit().page({})->entries[2].time;
  CHECK(found({.from = second}) == Found{{4, 3, 2}, 3});
  CHECK(found({.to = second}) == Found{{1}, 1});
}

TEST_CASE("A text over its limit is cut at a whole character and says so") {
  Kept kept;
  std::string longest;
  for (int i = 0; i < 300; ++i) longest += "户";
  kept.add(longest, "what");
  const std::string who = kept.audit().page({})->entries[0].act.who;
  CHECK(who.size() <= 512);
  CHECK(who.ends_with("户…"));
  CHECK(kept.audit().verify()->whole());
}

}  // namespace
}  // namespace huxin::store
