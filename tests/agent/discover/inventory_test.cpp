#include "agent/discover/inventory.hpp"

#include <fcntl.h>
#include <sys/stat.h>

#include <fstream>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "policy/base/file.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::discover {
namespace {

using namespace std::chrono_literals;
using test::must;

constexpr Time kNow{std::chrono::milliseconds(1'800'000'000'000)};
constexpr catalog::ElementId kId{1}, kCard{41}, kReport{69}, kSuspicion{71};

FileVersion version(std::uint64_t inode, Time changed = kNow, std::uint64_t size = 10) {
  const std::int64_t at = std::chrono::nanoseconds(changed.time_since_epoch()).count();
  return {.device = 1, .inode = inode, .mtime_ns = at, .ctime_ns = at, .size = size};
}

Holding holding(std::map<catalog::ElementId, std::uint64_t> elements, unsigned level,
                std::uint32_t customers = 1) {
  Holding made{
      .format = "csv", .elements = std::move(elements), .level = level, .customers = customers};
  for (const auto& [element, findings] : made.elements) made.findings += findings;
  return made;
}

struct Fixture {
  test::TempDir dir;
  std::unique_ptr<Inventory> inventory = open();

  std::unique_ptr<Inventory> open(std::uint8_t key = 3) const {
    return must(Inventory::open(dir / "inventory.db", Secret(Bytes(32, key)), kNow));
  }
  void reopen() {
    inventory.reset();
    inventory = open();
  }
  void note(const std::filesystem::path& path, const FileVersion& seen, const Holding& what,
            Time now = kNow, std::int64_t run = 0,
            const std::optional<Purpose>& purpose = {}) const {
    must(inventory->note(path, seen, "policy", what, purpose, now, run));
  }
  std::vector<Entry> all(EntryFilter filter = {}) const {
    std::vector<Entry> entries;
    must(inventory->each(filter, [&](Entry&& entry) {
      entries.push_back(std::move(entry));
      return true;
    }));
    return entries;
  }
  std::vector<std::string> paths(const EntryFilter& filter = {}) const {
    std::vector<std::string> paths;
    for (const Entry& entry : all(filter)) paths.push_back(entry.path.native());
    return paths;
  }
};

using Paths = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "an entry is read back as it was noted, after a restart too, whatever its name is made of") {
  Fixture f;
  const std::filesystem::path odd("/srv/\xff\n'客户;--\x01");
  Holding what = holding({{kId, 3}, {kCard, 1}}, 3, 2);
  what.reason = "too_large";
  what.partial = true;
  f.note(odd, version(7), what, kNow, 0, Purpose{"loan", std::chrono::days(30)});
  for (const bool restarted : {false, true}) {
    INFO(restarted);
    if (restarted) f.reopen();
    const auto entries = f.all();
    REQUIRE(entries.size() == 1);
    const Entry& entry = entries.front();
    CHECK(entry.path == odd);
    CHECK(entry.version == version(7));
    CHECK(entry.policy_digest == "policy");
    CHECK(entry.holding.elements == what.elements);
    CHECK(entry.holding.level == 3);
    CHECK(entry.holding.customers == 2);
    CHECK(status_of(entry.holding) == "partial");
    CHECK(entry.profile == "loan");
    CHECK(entry.due == kNow + std::chrono::days(30));
  }
}

TEST_CASE("a version is known under the policy it was inspected by, and no other") {
  Fixture f;
  const auto known = [&](const FileVersion& seen, std::string_view policy = "policy") {
    return must(f.inventory->known("/srv/a", seen, policy, kNow));
  };
  CHECK_FALSE(known(version(7)));
  f.note("/srv/a", version(7), holding({}, 0));
  for (const bool written : {false, true}) {
    INFO(written);
    if (written) must(f.inventory->flush());
    CHECK(known(version(7)));
    CHECK_FALSE(known(version(7), "another policy"));
    CHECK_FALSE(known(version(7, kNow + 1ms)));
    CHECK_FALSE(known(version(8)));
    CHECK_FALSE(known(version(7, kNow, 11)));
  }
  Holding busy;
  busy.reason = "no_worker";
  busy.retry = true;
  f.note("/srv/a", version(7), busy);
  CHECK_FALSE(known(version(7)));
}

