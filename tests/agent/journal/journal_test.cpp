#include "agent/journal/journal.hpp"

#include <sys/stat.h>

#include <thread>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "policy/record/chain.hpp"
#include "tests/agent/journal/journal_fixture.hpp"

namespace huxin::journal {
namespace {

using huxin::test::FakeClock;
using huxin::test::TempDir;
using test::incident;
using test::key;
using test::opened;
using test::options;

}  // namespace

TEST_CASE("what is appended is in the outbox, chained from the first record on") {
  const TempDir dir;
  const auto journal = opened(dir / "j");
  CHECK(journal->head()->sequence == 0);
  CHECK(journal->append(incident("a")).value() == 1);
  CHECK(journal->append(incident("b")).value() == 2);
  const auto records = journal->outbox(10).value();
  REQUIRE(records.size() == 2);
  CHECK(record::check_link(records[0], 1, record::kGenesis));
  CHECK(record::check_link(records[1], 2, as_bytes(records[0].hash())));
  CHECK(test::read(records[1]).incident().rule() == "b");
  CHECK(journal->head()->sequence == 2);
  CHECK(journal->head()->hash == records[1].hash());
  CHECK(journal->outbox_size().value() == 2);
  CHECK(journal->outbox(1)->size() == 1);
  CHECK(journal->outbox(0)->empty());
  CHECK(journal->verify());
}

TEST_CASE("the journal continues where it was after it was closed") {
  const TempDir dir;
  opened(dir / "j")->append(incident("a")).value();
  const auto journal = opened(dir / "j");
  CHECK(journal->append(incident("b")).value() == 2);
  CHECK(journal->verify());
}

TEST_CASE(
    "what is acknowledged leaves the outbox, and an acknowledgement never goes back or ahead") {
  const TempDir dir;
  const auto journal = opened(dir / "j");
  for (int i = 0; i < 5; ++i) journal->append(incident("r")).value();
  REQUIRE(journal->acknowledge(3));
  CHECK(journal->outbox_size().value() == 2);
  CHECK(journal->outbox(10)->front().sequence() == 4);
  REQUIRE(journal->acknowledge(1));
  CHECK(journal->outbox_size().value() == 2);
  CHECK(journal->acknowledge(6).error().code == Errc::kInvalid);
}

TEST_CASE("one answer of the outbox stays within 4 MiB, and holds one record at least") {
  const TempDir dir;
  const auto journal = opened(dir / "j");
  for (int i = 0; i < 8; ++i) journal->append(incident("r", 4, 900'000)).value();
  CHECK(journal->outbox(100)->size() == 4);
  CHECK(journal->append(incident("r", 4, (1U << 20U) + 1)).error().code == Errc::kTooLarge);
}

TEST_CASE("a file version is settled under one policy, until it changes") {
  const TempDir dir;
  const auto journal = opened(dir / "j");
  const FileVersion version{
      .device = 1, .inode = ~std::uint64_t{0}, .mtime_ns = 3, .ctime_ns = 4, .size = 5};
  CHECK_FALSE(journal->settled(version, "p1").value());
  REQUIRE(journal->settle(version, "p1"));
  CHECK(journal->settled(version, "p1").value());
  CHECK_FALSE(journal->settled(version, "p2").value());
  FileVersion changed = version;
  changed.ctime_ns = 9;
  CHECK_FALSE(journal->settled(changed, "p1").value());
}

TEST_CASE("an incident settles its file version with it, and clean versions outlive a restart") {
  const TempDir dir;
  const FileVersion dirty{.device = 1, .inode = 2};
  const FileVersion clean{.device = 1, .inode = 3};
  {
    const auto journal = opened(dir / "j");
    journal->append(incident("a"), dirty, "p1").value();
    REQUIRE(journal->settle(clean, "p1"));
  }
  const auto journal = opened(dir / "j");
  CHECK(journal->settled(dirty, "p1").value());
  CHECK(journal->settled(clean, "p1").value());
}

TEST_CASE("more settled versions than the limit make the oldest be forgotten") {
  const TempDir dir;
  Options with = options();
  with.settled_limit = 100;
  const auto journal = opened(dir / "j", with);
  for (std::uint64_t i = 1; i <= 700; ++i) REQUIRE(journal->settle({.device = 1, .inode = i}, "p"));
  REQUIRE(journal->maintain());
  CHECK_FALSE(journal->settled({.device = 1, .inode = 600}, "p").value());
  CHECK(journal->settled({.device = 1, .inode = 601}, "p").value());
  CHECK(journal->settled({.device = 1, .inode = 700}, "p").value());
}

TEST_CASE("acknowledged records are pruned when they are old, and the rest still verifies") {
  const TempDir dir;
  const auto clock = std::make_shared<FakeClock>(test::kStart);
  Options with = options();
  with.clock = clock;
  with.keep_acknowledged = std::chrono::hours(24);
  const auto journal = opened(dir / "j", with);
  for (int i = 0; i < 4; ++i) journal->append(incident("old")).value();
  clock->advance(std::chrono::hours(25));
  for (int i = 0; i < 2; ++i) journal->append(incident("new")).value();
  REQUIRE(journal->acknowledge(3));
  REQUIRE(journal->maintain());
  REQUIRE(journal->verify());
  CHECK(journal->outbox(10)->front().sequence() == 4);
  CHECK(journal->append(incident("next")).value() == 7);
  REQUIRE(journal->acknowledge(7));
  clock->advance(std::chrono::hours(25));
  REQUIRE(journal->maintain());
  CHECK(journal->verify());
  CHECK(journal->append(incident("after")).value() == 8);
  CHECK(journal->verify());
}

TEST_CASE("named values are kept") {
  const TempDir dir;
  const std::string binary("a\0b", 3);
  {
    const auto journal = opened(dir / "j");
    CHECK_FALSE(journal->get("terminal")->has_value());
    REQUIRE(journal->put("terminal", "T-000001"));
    REQUIRE(journal->put("terminal", binary));
    REQUIRE(journal->put("empty", ""));
  }
  const auto journal = opened(dir / "j");
  CHECK(journal->get("terminal")->value() == binary);
  CHECK(journal->get("empty")->value().empty());
}

TEST_CASE("a record and a named value are one transaction, and values are found by their prefix") {
  const TempDir dir;
  {
    const auto journal = opened(dir / "j");
    REQUIRE(journal->append_with(incident("a"), "order/02", "two").value() == 1);
    REQUIRE(journal->append_with(incident("b"), "order/01", "one").value() == 2);
    REQUIRE(journal->put("orders", "another"));
    const std::string large((std::size_t{1} << 20U) + 1, 'x');
    CHECK(journal->append_with(incident("c"), "order/03", large).error().code == Errc::kTooLarge);
    CHECK(journal->head()->sequence == 2);
  }
  const auto journal = opened(dir / "j");
  CHECK(journal->verify());
  using Values = std::vector<std::pair<std::string, std::string>>;
  CHECK(journal->values("order/").value() == Values{{"order/01", "one"}, {"order/02", "two"}});
  CHECK(journal->values("none").value().empty());
  REQUIRE(journal->forget("order/01"));
  REQUIRE(journal->forget("order/01"));
  CHECK(journal->values("order/").value() == Values{{"order/02", "two"}});
}

TEST_CASE("appends from several threads make one chain") {
  const TempDir dir;
  const auto journal = opened(dir / "j");
  {
    std::vector<std::jthread> threads;
    for (int t = 0; t < 4; ++t) {
      threads.emplace_back([&] {
        for (int i = 0; i < 25; ++i) journal->append(incident("r")).value();
      });
    }
  }
  CHECK(journal->head()->sequence == 100);
  CHECK(journal->verify());
}

TEST_CASE("the reserve is allocated, and only the owner may read what is in the folder") {
  const TempDir dir;
  const auto journal = opened(dir / "j", options(1 << 20));
  journal->append(incident("a")).value();
  CHECK(std::filesystem::file_size(dir / "j/journal.reserve") == 1U << 20U);
  struct stat info{};
  REQUIRE(::stat((dir / "j").c_str(), &info) == 0);
  CHECK((info.st_mode & 0777U) == 0700U);
  for (const auto& entry : std::filesystem::directory_iterator(dir / "j")) {
    REQUIRE(::stat(entry.path().c_str(), &info) == 0);
    INFO(entry.path());
    CHECK((info.st_mode & 0077U) == 0);
  }
}

TEST_CASE("nothing of a record or a name is readable on the disk") {
  const TempDir dir;
  const std::string planted = "planted-11010519491231002X";
  {
    const auto journal = opened(dir / "j");
    journal->append(incident(planted)).value();
    REQUIRE(journal->put(planted, planted));
    for (const auto& entry : std::filesystem::directory_iterator(dir / "j")) {
      INFO(entry.path());
      CHECK_FALSE(read_file(entry.path())->contains("planted"));
    }
  }
  for (const auto& entry : std::filesystem::directory_iterator(dir / "j")) {
    CHECK_FALSE(read_file(entry.path())->contains("planted"));
  }
}

}  // namespace huxin::journal
