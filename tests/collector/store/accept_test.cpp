#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

const store::IncidentFilter kAll{.audience = store::Audience::everybody()};

struct Fixture {
  test::TempDir folder;
  Secret key{Bytes(32, 7)};
  Time now = SystemClock().now();
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  test::Device device;

  Fixture() {
    REQUIRE(certs::Authority::create(folder / "authority", "Bank", now));
    authority = *certs::Authority::open(folder / "authority");
    store = *store::open_sealed_store(folder / "collector.db", key);
    device.enrol(*store, *authority, now);
  }
  Result<store::Accepted> send(const record::Batch& batch) {
    return store->accept(device.id(), device.sha256(), batch, now);
  }
  /// What an operator who holds the database key can do.
  void tamper(const std::string& sql) {
    auto database = certs::SealedDatabase::open(folder / "collector.db", key);
    REQUIRE(database);
    REQUIRE(database->execute("PRAGMA foreign_keys = OFF"));
    REQUIRE(database->execute(sql));
  }
  std::vector<std::string> faults() {
    const auto checked = store->verify();
    REQUIRE(checked);
    std::vector<std::string> texts;
    for (const auto& fault : checked->faults)
      texts.push_back(fmt::format("{}-{} {}", fault.from, fault.to, fault.what));
    return texts;
  }
};

using Texts = std::vector<std::string>;

TEST_CASE("A batch is kept whole and its incidents are reported once") {
  Fixture f;
  const record::Batch batch = f.device.batch_of_incidents(20);
  const auto accepted = f.send(batch);
  REQUIRE(accepted);
  CHECK(accepted->through == 20);
  CHECK(accepted->kept == 20);
  CHECK(accepted->incidents.size() == 20);
  CHECK(accepted->incidents.front().incident.findings_size() == 1);
  const auto again = f.send(batch);
  REQUIRE(again);
  CHECK(again->through == 20);
  CHECK(again->kept == 0);
  CHECK(again->repeated == 20);
  CHECK(again->incidents.empty());
  CHECK(f.store->incidents(kAll)->total == 20);
  CHECK(f.faults().empty());
}

TEST_CASE("An overlapping resend keeps only what is new") {
  Fixture f;
  std::vector<record::Record> links;
  for (int i = 0; i < 30; ++i) links.push_back(f.device.append_incident());
  REQUIRE(f.send(f.device.batch({links.begin(), links.begin() + 20})));
  const auto accepted = f.send(f.device.batch({links.begin() + 10, links.end()}));
  REQUIRE(accepted);
  CHECK(accepted->through == 30);
  CHECK(accepted->kept == 10);
  CHECK(accepted->repeated == 10);
}

TEST_CASE("A second version of history is refused and changes nothing") {
  Fixture f;
  REQUIRE(f.send(f.device.batch_of_incidents(5)));
  const std::string head = f.device.head();
  test::Device& device = f.device;
  device.rewind(0, std::string(as_text(record::kGenesis)));
  const auto forked = f.send(device.batch_of_incidents(7));
  REQUIRE_FALSE(forked);
  CHECK(forked.error().code == Errc::kCorrupt);
  CHECK(forked.error().context.contains("record 1"));
  CHECK(f.store->terminal(device.id())->value().accepted_through == 5);
  device.rewind(5, head);
  CHECK(f.send(device.batch_of_incidents(1)));
  CHECK(f.faults().empty());
}

