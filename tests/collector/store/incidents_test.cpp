#include <catch2/catch_test_macros.hpp>

#include "certs/sealed_database.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin {
namespace {

const store::IncidentFilter kAll{.audience = store::Audience::everybody()};

struct Fixture {
  test::TempDir folder;
  Time now = SystemClock().now();
  std::unique_ptr<certs::Authority> authority;
  std::unique_ptr<store::Store> store;
  test::Device device;

  Fixture() {
    REQUIRE(certs::Authority::create(folder / "authority", "Bank", now));
    authority = *certs::Authority::open(folder / "authority");
    store = *store::open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7)));
    device.enrol(*store, *authority, now);
    REQUIRE(store->accept(device.id(), device.sha256(), device.batch_of_incidents(40), now));
  }
  std::uint64_t count(const store::IncidentFilter& filter) {
    return store->incidents(filter)->total;
  }
};

store::IncidentFilter with_text(std::string text) {
  store::IncidentFilter filter{.audience = store::Audience::everybody()};
  filter.text = std::move(text);
  return filter;
}

TEST_CASE("Each filter narrows the list as its column says") {
  Fixture f;
  store::IncidentFilter filter{.audience = store::Audience::everybody()};
  CHECK(f.count(filter) == 40);
  SECTION("severity") {
    filter.severity = 2;
    CHECK(f.count(filter) == 10);
  }
  SECTION("channel") {
    filter.channel = 4;
    CHECK(f.count(filter) == 20);
  }
  SECTION("element") {
    filter.element = 6;
    CHECK(f.count(filter) == 20);
    filter.element = 60;
    CHECK(f.count(filter) == 0);
  }
  SECTION("domain") {
    filter.domain = "payment";
    CHECK(f.count(filter) == 40);
    filter.domain = "aml";
    CHECK(f.count(filter) == 0);
  }
  SECTION("time is half-open") {
    filter.from = Time(std::chrono::milliseconds(1'772'000'001'000));
    filter.to = Time(std::chrono::milliseconds(1'772'000'003'000));
    CHECK(f.count(filter) == 2);
  }
  SECTION("branch and user") {
    filter.branch = "南京路支行";
    filter.user = "li.wei";
    CHECK(f.count(filter) == 40);
    filter.user = "somebody";
    CHECK(f.count(filter) == 0);
  }
}

TEST_CASE("A text is looked for as it is, whatever SQL makes of its characters") {
  Fixture f;
  CHECK(f.count(with_text("UPLOAD.example")) == 40);
  CHECK(f.count(with_text("客户_7%名单")) == 1);
  CHECK(f.count(with_text("客户_7_名单")) == 0);
  CHECK(f.count(with_text("%")) == 40);
  CHECK(f.count(with_text("100%")) == 0);
  CHECK(f.count(with_text("' OR 1=1 --")) == 0);
  CHECK(f.count(with_text("\\")) == 0);
  CHECK(f.count(with_text("teller-01")) == 40);
}

TEST_CASE("Pages follow one another, newest first, without findings and evidence") {
  Fixture f;
  store::IncidentFilter filter{.audience = store::Audience::everybody()};
  filter.limit = 15;
  std::vector<std::uint64_t> sequences;
  for (filter.offset = 0; filter.offset < 60; filter.offset += filter.limit) {
    const auto page = f.store->incidents(filter);
    REQUIRE(page);
    CHECK(page->total == 40);
    for (const auto& stored : page->incidents) {
      sequences.push_back(stored.sequence);
      CHECK(stored.incident.findings_size() == 0);
      CHECK(stored.incident.evidence().empty());
      CHECK(stored.incident.counts_size() == 1);
    }
  }
  REQUIRE(sequences.size() == 40);
  CHECK(std::ranges::is_sorted(sequences, std::greater{}));
}

TEST_CASE("One incident comes whole") {
  Fixture f;
  const auto page = f.store->incidents(kAll);
  const auto found = f.store->incident(page->incidents.front().id, kAll.audience);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->incident.findings_size() == 1);
  CHECK((*found)->incident.evidence() == "sealed");
  CHECK((*found)->branch == "南京路支行");
  CHECK_FALSE(f.store->incident("00000000000000000000000000000000", kAll.audience)->has_value());
}

