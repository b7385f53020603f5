#include <catch2/catch_test_macros.hpp>

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
  store::IncidentFilter filter;
  filter.text = std::move(text);
  return filter;
}

TEST_CASE("Each filter narrows the list as its column says") {
  Fixture f;
  store::IncidentFilter filter;
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
  store::IncidentFilter filter;
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
  const auto page = f.store->incidents({});
  const auto found = f.store->incident(page->incidents.front().id);
  REQUIRE(found);
  REQUIRE(*found);
  CHECK((*found)->incident.findings_size() == 1);
  CHECK((*found)->incident.evidence() == "sealed");
  CHECK((*found)->branch == "南京路支行");
  CHECK_FALSE(f.store->incident("00000000000000000000000000000000")->has_value());
}

TEST_CASE("The summary counts all, and by day") {
  Fixture f;
  const auto summary = f.store->summary(Time{});
  REQUIRE(summary);
  CHECK(summary->severities == store::SeverityCounts{0, 10, 10, 10, 10});
  REQUIRE(summary->days.size() == 1);
  CHECK(summary->days.front().second == store::SeverityCounts{0, 10, 10, 10, 10});
}

}  // namespace
}  // namespace huxin
