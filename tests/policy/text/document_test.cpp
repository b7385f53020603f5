#include "policy/text/document.hpp"

#include <string>

#include <catch2/catch_test_macros.hpp>

using namespace huxin;
using namespace huxin::text;

TEST_CASE("an offset map answers for copied, re-encoded and left-out stretches") {
  OffsetMap map;
  map.start_at(10);
  map.copied(4);       // derived 0..4 → 10..14
  map.replaced(3, 2);  // 4..7 → 14..16
  map.replaced(3, 2);  // 7..10 → 16..18
  map.replaced(0, 3);  // left out: 18..21
  map.copied(2);       // 10..12 → 21..23
  map.replaced(1, 0);  // 12..13: put in, stands for nothing
  CHECK_FALSE(map.identity());
  CHECK(map.original({0, 4}) == Span{10, 14});
  CHECK(map.original({1, 2}) == Span{11, 12});
  CHECK(map.original({4, 7}) == Span{14, 16});
  CHECK(map.original({5, 6}) == Span{14, 16});  // part of a character is the character
  CHECK(map.original({7, 10}) == Span{16, 18});
  CHECK(map.original({9, 11}) == Span{16, 22});
  CHECK(map.original({10, 12}) == Span{21, 23});  // what was left out before is not part of it
  CHECK(map.original({12, 13}) == Span{23, 23});
  CHECK(map.original({7, 7}) == Span{16, 16});
  CHECK(map.original({0, 999}) == Span{10, 23});
  CHECK(map.original({999, 1000}) == Span{23, 23});
  CHECK(OffsetMap().original({3, 9}) == Span{3, 9});
  CHECK(OffsetMap().identity());
}

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
