#include "collector/import/csv.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/import/date.hpp"

namespace huxin::imports {
namespace {

const std::vector<CsvColumn> kWanted{
    {.name = "id_number", .zh = "身份证号", .aliases = {"证件号码"}},
    {.name = "from", .zh = "生效日期", .aliases = {}},
    {.name = "note", .zh = "备注", .aliases = {}, .required = false}};

CsvTable read(std::string_view text, const CsvLimits& limits = {}) {
  return CsvTable::read(as_bytes(text), kWanted, limits);
}

TEST_CASE("A table is read whatever the order, the names and the encoding of its columns") {
  struct Row {
    const char* why;
    std::string text;
  };
  const Row tables[] = {
      {"plain UTF-8", "id_number,from,note\nA1,2026-01-02,甲\n"},
      {"a mark in front", "\xEF\xBB\xBFid_number,from,note\r\nA1,2026-01-02,甲\r\n"},
      {"Chinese headers, other order", "备注,身份证号,生效日期\n甲,A1,2026-01-02\n"},
      {"an alias", "备注,证件号码,生效日期\n甲,A1,2026-01-02"},
      {"headers as people write them", "ID Number*, From ,NOTE\nA1,2026-01-02,甲\n"},
      {"unknown columns between", "序号,id_number,x,from,note\n1,A1,,2026-01-02,甲\n"},
      {"quotes", "\"id_number\",\"from\",\"note\"\n\"A1\",\"2026-01-02\",\"甲\"\n"},
      {"tabs", "id_number\tfrom\tnote\nA1\t2026-01-02\t甲\n"},
      {"semicolons, old line ends", "id_number;from;note\rA1;2026-01-02;甲\r"},
      {"blanks around, a tab that keeps digits text",
       "id_number,from,note\n A1\t,2026-01-02,　甲　\n"},
      {"empty rows, empty cells at the end", "id_number,from,note\n\n,,\nA1,2026-01-02,甲,,,\n"},
      {"GB18030",
       "\xC9\xED\xB7\xDD\xD6\xA4\xBA\xC5,\xC9\xFA\xD0\xA7\xC8\xD5\xC6\xDA,\xB1\xB8\xD7\xA2\n"
       "A1,2026-01-02,\xBC\xD7\n"},
      {"UTF-16 as spreadsheets write it",
       std::string("\xFF\xFEi\0d\0_\0n\0u\0m\0b\0e\0r\0\t\0f\0r\0o\0m\0\t\0n\0o\0t\0e\0\n\0"
                   "A\0001\0\t\0002\0000\0002\0006\0-\0000\0001\0-\0000\0002\0\t\0\x32\x75\n\0",
                   74)},
  };
  for (const Row& table : tables) {
    INFO(table.why);
    const CsvTable read_back = read(table.text);
    INFO(read_back.render("t.csv"));
    REQUIRE(read_back.ok());
    REQUIRE(read_back.rows().size() == 1);
    const CsvRow& row = read_back.rows().front();
    CHECK(row.cells[0].text == "A1");
    CHECK(row.cells[1].text == "2026-01-02");
    CHECK(row.cells[2].text == "甲");
  }
}

TEST_CASE("Cells tell the line and column where they stand") {
  const CsvTable table =
      read("note,from,id_number\n\"two\"\"s\",2026-01-01,A1\nplain,2026-01-01,A2\n");
  REQUIRE(table.ok());
  CHECK(table.rows()[0].cells[2].text == "two\"s");
  CHECK(table.rows()[1].line == 3);
  CHECK(table.rows()[1].cells[0].line == 3);
  CHECK(table.rows()[1].cells[0].column == 3);
}

TEST_CASE("An optional column may be missing or empty") {
  const CsvTable table = read("id_number,from\nA1,2026-01-01\n");
  REQUIRE(table.ok());
  CHECK(table.rows()[0].cells[2].text.empty());
  CHECK(table.rows()[0].cells[2].column == 0);
  CHECK(read("id_number,from,note\nA1,2026-01-01\n").ok());
}

TEST_CASE("What is wrong in a table is told with line and column, and nothing is read of it") {
  struct Row {
    const char* why;
    std::string text;
    std::size_t line, column;
    const char* says;
  };
  const Row tables[] = {
      {"nothing at all", "", 1, 0, "no column id_number"},
      {"no header", "A1,2026-01-01,x\n", 1, 0, "no column id_number"},
      {"a required column is missing", "id_number,note\nA1,x\n", 1, 0, "no column from"},
      {"a column stands twice", "id_number,from,证件号码\nA1,2026-01-01,A1\n", 1, 3, "twice"},
      {"a required cell is empty", "id_number,from\nA1,2026-01-01\nA2,\n", 3, 2, "from is empty"},
      {"a row is short", "id_number,from\nA1\n", 2, 2, "from is empty"},
      {"a row is long", "id_number,from\nA1,2026-01-01,x\n", 2, 3, "3 cells"},
      {"a quote is open", "id_number,from\n\"A1,2026-01-01\nA2,2026-01-01\n", 2, 1, "not closed"},
      {"text behind a quote", "id_number,from\n\"A\"1,2026-01-01\n", 2, 1, "behind the closing"},
      {"a quote inside", "id_number,from\nA1,20\"26\n", 2, 2, "whole cell"},
      {"a line end in a cell", "id_number,from\n\"A\n1\",2026-01-01\n", 2, 1, "control"},
      {"a null byte", std::string("id_number,from\nA\0001,2026-01-01\n", 31), 2, 1, "control"},
      {"behind a cell of two lines lines still count",
       "id_number,from,x\nA1,2026-01-01,\"a\r\nb\"\nA2,,\n", 4, 2, "from is empty"},
      {"no text", "id_number,from\nA1,\xFF\xFF\xFF\n", 2, 0, "neither UTF-8 nor GB18030"},
  };
  for (const Row& row : tables) {
    INFO(row.why);
    const CsvTable table = read(row.text);
    REQUIRE_FALSE(table.ok());
    CHECK(table.rows().empty());
    INFO(table.render("t.csv"));
    CHECK(table.faults().front().line == row.line);
    CHECK(table.faults().front().column == row.column);
    CHECK(table.faults().front().en.contains(row.says));
    CHECK(table.render("t.csv").starts_with("t.csv:" + std::to_string(row.line) + ":"));
  }
}

TEST_CASE("Limits refuse a table, and say so") {
  const std::string three = "id_number,from\nA1,1\nA2,2\nA3,3\n";
  CHECK(read(three, {.rows = 3}).ok());
  CHECK(read(three, {.rows = 2}).faults().front().line == 4);
  CHECK(read(three, {.bytes = 10}).faults().front().en.contains("10 bytes"));
  CHECK(read(three, {.columns = 1}).faults().front().en.contains("1 columns"));
  CHECK(read("id_number,from\nAAAA,1\n", {.cell = 3}).faults().front().line == 2);
  const CsvTable many = read("id_number,from\n,\n,1\n,1\n,1\n", {.faults = 2});
  CHECK(many.faults().size() == 2);
  CHECK(many.more_faults() == 1);
  CHECK(many.render("t.csv").contains("1 more faults"));
}

TEST_CASE("An importer's own faults make a table not ok") {
  CsvTable table = read("id_number,from\nA1,1\n");
  REQUIRE(table.ok());
  table.fault(table.rows()[0].cells[1], "日期不对", "not a date");
  CHECK_FALSE(table.ok());
  CHECK(table.render("名单.csv") == "名单.csv:2:2: 日期不对 / not a date\n");
}

TEST_CASE("Days are read as people write them, and no other") {
  using namespace std::chrono;
  for (const char* text : {"2026-03-01", "2026/3/1", "2026.03.1", "20260301", "2026年3月1日"}) {
    INFO(text);
    CHECK(date_from(text) == year(2026) / 3 / 1);
  }
  for (const char* text : {"", "2026-02-30", "26-03-01", "2026-3", "2026-03-01 00:00", "-026-03-01",
                           "2026/3-1", "1899-12-31", "3000-01-01", "202603011", "2026年3月1"}) {
    INFO(text);
    CHECK_FALSE(date_from(text));
  }
}

}  // namespace
}  // namespace huxin::imports
