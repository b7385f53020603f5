// Databases made here by SQLite itself, and by its shell (tests/golden/make-databases).
#include <sqlcipher/sqlite3.h>

#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/agent/extract/extracted.hpp"

namespace huxin::extract::test {
namespace {

std::string golden(const std::string& name) {
  const auto content = read_file(std::string(HUXIN_SOURCE_DIR "/tests/golden/") + name);
  REQUIRE(content.has_value());
  return *content;
}

/// A database with what these statements put into it.
std::string database(const std::string& statements) {
  sqlite3* handle = nullptr;
  REQUIRE(::sqlite3_open(":memory:", &handle) == SQLITE_OK);
  const int code = ::sqlite3_exec(handle, statements.c_str(), nullptr, nullptr, nullptr);
  INFO(::sqlite3_errmsg(handle));
  REQUIRE(code == SQLITE_OK);
  sqlite3_int64 size = 0;
  unsigned char* const bytes = ::sqlite3_serialize(handle, "main", &size, 0);
  std::string content(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
  ::sqlite3_free(bytes);
  ::sqlite3_close(handle);
  return content;
}

constexpr std::string_view kManyRows =
    "CREATE TABLE t(a, b); WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT "
    "{}) "
    "INSERT INTO t SELECT i, '客户' || (13800000000 + i) FROM n;";

std::string many_rows(int rows) { return database(fmt::format(kManyRows, rows)); }

bool any_at(const Extracted& extracted, std::string_view wanted, std::string_view place) {
  return std::ranges::any_of(extracted.documents, [&](const text::Document& document) {
    const std::size_t at = document.text.find(wanted);
    return at != std::string::npos && document.place(at) == place;
  });
}

void read_and_check(std::string_view content) {
  for (const text::Document& document : extract_all(content, "x").documents)
    CHECK(text::decode(as_bytes(document.text), text::Encoding::kUtf8).replaced == 0);
}

}  // namespace

TEST_CASE("every stored table is read in the order of its rows, and nothing in the file is run") {
  const Extracted extracted = extract_all(golden("customers.db"), "c.db");
  CHECK(extracted.outcome.format == "sqlite");
  CHECK(extracted.outcome.coverage == Coverage::kInspected);
  CHECK(any_at(extracted, "11010519491231002X", "c.db!客户!C3"));
  CHECK(any_at(extracted, "13800138000\t6200000000000005", "c.db!客户!D3"));
  CHECK(any_at(extracted, "11010519491231002X", "c.db!附件 \"原件\"!B4!customers!B2"));
  CHECK(any_at(extracted, "客户13700137000", "c.db!附件 \"原件\"!B5"));
  CHECK(any_at(extracted, "客户来电 13600136000", "c.db!全文_content!B2"));
  CHECK(extracted.text().contains("张三的名单"));  // GBK that SQLite takes for text
  CHECK_FALSE(extracted.text().contains("尾号"));  // a computed column
  CHECK_FALSE(extracted.text().contains("视图"));  // a view
}

TEST_CASE("a database in UTF-16 and in WAL mode is read, its clean twin is whole") {
  CHECK(extract_all(golden("wide.db"), "w.db").place_of("11010519491231002X") == "w.db!客户!B2");
  const Extracted clean = extract_all(golden("clean.db"), "c.db");
  CHECK(clean.outcome.coverage == Coverage::kInspected);
  CHECK(clean.text() == "名称\t电话\n营业部\t分机 8044");
}

TEST_CASE("names that are SQL, rows without an id and columns of every kind are read") {
  const Extracted extracted =
      extract_all(database("CREATE TABLE \"a\"\"; DROP TABLE b; --\"(\"select\", \"x\"\"y\", z "
                           "REAL, s AS (z + 1) STORED);"
                           "INSERT INTO \"a\"\"; DROP TABLE b; --\" VALUES('p', -5, 1.5);"
                           "CREATE TABLE b(k TEXT COLLATE NOCASE PRIMARY KEY, v) WITHOUT ROWID;"
                           "INSERT INTO b VALUES('z', NULL), ('y', 13800138000.0);"),
                  "x");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.text() == "select\tx\"y\tz\ts\np\t-5\t1.5\t2.5k\tv\ny\t13800138000\nz");
  CHECK(extracted.place_of("13800138000") == "x!b!B2");
}

TEST_CASE("a computed column and a default that would never end are not run") {
  const std::string content = database(
      "CREATE TABLE t(a, b AS (printf('%.*c', 50000000, a)), c DEFAULT (randomblob(1e9)));"
      "INSERT INTO t VALUES('13800138000', 1);");
  const auto start = std::chrono::steady_clock::now();
  const Extracted extracted = extract_all(content, "x");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.place_of("13800138000") == "x!t!A2");
  CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("a database that is cut off is read as far as it goes, and says so") {
  const std::string whole = many_rows(3000);
  const Extracted cut = extract_all(whole.substr(0, whole.size() * 2 / 3), "x");
  CHECK(cut.outcome.reason == "corrupt");
  CHECK(cut.outcome.coverage == Coverage::kPartial);
  CHECK(cut.text().contains("客户13800000001"));
  CHECK(extract_all(whole, "x").outcome.reason.empty());
  CHECK(extract_all(whole, "x").place_of("13800003000") == "x!t!B3001");
}

TEST_CASE("a tree of pages that turns back on itself ends") {
  std::string looped = many_rows(3000);
  const std::size_t page = 4096;
  for (std::size_t at = page; at + 12 < looped.size(); at += page) {
    if (looped[at] != '\x05') continue;  // an interior page: its last child is itself
    const auto number = static_cast<unsigned>(at / page + 1);
    for (std::size_t i = 0; i < 4; ++i)
      looped[at + 8 + i] = static_cast<char>(number >> (24 - 8 * i));
  }
  const Extracted extracted = extract_all(looped, "x");
  CHECK((extracted.outcome.reason == "corrupt" || extracted.outcome.reason == "timeout"));
}

TEST_CASE("a database has the limits of every file") {
  const std::string many = many_rows(200'000);
  CHECK(extract_all(many, "x", {.max_output = 1000}).outcome.reason == "too_large");
  CHECK(extract_all(many, "x", {.deadline = std::chrono::milliseconds(20)}).outcome.reason ==
        "timeout");
  const std::string tables = database("CREATE TABLE a(x); CREATE TABLE b(x); CREATE TABLE c(x);");
  CHECK(extract_all(tables, "x", {.max_entries = 2}).outcome.reason == "too_many_entries");
  CHECK(extract_all(tables, "x", {.max_depth = 0}).outcome.reason == "too_deep");
}

TEST_CASE("a long binary in a cell is told of, a schema that is broken too") {
  const std::string binary =
      database("CREATE TABLE t(a, b); INSERT INTO t VALUES('x', zeroblob(5000));");
  CHECK(extract_all(binary, "x").outcome.reason == "unsupported");
  std::string broken =
      database("CREATE TABLE customers(a, b); INSERT INTO customers VALUES(1, 2);");
  broken.replace(broken.find("CREATE TABLE"), 12, "CREATE STONE");
  CHECK(extract_all(broken, "x").outcome.reason == "corrupt");
  // Of this one SQLite says that memory is out.
  const auto odd = read_file(HUXIN_SOURCE_DIR "/tests/fuzz/seeds/sqlite/broken_schema.db");
  REQUIRE(odd);
  CHECK(extract_all(*odd, "x").outcome.reason == "corrupt");
  CHECK(extract_all("SQLite format 3", "x").outcome.format != "sqlite");
  CHECK(extract_all(std::string("SQLite format 3\0", 16), "x").outcome.reason == "corrupt");
}

TEST_CASE("databases cut anywhere and with bits turned end without a crash, in valid UTF-8") {
  const std::string small = database(
      "PRAGMA page_size=512; CREATE TABLE 客户(a PRIMARY KEY, b) WITHOUT ROWID; CREATE TABLE t(a, "
      "b);"
      "INSERT INTO 客户 VALUES('张三', 13800138000); INSERT INTO t VALUES(1.5, x'00ff');");
  for (std::size_t cut = 0; cut < small.size(); cut += 7)
    read_and_check(std::string_view(small).substr(0, cut));
  for (std::size_t bit = 0; bit < small.size() * 8; bit += 11) {
    std::string flipped = small;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    read_and_check(flipped);
  }
}

TEST_CASE("what stands behind a database's pages is read too") {
  const std::string file = database("CREATE TABLE t(a); INSERT INTO t VALUES('x');");
  const Extracted extracted =
      extract_all(file + "name,mobile\nA,13700137000\nB,13600136000\n", "a.db");
  INFO(extracted.text());
  CHECK(extracted.place_of("13700137000") == "a.db!behind!B2");
  CHECK(extract_all(file, "a.db").text() == "a\nx");
}

}  // namespace huxin::extract::test
