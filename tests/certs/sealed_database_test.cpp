#include "certs/sealed_database.hpp"

#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::certs {
namespace {

constexpr std::string_view kPlanted = "PLANTED-6222021234567890128";

const Secret& key() {
  static const Secret secret(Bytes(32, 7));
  return secret;
}

SealedDatabase open_or_throw(const std::filesystem::path& file) {
  Result<SealedDatabase> opened = SealedDatabase::open(file, key());
  if (!opened) throw std::runtime_error(opened.error().context);
  return std::move(*opened);
}

std::int64_t number(SealedDatabase& db, std::string_view sql) {
  Result<Statement> query = db.prepare(sql);
  return query && query->step().value_or(false) ? query->integer(0) : -1;
}

std::string everything_on_disk(const std::filesystem::path& folder) {
  std::string all;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    all += read_file(entry.path()).value();
  }
  return all;
}

void flip_byte(const std::filesystem::path& file, std::size_t at) {
  std::string content = read_file(file).value();
  content.at(at) = static_cast<char>(content.at(at) ^ 1);
  std::ofstream(file, std::ios::binary) << content;
}

}  // namespace

TEST_CASE("nothing of what is stored can be read from the files, open or closed") {
  const test::TempDir folder;
  {
    SealedDatabase db = open_or_throw(folder / "j.db");
    REQUIRE(db.execute("CREATE TABLE secrets(v TEXT)"));
    Result<Statement> insert = db.prepare("INSERT INTO secrets VALUES (?)");
    REQUIRE(insert->bind(1, kPlanted).run());
    REQUIRE(number(db, "SELECT count(*) FROM secrets") == 1);
    const std::string open_files = everything_on_disk(folder.path());
    CHECK(open_files.find(kPlanted) == std::string::npos);
    CHECK(open_files.find("secrets") == std::string::npos);
  }
  const std::string closed = everything_on_disk(folder.path());
  CHECK(closed.size() >= 4096);
  CHECK(closed.find(kPlanted) == std::string::npos);
  CHECK(closed.find("SQLite format") == std::string::npos);
}

TEST_CASE("a database opens again under its key and under no other") {
  const test::TempDir folder;
  const auto file = folder / "j.db";
  REQUIRE(open_or_throw(file).execute("CREATE TABLE t(v); INSERT INTO t VALUES (42)"));
  {
    SealedDatabase again = open_or_throw(file);
    CHECK(number(again, "SELECT v FROM t") == 42);
  }
  const Result<SealedDatabase> other = SealedDatabase::open(file, Secret(Bytes(32, 8)));
  REQUIRE_FALSE(other);
  CHECK(other.error().code == Errc::kCorrupt);
  CHECK(other.error().context.find("j.db") != std::string::npos);
  const Result<SealedDatabase> short_key = SealedDatabase::open(file, Secret(Bytes(31, 7)));
  REQUIRE_FALSE(short_key);
  CHECK(short_key.error().code == Errc::kInvalid);
}

TEST_CASE("a file that is no sealed database is corrupt, and is left as it is") {
  const test::TempDir folder;
  const std::string garbage(8192, 'x');
  const auto file = folder.write("j.db", garbage);
  const Result<SealedDatabase> opened = SealedDatabase::open(file, key());
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == Errc::kCorrupt);
  CHECK(read_file(file).value() == garbage);
}

TEST_CASE("a page changed on disk is found out when it is read") {
  const test::TempDir folder;
  const auto file = folder / "j.db";
  {
    SealedDatabase db = open_or_throw(file);
    REQUIRE(db.execute("CREATE TABLE t(v BLOB)"));
    REQUIRE(db.prepare("INSERT INTO t VALUES (zeroblob(100000))")->run());
  }
  flip_byte(file, 20 * 4096 + 100);
  SealedDatabase db = open_or_throw(file);
  Result<Statement> query = db.prepare("SELECT v FROM t");
  REQUIRE(query);
  const Result<bool> row = query->step();
  REQUIRE_FALSE(row);
  CHECK(row.error().code == Errc::kCorrupt);
}