TEST_CASE("a deadline is counted from the first sighting, and nothing a user does renews it") {
  const std::chrono::days keep(30);
  struct Row {
    std::string_view why;
    FileVersion first, later;
    std::string_view later_path;
    Time since;
  };
  const Time old = kNow - std::chrono::days(90);
  FileVersion backdated = version(7);
  backdated.mtime_ns = version(7, old).mtime_ns;
  FileVersion renamed = version(7, kNow + 24h);
  renamed.mtime_ns = version(7).mtime_ns;
  const Row rows[] = {
      {"a new file", version(7), version(7), "/srv/a", kNow},
      {"there before the agent: its last change", version(7, old), version(7, old), "/srv/a", old},
      {"a fresh copy with the old mtime of its original", backdated, backdated, "/srv/a", kNow},
      {"written to since", version(7), version(7, kNow + 24h, 20), "/srv/a", kNow},
      {"replaced by a program that saves by renaming", version(7), version(9, kNow + 24h), "/srv/a",
       kNow},
      {"renamed", version(7), renamed, "/srv/b", kNow},
      {"another file elsewhere", version(7), version(9, kNow + 24h), "/srv/b", kNow + 24h},
      {"the inode given away to another file", version(7), version(7, kNow + 24h, 99), "/srv/b",
       kNow + 24h},
  };
  const bool written = GENERATE(true, false);  // false: the first sighting is in memory alone
  for (const Row& row : rows) {
    CAPTURE(row.why, written);
    Fixture f;
    const Purpose purpose{"loan", keep};
    f.note("/srv/a", row.first, holding({{kId, 1}}, 2), kNow, 0, purpose);
    if (written) f.reopen();
    f.note(std::filesystem::path(row.later_path), row.later, holding({{kId, 1}}, 2), kNow + 48h, 0,
           purpose);
    const auto entries = f.all({.below = std::filesystem::path(row.later_path)});
    REQUIRE(entries.size() == 1);
    CHECK(entries.front().since == row.since);
    CHECK(entries.front().due == row.since + keep);
  }
}

TEST_CASE("a run that comes to its end drops what is gone and sums up the rest") {
  Fixture f;
  f.note("/srv/gone", version(1), holding({{kId, 1}}, 2));
  f.note("/srv/kept", version(2), holding({{kId, 2}, {kReport, 1}}, 2, 5));
  f.note("/srvother/elsewhere", version(3), holding({{kId, 1}}, 2));
  f.note("/srv/locked/inside", version(4), holding({{kCard, 1}}, 3));
  const Run run = must(f.inventory->begin({"/srv"}, "hand", kNow + 1h));
  CHECK(must(f.inventory->known("/srv/kept", version(2), "policy", kNow + 1h, run.number)));
  f.note("/srv/new", version(5), holding({{kId, 1}}, 2, 3), kNow + 1h, run.number);
  Holding blind;
  blind.reason = "encrypted";
  f.note("/srv/blind", version(6), blind, kNow + 1h, run.number);
  f.note("/srv/by-an-event", version(8), holding({{kId, 1}}, 2), kNow + 2h);
  must(f.inventory->lose(run.number, "/srv/locked", "unreadable"));
  const record::Inventory sum = must(f.inventory->finish(run, true, kNow + 2h)).run;

  CHECK(f.paths() == Paths{"/srv/blind", "/srv/by-an-event", "/srv/kept", "/srv/locked/inside",
                           "/srv/new", "/srvother/elsewhere"});
  CHECK(sum.complete());
  CHECK(sum.run() == as_text(run.id));
  CHECK(sum.files() == 5);
  CHECK(sum.unchanged() == 3);
  CHECK(sum.with_findings() == 4);
  CHECK(sum.customers() == 5 + 3 + 1 + 1);
  CHECK(sum.levels().at("C2") == 3);
  CHECK(sum.levels().at("C3") == 1);
  CHECK(sum.not_inspected().at("encrypted") == 1);
  CHECK(sum.not_inspected().at("unreadable") == 1);
  REQUIRE(sum.counts_size() == 3);
  CHECK(sum.counts(0).element() == 1);
  CHECK(sum.counts(0).findings() == 3);
  CHECK_FALSE(must(f.inventory->unfinished()));
}

TEST_CASE("confidential files are left out of the sums for those who are not to know of them") {
  Fixture f;
  f.note("/srv/list", version(1), holding({{kId, 2}}, 2, 2));
  const Run plain = must(f.inventory->begin({"/srv"}, "hand", kNow));
  CHECK_FALSE(must(f.inventory->finish(plain, true, kNow)).run.has_general());
  f.note("/srv/suspicion", version(2), holding({{kSuspicion, 1}}, 2));
  f.note("/srv/suspicion-and-customer", version(3), holding({{kId, 1}, {kSuspicion, 1}}, 2, 1));
  f.note("/elsewhere", version(4), holding({{kCard, 1}}, 3, 1));
  const Run run = must(f.inventory->begin({"/srv"}, "hand", kNow + 1h));
  std::uint64_t at = 0;
  for (const char* const path : {"/srv/list", "/srv/suspicion", "/srv/suspicion-and-customer"})
    REQUIRE(must(f.inventory->known(path, version(++at), "policy", kNow + 1h, run.number)));
  const record::Inventory sum = must(f.inventory->finish(run, true, kNow + 2h)).run;
  CHECK(sum.files() == 3);
  CHECK(sum.with_findings() == 3);
  CHECK(sum.counts_size() == 2);
  REQUIRE(sum.has_general());
  CHECK(sum.general().with_findings() == 1);
  CHECK(sum.general().customers() == 2);
  CHECK(sum.general().levels().at("C2") == 1);
  REQUIRE(sum.general().counts_size() == 1);
  CHECK(sum.general().counts(0).element() == 1);
  CHECK(sum.general().counts(0).findings() == 1);
}