TEST_CASE("What a batch cannot carry") {
  Fixture f;
  record::Batch batch = f.device.batch_of_incidents(3);
  const auto refused = [&](Errc code) {
    const auto result = f.send(batch);
    return !result && result.error().code == code && f.store->incidents(kAll)->total == 0;
  };
  SECTION("a payload that its hash does not cover") {
    batch.mutable_records(1)->mutable_payload()->append("x");
    CHECK(refused(Errc::kCorrupt));
  }
  SECTION("no head signature") {
    batch.clear_head_signature();
    CHECK(refused(Errc::kCorrupt));
  }
  SECTION("a head signature of another device") {
    test::Device stranger;
    batch = stranger.batch({batch.records().begin(), batch.records().end()});
    CHECK(refused(Errc::kCorrupt));
  }
  SECTION("descending sequences") {
    batch.mutable_records()->SwapElements(0, 2);
    CHECK(refused(Errc::kInvalid));
  }
  SECTION("sequence zero") {
    batch.mutable_records(0)->set_sequence(0);
    CHECK(refused(Errc::kInvalid));
  }
  SECTION("a sequence that no integer of the database holds") {
    batch.mutable_records(2)->set_sequence(~0ULL);
    CHECK(refused(Errc::kInvalid));
  }
  SECTION("a hash of another length") {
    batch.mutable_records(0)->set_hash("short");
    CHECK(refused(Errc::kInvalid));
  }
  SECTION("over 500 records") {
    batch = f.device.batch_of_incidents(501);
    CHECK(refused(Errc::kTooLarge));
  }
}

TEST_CASE("A gap is kept, named, and closes when the missing records come") {
  Fixture f;
  std::vector<record::Record> links;
  for (int i = 0; i < 10; ++i) links.push_back(f.device.append_incident());
  REQUIRE(f.send(f.device.batch({links.begin(), links.begin() + 3})));
  const auto accepted = f.send(f.device.batch({links.begin() + 6, links.end()}));
  REQUIRE(accepted);
  CHECK(accepted->through == 10);
  CHECK(f.faults() == Texts{"4-6 missing"});
  REQUIRE(f.send(f.device.batch({links.begin() + 3, links.begin() + 6})));
  CHECK(f.store->terminal(f.device.id())->value().accepted_through == 10);
  CHECK(f.faults().empty());
}

TEST_CASE("A terminal that lost its journal goes on, and the break is named") {
  Fixture f;
  REQUIRE(f.send(f.device.batch_of_incidents(3)));
  f.device.rewind(3, std::string(as_text(record::kGenesis)));
  const auto accepted = f.send(f.device.batch_of_incidents(2));
  REQUIRE(accepted);
  CHECK(accepted->through == 5);
  CHECK(f.faults() == Texts{"4-4 previous mismatch"});
}

TEST_CASE("A payload that cannot be read stays in the chain") {
  Fixture f;
  const record::Record link = record::make_link(1, record::kGenesis, "\xff\xff not protobuf");
  const auto accepted = f.send(f.device.batch({link}));
  REQUIRE(accepted);
  CHECK(accepted->incidents.empty());
  CHECK(accepted->unreadable == 1);
  CHECK(f.store->unreadable() == 1U);
  CHECK(f.store->verify()->unreadable == 1);
  CHECK(f.faults().empty());
}

TEST_CASE("The newest outcome of an incident is shown, and a changed one is named") {
  Fixture f;
  record::Payload incident, first, second, coverage;
  *incident.mutable_incident() = test::sample_incident(1);
  const std::string id = incident.incident().id();
  first.mutable_outcome()->set_incident(id);
  first.mutable_outcome()->set_outcome("failed: interrupted");
  second = first;
  second.mutable_outcome()->set_outcome("quarantined");
  coverage.mutable_coverage()->set_reason("encrypted");
  coverage.mutable_coverage()->set_count(3);
  std::vector<record::Record> links;
  for (const auto* payload : {&incident, &first, &second, &coverage, &coverage})
    links.push_back(f.device.append(*payload));
  REQUIRE(f.send(f.device.batch(links)));
  const auto page = f.store->incidents(kAll);
  REQUIRE(page);
  REQUIRE(page->incidents.size() == 1);
  CHECK(page->incidents[0].incident.outcome() == "quarantined");
  CHECK((*f.store->incident(page->incidents[0].id, kAll.audience))->incident.outcome() ==
        "quarantined");
  std::size_t streamed = 0;
  CHECK(f.store->each_incident(kAll, [&](auto&&) { ++streamed; }));
  CHECK(streamed == 1);
  CHECK(f.store->terminal(f.device.id())->value().coverage ==
        std::vector<std::pair<std::string, std::uint64_t>>{{"encrypted", 6}});
  CHECK(f.faults().empty());
  f.tamper("UPDATE outcomes SET outcome = 'none'");
  CHECK_FALSE(f.faults().empty());
}

