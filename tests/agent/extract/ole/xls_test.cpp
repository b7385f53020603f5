// Workbooks by hand, for what no office software here writes.
#include <catch2/catch_test_macros.hpp>

#include "agent/extract/ole/cell_value.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/agent/extract/ole/compound_writer.hpp"

namespace huxin::extract::test {
namespace {

std::string record(std::uint32_t type, const std::string& body) {
  return le16(type) + le16(static_cast<std::uint32_t>(body.size())) + body;
}

std::string place(std::uint32_t row, std::uint32_t column) {
  return le16(row) + le16(column) + le16(15);
}

std::string short_string(const std::string& text, bool wide) {
  const auto count = static_cast<char>(wide ? text.size() / 2 : text.size());
  return std::string(1, count) + static_cast<char>(wide) + text;
}

const std::string kEof = record(0x000A, "");
std::string bof(std::uint32_t version, std::uint32_t kind) {
  return record(0x0809, le16(version) + le16(kind) + std::string(12, '\0'));
}

/// A workbook of one sheet: `globals` before its only sheet, whose records are `sheet`.
std::string book(const std::string& globals, const std::string& sheet) {
  const std::string name = short_string(utf16(u"客户"), true);
  const std::string head = bof(0x0600, 5) + globals;
  const std::size_t begin = head.size() + 4 + 6 + name.size() + kEof.size();
  const std::string bound =
      record(0x0085, le32(static_cast<std::uint32_t>(begin)) + std::string("\2\0", 2) + name);
  return compound_of({{"Workbook", head + bound + kEof + bof(0x0600, 0x10) + sheet + kEof}});
}

std::string label(std::uint32_t row, std::uint32_t column, std::uint32_t index) {
  return record(0x00FD, place(row, column) + le32(index));
}

}  // namespace

TEST_CASE("a shared string that goes on in the next record may change its width there") {
  const std::string first = le32(2) + le32(2) + le16(14) + '\0' + "1380";
  const std::string more = std::string(1, '\1') + utf16(u"0138000客户") +  // wide from here
                           '\0' + "!";  // never read: 14 are full
  const std::string second = le16(11) + '\x0D' + le16(1) + le32(4) + utf16(u"1390013");
  const std::string globals =
      record(0x00FC, first) +
      record(0x003C, more.substr(0, more.size() - 2) + utf16(u"x") + second) +
      record(0x003C, std::string(1, '\0') + "9000" + "runs" + "hint");
  const Extracted extracted = extract_all(book(globals, label(1, 0, 0) + label(1, 1, 1)), "b.xls");
  INFO(extracted.text());
  CHECK(extracted.outcome.format == "xls");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.place_of("13800138000客户x") == "b.xls!客户!A2");
  CHECK(extracted.place_of("13900139000") == "b.xls!客户!B2");
}

TEST_CASE("numbers, errors and truths of every record stand at their place") {
  const std::string sheet =
      record(0x00BD, le16(4) + le16(1) + le16(0) + le32((1'000'001U << 2U) | 3U) + le16(0) +
                         le32((123'456'789U << 2U) | 2U) + le16(2)) +
      record(0x0205, place(5, 0) + std::string("\1\0", 2)) +
      record(0x0205, place(5, 1) + std::string("\x2A\1", 2)) +
      record(0x0006, place(6, 0) + std::string("\0\0\0\0\0\0\xFF\xFF", 8) + std::string(8, '\0')) +
      record(0x0207, le16(11) + '\0' + "13800138000") +
      record(0x0006, place(6, 1) + std::string("\1\0\1\0\0\0\xFF\xFF", 8)) +
      record(0x0204, place(7, 25) + le16(2) + '\1' + utf16(u"张三"));
  const Extracted extracted = extract_all(book("", sheet), "b.xls");
  INFO(extracted.text());
  CHECK(extracted.place_of("10000.01") == "b.xls!客户!B5");
  CHECK(extracted.place_of("123456789") == "b.xls!客户!C5");
  CHECK(extracted.place_of("TRUE") == "b.xls!客户!A6");
  CHECK(extracted.place_of("#N/A") == "b.xls!客户!B6");
  CHECK(extracted.place_of("13800138000") == "b.xls!客户!A7");
  CHECK(extracted.place_of("张三") == "b.xls!客户!Z8");
}

TEST_CASE("numbers are written as people read them") {
  const struct {
    double value;
    std::string_view shown, why;
  } rows[] = {
      {13800138000, "13800138000", "a mobile"},
      {6200000000000005, "6200000000000005", "a card of 16 digits is exact"},
      {6205500000000000000, "6205500000000000000", "of 19 digits the last are gone"},
      {-6205500000000000000, "-6205500000000000000", "below zero"},
      {1e39, "1000000000000000000000000000000000000000", "the longest in full"},
      {1e300, "1e+300", "no number of anybody"},
      {0.1 + 0.2, "0.3", "fifteen digits, as shown"},
      {12.5, "12.5", "a fraction"},
      {0, "0", "nothing"},
  };
  for (const auto& row : rows) {
    INFO(row.why);
    CHECK(shown_number(row.value) == row.shown);
  }
}