TEST_CASE(
    "a run that was cut off is found again with its place, and drops nothing it did not reach") {
  Fixture f;
  f.note("/srv/z", version(9), holding({{kId, 1}}, 2));
  const Run run = must(f.inventory->begin({"/srv", "/home"}, "schedule", kNow + 1h));
  f.note("/srv/a", version(1), holding({{kId, 1}}, 2), kNow + 1h, run.number);
  must(f.inventory->checkpoint(run.number, "/srv/a"));
  f.reopen();
  auto found = must(f.inventory->unfinished());
  REQUIRE(found);
  CHECK(found->number == run.number);
  CHECK(found->id == run.id);
  CHECK(found->cursor == "/srv/a");
  CHECK(found->folders == run.folders);
  CHECK(found->origin == "schedule");
  CHECK_FALSE(found->stopped);
  CHECK(must(f.inventory->last_begun("schedule")) == kNow + 1h);
  CHECK_FALSE(must(f.inventory->last_begun("hand")));

  const record::Inventory sum = must(f.inventory->finish(*found, false, kNow + 2h)).run;
  CHECK_FALSE(sum.complete());
  CHECK(sum.files() == 1);
  CHECK(f.paths() == Paths{"/srv/a", "/srv/z"});
  found = must(f.inventory->unfinished());
  REQUIRE(found);
  CHECK(found->stopped);
}

TEST_CASE("entries are chosen by level, element, place, deadline and what was not inspected") {
  Fixture f;
  const Purpose purpose{"loan", std::chrono::days(1)};
  f.note("/a/clean", version(1), holding({}, 0));
  f.note("/a/id", version(2), holding({{kId, 1}}, 2), kNow, 0, purpose);
  f.note("/b/card", version(3), holding({{kCard, 1}}, 3));
  Holding blind;
  blind.reason = "encrypted";
  f.note("/b/blind", version(4), blind);
  f.note("/b", version(5), holding({{kId, 1}}, 2));
  CHECK(f.paths({.with_findings = true}) == Paths{"/a/id", "/b", "/b/card"});
  CHECK(f.paths({.level = 3}) == Paths{"/b/card"});
  CHECK(f.paths({.element = kId}) == Paths{"/a/id", "/b"});
  CHECK(f.paths({.below = "/b"}) == Paths{"/b", "/b/blind", "/b/card"});
  CHECK(f.paths({.not_inspected = true}) == Paths{"/b/blind"});
  CHECK(f.paths({.overdue = true, .now = kNow}) == Paths{});
  CHECK(f.paths({.overdue = true, .now = kNow + 48h}) == Paths{"/a/id"});
  CHECK(f.paths({.after = "/b/blind"}) == Paths{"/b/card"});
}

TEST_CASE("an overdue file is told of once a day, and no more once it is gone") {
  Fixture f;
  const Purpose purpose{"loan", std::chrono::days(1)};
  f.note("/a/id", version(1), holding({{kId, 1}}, 2), kNow, 0, purpose);
  f.note("/a/clean", version(2), holding({}, 0), kNow, 0, purpose);
  const auto overdue = [&](Time now, std::int64_t day) {
    return must(f.inventory->overdue(now, day, 10)).size();
  };
  CHECK(overdue(kNow + 23h, 1) == 0);
  CHECK(overdue(kNow + 25h, 1) == 1);
  must(f.inventory->told_overdue("/a/id", 1));
  CHECK(overdue(kNow + 26h, 1) == 0);
  CHECK(overdue(kNow + 50h, 2) == 1);
  f.note("/a/id", version(1, kNow + 30h, 12), holding({{kId, 1}}, 2), kNow + 30h, 0, purpose);
  CHECK(overdue(kNow + 50h, 1) == 0);  // written to since: told of that day already
  must(f.inventory->forget("/a/id"));
  CHECK(overdue(kNow + 50h, 2) == 0);
}

TEST_CASE("the database gives away neither paths nor counts, and another key begins it anew") {
  Fixture f;
  f.note("/srv/张三13800138000.csv", version(1), holding({{kId, 1}}, 2));
  f.inventory.reset();
  for (const char* const name : {"inventory.db", "inventory.db-wal"}) {
    const auto text = read_file(f.dir / name);
    if (text) CHECK_FALSE(text->contains("13800138000"));
  }
  struct stat info{};
  REQUIRE(::stat((f.dir / "inventory.db").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777) == 0600);
  f.inventory = f.open(4);
  CHECK(f.paths().empty());
  std::size_t aside = 0;
  for (const auto& entry : std::filesystem::directory_iterator(f.dir.path()))
    aside += entry.path().native().contains(".broken-") ? 1 : 0;
  CHECK(aside >= 1);
}

}  // namespace huxin::discover