TEST_CASE("The summary counts all, and by day") {
  Fixture f;
  const auto summary = f.store->summary(Time{}, kAll.audience);
  REQUIRE(summary);
  CHECK(summary->severities == store::SeverityCounts{0, 10, 10, 10, 10});
  REQUIRE(summary->days.size() == 1);
  CHECK(summary->days.front().second == store::SeverityCounts{0, 10, 10, 10, 10});
}

/// Five more incidents: two of anti-money-laundering, by element and by domain; three near misses.
struct Confidential : Fixture {
  std::vector<std::string> ids;

  Confidential() {
    const auto add = [&](std::uint32_t element, std::vector<std::string> domains) {
      record::Payload payload;
      record::Incident& incident = *payload.mutable_incident() = test::sample_incident(7);
      incident.mutable_counts(0)->set_element(element);
      incident.clear_domains();
      for (const std::string& domain : domains) incident.add_domains(domain);
      ids.push_back(to_hex(as_bytes(incident.id())));
      REQUIRE(
          store->accept(device.id(), device.sha256(), device.batch({device.append(payload)}), now));
    };
    add(71, {"it"});
    add(1, {"aml"});
    add(69, {"credit"});
    add(75, {});
    add(1, {"aml", "credit", "it", "payment"});
  }
};

TEST_CASE(
    "Confidential incidents are in no list, total, figure or detail of who may not see them") {
  Confidential f;
  using store::Audience;
  using enum store::Role;
  struct Row {
    store::Roles roles;
    std::uint64_t general, confidential;
    const char* why;
  };
  for (const Row& row : {
           Row{{kOfficer}, 43, 0, "an officer"},
           Row{{kReviewer}, 43, 0, "a second reviewer"},
           Row{{kCompliance}, 43, 0, "compliance drills down"},
           Row{{kAmlReviewer}, 0, 2, "an AML reviewer has no other business"},
           Row{{kOfficer, kAmlReviewer}, 43, 2, "both"},
           Row{{kSystemAdmin}, 0, 0, "an administrator"},
           Row{{kAuditor}, 0, 0, "an auditor"},
           Row{{kInspector}, 0, 0, "an external inspector"},
           Row{{}, 0, 0, "nobody"},
       }) {
    INFO(row.why);
    const Audience audience = Audience::of(row.roles);
    const auto page = f.store->incidents({.audience = audience, .limit = 500});
    REQUIRE(page);
    CHECK(page->total == row.general + row.confidential);
    CHECK(page->incidents.size() == row.general + row.confidential);
    CHECK(f.count({.audience = audience, .element = 71}) == (row.confidential > 0 ? 1 : 0));
    CHECK(f.count({.audience = audience, .domain = "aml"}) ==
          (row.confidential > 0 ? 1 : 0) + (row.general > 0 ? 1 : 0));
    std::uint64_t streamed = 0;
    CHECK(f.store->each_incident({.audience = audience}, [&](auto&&) { ++streamed; }));
    CHECK(streamed == page->total);
    const auto summary = f.store->summary(Time{}, audience);
    REQUIRE(summary);
    std::uint64_t by_severity = 0, by_day = 0;
    for (const std::uint64_t count : summary->severities) by_severity += count;
    for (const auto& [day, counts] : summary->days)
      for (const std::uint64_t count : counts) by_day += count;
    CHECK(by_severity == page->total);
    CHECK(by_day == page->total);
    for (std::size_t i = 0; i < f.ids.size(); ++i) {
      const auto found = f.store->incident(f.ids[i], audience);
      REQUIRE(found);
      CHECK(found->has_value() == audience.sees(i < 2));
    }
  }
}

TEST_CASE("A filter that names no audience finds nothing") {
  Fixture f;
  CHECK(f.count({}) == 0);
  CHECK(store::seen_by({}, "i") == "0");
  CHECK(store::seen_by({.confidential = true}, "i") == "i.confidential = 1");
}

TEST_CASE("Making a confidential incident public in the list is found by verify") {
  Confidential f;
  CHECK(f.store->verify()->faults.empty());
  auto intruder =
      certs::SealedDatabase::open(f.folder / "collector.db", Secret(Bytes(32, 7))).value();
  REQUIRE(intruder.execute("UPDATE incidents SET confidential = 0 WHERE confidential = 1"));
  const auto checked = f.store->verify();
  REQUIRE(checked->faults.size() == 2);
  CHECK(checked->faults[0].what == "list entry differs from the record");
}

}  // namespace
}  // namespace huxin
