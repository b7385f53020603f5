// What the journal makes of broken, rolled-back and foreign files.
#include <fstream>

#include <catch2/catch_test_macros.hpp>

#include "agent/journal/journal.hpp"
#include "certs/sealed_database.hpp"
#include "policy/base/file.hpp"
#include "tests/agent/journal/journal_fixture.hpp"

namespace huxin::journal {
namespace {

namespace fs = std::filesystem;
using huxin::test::TempDir;
using test::incident;
using test::key;
using test::opened;
using test::options;

void flip(const fs::path& file, std::size_t offset) {
  std::fstream stream(file, std::ios::in | std::ios::out | std::ios::binary);
  stream.seekg(static_cast<std::streamoff>(offset));
  const int byte = stream.get();
  stream.seekp(static_cast<std::streamoff>(offset));
  stream.put(static_cast<char>(byte ^ 1));
}

/// A closed journal of `records` incidents of about 3 KB, the first `acknowledged` acknowledged.
void make_journal(const fs::path& folder, int records, std::uint64_t acknowledged) {
  const auto journal = opened(folder);
  REQUIRE(journal->put("terminal", "T-000001"));
  for (int i = 1; i <= records; ++i)
    journal->append(incident("r" + std::to_string(i), 4, 3000)).value();
  REQUIRE(journal->acknowledge(acknowledged));
}

std::size_t broken_files(const fs::path& folder) {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().filename().string().starts_with("journal.db.broken-")) ++count;
  }
  return count;
}

/// The last record of the outbox, which must be the notice of a replaced database.
std::string notice_of(Journal& journal) {
  const auto records = journal.outbox(100'000).value();
  REQUIRE_FALSE(records.empty());
  const auto payload = test::read(records.back());
  REQUIRE(payload.status().code() == "journal_replaced");
  return payload.status().detail();
}

}  // namespace

TEST_CASE("a bit flipped anywhere in the database is noticed, and the chain goes on") {
  const TempDir dir;
  make_journal(dir / "whole", 40, 5);
  const std::size_t size = fs::file_size(dir / "whole/journal.db");
  for (std::size_t offset = 3; offset < size; offset += size / 23) {
    INFO("offset " << offset << " of " << size);
    const fs::path folder = dir / ("at-" + std::to_string(offset));
    fs::copy(dir / "whole", folder);
    flip(folder / "journal.db", offset);
    const auto journal = opened(folder);
    CHECK(journal->head()->sequence == 41);
    CHECK(broken_files(folder) == 1);
    CHECK(notice_of(*journal).contains("kept as journal.db.broken-"));
    CHECK(journal->verify());
    CHECK(journal->append(incident("next")).value() == 42);
    CHECK(journal->verify());
  }
}

