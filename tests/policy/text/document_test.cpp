#include "policy/text/document.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace huxin;
using namespace huxin::text;

TEST_CASE("columns are named as spreadsheets name them") {
  CHECK(column_name(0) == "A");
  CHECK(column_name(25) == "Z");
  CHECK(column_name(26) == "AA");
  CHECK(column_name(701) == "ZZ");
  CHECK(column_name(702) == "AAA");
  CHECK(column_name(16383) == "XFD");
  CHECK_FALSE(column_name(4294967295U).empty());
}

TEST_CASE("a place names the cell, the page or the line") {
  Document table{
      .where = "list.zip!客户.xlsx",
      .text = "a\tbb\nc\tdd",
      .groups = {"Sheet1"},
      .segments = {{{0, 1}, 0, 0, 0}, {{2, 4}, 0, 1, 0}, {{5, 6}, 6, 0, 0}, {{7, 9}, 6, 1, 0}},
      .origin = {},
      .layout = Layout::kTable};
  CHECK(table.place(0) == "list.zip!客户.xlsx!Sheet1!A1");
  CHECK(table.place(8) == "list.zip!客户.xlsx!Sheet1!B7");
  CHECK(table.segment_at(1) == nullptr);
  CHECK(table.segment_at(4) == nullptr);
  CHECK(table.segment_at(3) == &table.segments[1]);
  CHECK(table.segment_at(9) == nullptr);
  table.groups.clear();
  CHECK(table.place(8) == "list.zip!客户.xlsx!B7");

  const Document page{.where = "report.pdf",
                      .text = "x\ny",
                      .groups = {"page 1", "page 2"},
                      .segments = {{{0, 1}, 0, 0, 0}, {{2, 3}, 0, 0, 1}}};
  CHECK(page.place(2) == "report.pdf!page 2");

  const Document plain{.where = "notes.txt", .text = "one\ntwo\nthree"};
  CHECK(plain.place(0) == "notes.txt!L1");
  CHECK(plain.place(4) == "notes.txt!L2");
  CHECK(plain.place(9999) == "notes.txt!L3");
  CHECK(Document{.text = "x"}.place(0) == "L1");
}

TEST_CASE("a place finder agrees with the document in any order of asking") {
  const Document document{.where = "a.txt", .text = "1\n2\n\n4\n5"};
  PlaceFinder finder(document);
  for (const std::size_t offset : {0U, 3U, 5U, 7U, 2U, 6U, 1U}) {
    CHECK(finder.place(offset) == document.place(offset));
  }
}