TEST_CASE("the file is for its owner only and the settings are those promised") {
  const test::TempDir folder;
  const auto file = folder / "j.db";
  SealedDatabase db = open_or_throw(file);
  REQUIRE(db.execute("CREATE TABLE t(v)"));
  for (const char* suffix : {"", "-wal", "-shm"}) {
    struct stat info{};
    REQUIRE(::stat((file.string() + suffix).c_str(), &info) == 0);
    CHECK((info.st_mode & 0777U) == 0600U);
  }
  CHECK(db.prepare("PRAGMA journal_mode")->step());
  CHECK(number(db, "PRAGMA synchronous") == 2);
  CHECK(number(db, "PRAGMA foreign_keys") == 1);
  CHECK(number(db, "PRAGMA secure_delete") == 1);
  CHECK(number(db, "PRAGMA temp_store") == 2);
  CHECK(number(db, "PRAGMA busy_timeout") == 10'000);
}

TEST_CASE("what is bound comes back, empty values and zero bytes included") {
  const test::TempDir folder;
  SealedDatabase db = open_or_throw(folder / "j.db");
  REQUIRE(db.execute("CREATE TABLE t(i, r, s, b, es, eb, n)"));
  const Bytes blob{0, 1, 0, 255};
  Result<Statement> insert = db.prepare("INSERT INTO t VALUES (?,?,?,?,?,?,?)");
  insert->bind(1, -5).bind(2, 0.5).bind(3, std::string_view("护\0信", 7));
  insert->bind_blob(4, blob).bind(5, std::string_view{}).bind_blob(6, {}).bind_null(7);
  REQUIRE(insert->run());
  CHECK(db.changes() == 1);
  CHECK(db.last_row() == 1);
  Result<Statement> query = db.prepare("SELECT * FROM t");
  REQUIRE(query->step().value());
  CHECK(query->integer(0) == -5);
  CHECK(query->real(1) == 0.5);
  CHECK(query->text(2) == std::string("护\0信", 7));
  CHECK(query->blob(3) == blob);
  CHECK((query->text(4).empty() && !query->is_null(4)));
  CHECK((query->blob(5).empty() && !query->is_null(5)));
  CHECK(query->is_null(6));
  CHECK_FALSE(query->step().value());
}

TEST_CASE("failures say what kind they are") {
  const test::TempDir folder;
  SealedDatabase db = open_or_throw(folder / "j.db");
  REQUIRE(
      db.execute("CREATE TABLE t(k INTEGER PRIMARY KEY, u TEXT UNIQUE, n TEXT NOT NULL);"
                 "INSERT INTO t VALUES (1, 'a', 'b')"));
  struct Row {
    const char* sql;
    Errc code;
    const char* why;
  };
  constexpr std::array<Row, 4> kRows{{
      {"INSERT INTO t VALUES (1, 'z', 'b')", Errc::kExists, "a primary key already there"},
      {"INSERT INTO t VALUES (2, 'a', 'b')", Errc::kExists, "a unique value already there"},
      {"INSERT INTO t VALUES (2, 'z', NULL)", Errc::kInvalid,
       "a constraint that is not uniqueness"},
      {"SELECT 1", Errc::kInternal, "a row where none was expected"},
  }};
  for (const Row& row : kRows) {
    INFO(row.why);
    const Status done = db.prepare(row.sql)->run();
    REQUIRE_FALSE(done);
    CHECK(done.error().code == row.code);
  }
  Result<Statement> statement = db.prepare("SELECT ?");
  const Result<bool> stepped = statement->bind(2, std::int64_t{1}).step();
  REQUIRE_FALSE(stepped);
  CHECK(stepped.error().code == Errc::kInvalid);
  CHECK(db.prepare("  ").error().code == Errc::kInvalid);
}

TEST_CASE("a full disk is told as such and the transaction is undone") {
  const test::TempDir folder;
  SealedDatabase db = open_or_throw(folder / "j.db");
  REQUIRE(db.execute("CREATE TABLE t(v BLOB)"));
  REQUIRE(number(db, "PRAGMA max_page_count = 10") == 10);
  const Status done = db.transaction([&]() -> Status {
    if (Status first = db.execute("INSERT INTO t VALUES (1)"); !first) return first;
    return db.execute("INSERT INTO t VALUES (zeroblob(1000000))");
  });
  REQUIRE_FALSE(done);
  CHECK(done.error().code == Errc::kNoSpace);
  CHECK(number(db, "SELECT count(*) FROM t") == 0);
  CHECK(db.execute("INSERT INTO t VALUES (2)"));
}

// Under a real full file system the log, the shared memory and the syncs fail, not only the pages.
TEST_CASE("on a file system without room nothing is half done, and room given back is used") {
  if (::geteuid() != 0) SKIP("mounting a small file system needs root");
  const test::TempDir folder;
  REQUIRE(::mount("tmpfs", folder.path().c_str(), "tmpfs", 0, "size=1m,mode=0700") == 0);
  struct Unmount {
    const test::TempDir& folder;
    ~Unmount() { ::umount2(folder.path().c_str(), MNT_DETACH); }
  } const unmount{folder};
  static_cast<void>(folder.write("reserve", std::string(200'000, 'r')));
  SealedDatabase db = open_or_throw(folder / "j.db");
  REQUIRE(db.execute("CREATE TABLE t(v BLOB)"));
  std::int64_t kept = 0;
  Status last;
  while (kept < 1000 && last) {
    last = db.transaction([&] { return db.execute("INSERT INTO t VALUES (zeroblob(10000))"); });
    kept += last ? 1 : 0;
  }
  REQUIRE_FALSE(last);
  CHECK(last.error().code == Errc::kNoSpace);
  CHECK(number(db, "SELECT count(*) FROM t") == kept);
  std::filesystem::remove(folder / "reserve");
  CHECK(db.execute("INSERT INTO t VALUES (zeroblob(10000))"));
  CHECK(number(db, "SELECT count(*) FROM t") == kept + 1);
}

TEST_CASE("a transaction that fails or throws leaves nothing behind") {
  const test::TempDir folder;
  SealedDatabase db = open_or_throw(folder / "j.db");
  REQUIRE(db.execute("CREATE TABLE t(v)"));
  const auto insert = [&](auto outcome) {
    return db.transaction([&]() -> Status {
      if (Status done = db.execute("INSERT INTO t VALUES (1)"); !done) return done;
      return outcome();
    });
  };
  CHECK_FALSE(insert([]() -> Status { return fail(Errc::kCancelled, "enough"); }));
  CHECK(number(db, "SELECT count(*) FROM t") == 0);
  CHECK_THROWS(insert([]() -> Status { throw std::runtime_error("boom"); }));
  CHECK(number(db, "SELECT count(*) FROM t") == 0);
  CHECK(insert([]() -> Status { return {}; }));
  CHECK(number(db, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("migration goes from where the file is, step by step, and never back") {
  const test::TempDir folder;
  SealedDatabase db = open_or_throw(folder / "j.db");
  constexpr std::array<std::string_view, 2> kSteps{"CREATE TABLE a(v)",
                                                   "ALTER TABLE a ADD COLUMN w; CREATE TABLE b(v)"};
  REQUIRE(db.migrate(std::span(kSteps).first(1)));
  CHECK(number(db, "PRAGMA user_version") == 1);
  REQUIRE(db.migrate(kSteps));
  REQUIRE(db.migrate(kSteps));
  CHECK(number(db, "PRAGMA user_version") == 2);
  CHECK(db.execute("INSERT INTO a(w) VALUES (1)"));
  CHECK(db.migrate(std::span(kSteps).first(1)).error().code == Errc::kUnsupported);
  constexpr std::array<std::string_view, 3> kBroken{"", "", "CREATE TABLE c(v); CREATE TABLE a(v)"};
  CHECK_FALSE(db.migrate(kBroken));
  CHECK(number(db, "PRAGMA user_version") == 2);
  CHECK_FALSE(db.prepare("SELECT * FROM c"));
}

TEST_CASE("a database moves with its statements still good") {
  const test::TempDir folder;
  SealedDatabase first = open_or_throw(folder / "j.db");
  Result<Statement> query = first.prepare("SELECT 9");
  SealedDatabase second = std::move(first);
  Statement moved = std::move(*query);
  REQUIRE(moved.step().value());
  CHECK(moved.integer(0) == 9);
  moved.reset();
  CHECK(moved.step().value());
}

}  // namespace huxin::certs