TEST_CASE("a workbook of Excel 95 is read by its code page") {
  const std::string zhang = "\xD5\xC5\xC8\xFD";  // 张三 in GBK
  const std::string stream = bof(0x0500, 5) + record(0x0042, le16(936)) + kEof + bof(0x0500, 0x10) +
                             record(0x0014, std::string(1, '\4') + zhang) +
                             record(0x0204, place(1, 2) + le16(4) + zhang) +
                             record(0x001C, place(1, 2) + "tel 13800138000") + kEof;
  const Extracted extracted = extract_all(compound_of({{"Book", stream}}), "b.xls");
  INFO(extracted.text());
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.place_of("张三\n") == "b.xls!L1");  // the header
  CHECK(extracted.text().contains("tel 13800138000"));
  bool in_cell = false;
  for (const text::Document& document : extracted.documents)
    in_cell = in_cell || document.text.starts_with("张三");
  CHECK(in_cell);
}

TEST_CASE("links are read with what they show and where they lead") {
  const std::string url("\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11\x8C\x82\x00\xAA\x00\x4B\xA9\x0B", 16);
  const std::string target = utf16(u"mailto:zhang@example.com") + le16(0);
  const std::string link =
      record(0x01B8, std::string(24, '\0') + le32(2) + le32(1 | 8 | 16) + le32(2) + utf16(u"张三") +
                         url + le32(static_cast<std::uint32_t>(target.size())) + target + le32(2) +
                         utf16(u"A1"));
  const Extracted extracted = extract_all(book("", label(0, 0, 0) + link), "b.xls");
  CHECK(extracted.text() == "张三\nmailto:zhang@example.com\nA1\n\n");
  CHECK(extracted.place_of("zhang@") == "b.xls!links1");
}

TEST_CASE("a pivot table's copy of its rows is read, though the sheet is gone") {
  const std::string cache = record(0x00C6, std::string(20, '\0')) +
                            record(0x00CD, le16(2) + '\1' + utf16(u"张三")) +
                            record(0x00C9, std::string("\0\0\x80\x28\x6B\xB4\x09\x42", 8)) + kEof;
  const std::string file =
      compound_of({{"Workbook", bof(0x0600, 5) + kEof}, {"_SX_DB_CUR/0001", cache}});
  const Extracted extracted = extract_all(file, "b.xls");
  CHECK(extracted.outcome.format == "xls");
  CHECK(extracted.outcome.reason.empty());
  CHECK(extracted.text() == "张三\n13800138000\n");
  CHECK(extracted.place_of("13800138000").starts_with("b.xls!pivot0001"));
}

TEST_CASE("a file that is a workbook of Excel 95 and of Excel 97 is read as both") {
  const std::string old = bof(0x0500, 0x10) + record(0x0204, place(0, 0) + le16(3) + "old") + kEof;
  const std::string now =
      bof(0x0600, 0x10) + record(0x0204, place(0, 0) + le16(3) + '\0' + "new") + kEof;
  CHECK(extract_all(compound_of({{"Book", old}, {"Workbook", now}}), "b").text() == "newold");
}

TEST_CASE("a workbook whose strings are encrypted is not inspected") {
  const Extracted extracted = extract_all(book(record(0x002F, le16(1)), label(0, 0, 0)), "b.xls");
  CHECK(extracted.outcome.format == "xls");
  CHECK(extracted.outcome.coverage == Coverage::kNotInspected);
  CHECK(extracted.outcome.reason == "encrypted");
}

TEST_CASE("counts and lengths beyond the stream are corrupt, and what is there is read") {
  const std::string cell = record(0x0203, place(0, 0) + std::string("\0\0\0\0\0\0\xF0\x3F", 8));
  const struct {
    std::string globals, sheet;
    std::string_view why;
  } rows[] = {
      {record(0x00FC, le32(0xFFFFFFFF) + le32(0xFFFFFFFF) + le16(0xFFFF) + '\1' + "ab"), cell,
       "four thousand million strings"},
      {record(0x00FC, le32(1) + le32(1) + le16(1) + '\4' + le32(0xFFFFFFFF) + "a"), cell,
       "a hint of 4 GiB"},
      {"", cell + record(0x0204, place(1, 0) + le16(0xFFFF) + '\1' + "ab"), "a label of 128 KiB"},
      {"", cell + record(0x01B6, std::string(10, '\0') + le16(0xFFFF)) + record(0x003C, "\1a"),
       "a comment that is not there"},
      {"", cell + le16(0x00FD) + le16(0x2000), "a record that is cut off"},
  };
  for (const auto& row : rows) {
    const Extracted extracted = extract_all(book(row.globals, row.sheet), "b.xls");
    INFO(row.why << ": " << extracted.text());
    CHECK(extracted.outcome.reason == "corrupt");
    CHECK(extracted.outcome.coverage == Coverage::kPartial);
    CHECK(extracted.text().starts_with("1"));
  }
}

TEST_CASE("cells that repeat one long string in one row end at the budget, not in memory") {
  const std::string shared = le32(1) + le32(1) + le16(8000) + '\0' + std::string(8000, 'a');
  std::string sheet;
  for (int i = 0; i < 60'000; ++i) sheet += label(0, 0, 0);
  const Budget budget{.max_output = std::size_t{16} << 20U, .deadline = std::chrono::minutes(1)};
  const Extracted extracted = extract_all(book(record(0x00FC, shared), sheet), "b.xls", budget);
  CHECK(extracted.outcome.reason == "too_large");
  for (const text::Document& document : extracted.documents)
    CHECK(document.text.size() < (std::size_t{5} << 20U));
}

}  // namespace huxin::extract::test