TEST_CASE("what a broken page does not hold is carried over, and what is lost is named") {
  const TempDir dir;
  make_journal(dir / "j", 200, 20);
  flip(dir / "j/journal.db", fs::file_size(dir / "j/journal.db") / 2);
  const auto journal = opened(dir / "j");
  CHECK(journal->get("terminal")->value() == "T-000001");
  const auto records = journal->outbox(100'000).value();
  CHECK(records.size() > 170);
  CHECK(records.size() < 181);
  std::string lost;
  std::uint64_t expected = 21;
  for (const record::Record& record : records) {
    for (; expected < record.sequence(); ++expected)
      lost += (lost.empty() ? "" : ",") + std::to_string(expected);
    ++expected;
  }
  CHECK_FALSE(lost.empty());
  const std::string notice = notice_of(*journal);
  INFO(notice << " against " << lost);
  CHECK(notice.contains("lost: " + lost.substr(0, lost.find(','))));
  CHECK(journal->verify());
  REQUIRE(journal->acknowledge(201));
  CHECK(journal->outbox_size().value() == 0);
}

TEST_CASE("a database that is gone is replaced by one that continues the chain") {
  const TempDir dir;
  make_journal(dir / "j", 9, 9);
  fs::remove(dir / "j/journal.db");
  const auto journal = opened(dir / "j");
  CHECK(journal->head()->sequence == 10);
  CHECK(notice_of(*journal).contains("ends at record 0, the head file at 9"));
  CHECK(journal->verify());
}

TEST_CASE("a database put back from yesterday is noticed, and its unsent records are kept") {
  const TempDir dir;
  make_journal(dir / "j", 9, 2);
  fs::copy_file(dir / "j/journal.db", dir / "yesterday.db");
  {
    const auto journal = opened(dir / "j");
    for (int i = 0; i < 3; ++i) journal->append(incident("today")).value();
  }
  fs::copy_file(dir / "yesterday.db", dir / "j/journal.db", fs::copy_options::overwrite_existing);
  const auto journal = opened(dir / "j");
  CHECK(journal->head()->sequence == 13);
  CHECK(notice_of(*journal).contains("lost: 10-12"));
  CHECK(journal->outbox(100)->front().sequence() == 3);
  CHECK(journal->outbox(100)->size() == 8);
  CHECK(journal->verify());
}

TEST_CASE("a wrong key changes nothing") {
  const TempDir dir;
  make_journal(dir / "j", 3, 0);
  const auto before = read_file(dir / "j/journal.db").value();
  const auto head = read_file(dir / "j/journal.head").value();
  const auto refused = Journal::open(dir / "j", key(8), options());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Errc::kCorrupt);
  CHECK(refused.error().context.contains("wrong key"));
  CHECK(read_file(dir / "j/journal.db").value() == before);
  CHECK(read_file(dir / "j/journal.head").value() == head);
  CHECK(broken_files(dir / "j") == 0);
  CHECK(opened(dir / "j")->head()->sequence == 3);
}

TEST_CASE("a head file that is gone or damaged is made again from the database") {
  const TempDir dir;
  make_journal(dir / "j", 3, 0);
  fs::remove(dir / "j/journal.head");
  CHECK(opened(dir / "j")->append(incident("a")).value() == 4);
  for (const std::size_t offset : {9U, 20U, 60U}) {
    flip(dir / "j/journal.head", offset);
    flip(dir / "j/journal.head", 512 + offset);
  }
  CHECK(opened(dir / "j")->append(incident("b")).value() == 5);
  flip(dir / "j/journal.head", 9);
  CHECK(opened(dir / "j")->append(incident("c")).value() == 6);
  CHECK(opened(dir / "j")->verify());
}

TEST_CASE("with database and head file both broken, somebody must decide to start over") {
  const TempDir dir;
  make_journal(dir / "j", 3, 0);
  flip(dir / "j/journal.db", 100);
  flip(dir / "j/journal.head", 10);
  flip(dir / "j/journal.head", 522);
  CHECK(Journal::open(dir / "j", key(), options()).error().code == Errc::kCorrupt);
  const auto aside = Journal::start_over(dir / "j", test::kStart);
  REQUIRE(aside);
  CHECK(fs::exists(*aside));
  const auto journal = opened(dir / "j");
  CHECK(journal->head()->sequence == 0);
  CHECK(journal->append(incident("a")).value() == 1);
}

TEST_CASE("a replacement stopped between its two renames is finished at the next start") {
  const TempDir dir;
  make_journal(dir / "j", 3, 0);
  fs::rename(dir / "j/journal.db", dir / "j/journal.new.db");
  CHECK(opened(dir / "j")->head()->sequence == 3);
  CHECK(broken_files(dir / "j") == 0);
}

TEST_CASE("a database of a newer program is refused, not replaced") {
  const TempDir dir;
  make_journal(dir / "j", 1, 0);
  {
    auto database = certs::SealedDatabase::open(dir / "j/journal.db", key());
    REQUIRE(database->execute("PRAGMA user_version = 99"));
  }
  CHECK(Journal::open(dir / "j", key(), options()).error().code == Errc::kUnsupported);
  CHECK(broken_files(dir / "j") == 0);
}

}  // namespace huxin::journal