TEST_CASE("An incident id that is another's does not hide either") {
  Fixture f;
  std::vector<record::Record> links;
  record::Payload payload;
  *payload.mutable_incident() = test::sample_incident(1);
  links.push_back(f.device.append(payload));
  links.push_back(f.device.append(payload));
  payload.mutable_incident()->set_id("short");
  links.push_back(f.device.append(payload));
  REQUIRE(f.send(f.device.batch(links)));
  CHECK(f.store->incidents(kAll)->total == 3);
  CHECK(f.faults().empty());
}

TEST_CASE("What an operator with the key changes is named") {
  struct Row {
    const char* change;
    const char* sql;
    Texts faults;
  };
  const std::vector<Row> rows{
      {"a byte of a record",
       "UPDATE records SET payload = CAST(replace(payload, 'li.wei', 'li.wex') AS BLOB) WHERE "
       "sequence = 2",
       {"2-2 hash mismatch", "2-2 list entry differs from the record"}},
      {"a record made unreadable",
       "UPDATE records SET payload = x'ff' WHERE sequence = 2",
       {"2-2 hash mismatch", "0-0 list entry without a record"}},
      {"a record and its hash, made to fit",
       "UPDATE records SET hash = zeroblob(32) WHERE sequence = 5",
       {"5-5 hash mismatch", "5-5 signed with another hash"}},
      {"a record deleted",
       "DELETE FROM incident_tags WHERE sequence = 3; DELETE FROM incidents WHERE sequence = 3; "
       "DELETE FROM records WHERE sequence = 3",
       {"3-3 missing"}},
      {"the newest record deleted",
       "DELETE FROM incident_tags WHERE sequence = 5; DELETE FROM incidents WHERE "
       "sequence = 5; DELETE FROM records WHERE sequence = 5",
       {"5-5 missing, though its head was signed"}},
      {"the severity in the list",
       "UPDATE incidents SET severity = 4 WHERE sequence = 2 AND severity <> 4",
       {"2-2 list entry differs from the record"}},
      {"an incident hidden from the list",
       "DELETE FROM incident_tags WHERE sequence = 1; DELETE FROM incidents WHERE "
       "sequence = 1",
       {"1-1 list entry differs from the record"}},
      {"a tag",
       "DELETE FROM incident_tags WHERE sequence = 4 AND kind = 'domain'",
       {"4-4 list entry differs from the record"}},
      {"a head signature", "UPDATE heads SET signature = zeroblob(70)", {"5-5 bad signature"}},
      {"the heads deleted", "DELETE FROM heads", {"1-5 no head signature"}},
      {"another certificate put in",
       "UPDATE certificates SET der = zeroblob(10)",
       {"5-5 bad signature"}},
  };
  for (const Row& row : rows) {
    INFO(row.change);
    Fixture f;
    REQUIRE(f.send(f.device.batch_of_incidents(5)));
    f.tamper(row.sql);
    Texts found = f.faults();
    if (row.change == std::string("a record and its hash, made to fit")) {
      std::erase(found, "5-5 list entry differs from the record");
    }
    CHECK(found == row.faults);
  }
}

TEST_CASE("The database gives nothing away without its key") {
  Fixture f;
  REQUIRE(f.send(f.device.batch_of_incidents(5)));
  CHECK_FALSE(store::open_sealed_store(f.folder / "collector.db", Secret(Bytes(32, 8))));
}

}  // namespace
}  // namespace huxin
