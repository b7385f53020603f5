// Tables by hand, as FoxPro and dBASE write them; LibreOffice's are among the golden documents.
#include <bit>

#include <catch2/catch_test_macros.hpp>

#include "agent/extract/sniff.hpp"
#include "tests/agent/extract/extracted.hpp"
#include "tests/support/slower.hpp"

namespace huxin::extract::test {
namespace {

using huxin::test::kSlower;

struct Column {
  std::string name;
  char type;
  std::size_t length;
};

std::string little_endian(std::uint64_t value, std::size_t bytes) {
  std::string out;
  for (std::size_t i = 0; i < bytes; ++i) out.push_back(static_cast<char>(value >> (8 * i)));
  return out;
}

/// `records` begin with the mark of deletion; `counted`: how many the header says there are.
std::string table(char version, std::uint8_t driver, const std::vector<Column>& columns,
                  const std::vector<std::string>& records, std::size_t counted) {
  std::string fields, body;
  std::size_t length = 1;
  for (const Column& column : columns) {
    std::string field = column.name;
    field.resize(11);
    field += column.type + std::string(4, '\0') + little_endian(column.length, 2);
    field.resize(32);
    fields += field;
    length += column.length;
  }
  for (std::string record : records) {
    record.resize(length, ' ');
    body += record;
  }
  std::string head = std::string(1, version) + "\x7E\x01\x06" + little_endian(counted, 4) +
                     little_endian(32 + fields.size() + 1, 2) + little_endian(length, 2);
  head.resize(29);
  head += static_cast<char>(driver);
  head.resize(32);
  return head + fields + "\r" + body + "\x1A";
}

const std::vector<Column> kCustomer = {{"\xD0\xD5\xC3\xFB", 'C', 8}, {"MOBILE", 'N', 11}};

std::string customers(std::uint8_t driver = 0x4D) {
  return table('\x03', driver, kCustomer,
               {" \xD5\xC5\xC8\xFD    13800138000", "*\xC0\xEE\xCB\xC4    13900139000"}, 2);
}

void read_and_check(std::string_view content) {
  for (const text::Document& document : extract_all(content, "x").documents)
    CHECK(text::decode(as_bytes(document.text), text::Encoding::kUtf8).replaced == 0);
}

}  // namespace

TEST_CASE("a table in GBK is read with its columns' names, and what is deleted is read too") {
  const Extracted extracted = extract_all(customers(), "t.dbf");
  CHECK(extracted.outcome.format == "dbf");
  CHECK(extracted.outcome.coverage == Coverage::kInspected);
  CHECK(extracted.text() == "姓名\tMOBILE\n张三\t13800138000\n李四\t13900139000");
  CHECK(extracted.place_of("13900139000") == "t.dbf!B3");
}

TEST_CASE("a language driver is believed unless the text speaks against it") {
  struct Row {
    std::uint8_t driver;
    std::string text, reason;
  };
  const Row rows[] = {
      {0x4D, "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "dBASE's GBK"},
      {0x7A, "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "Visual FoxPro's GBK"},
      {0x03, "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "GBK under Windows' Western driver"},
      {0x00, "\xBF\xCD\xBB\xA7\xB5\xC4\xC3\xFB\xD7\xD6", "no driver"},
      {0x4D, "客户的名字", "UTF-8 under GBK's driver"},
  };
  for (const Row& row : rows) {
    const std::string content =
        table('\x03', row.driver, {{"A", 'C', 20}, {"B", 'C', 2}}, {" " + row.text}, 1);
    INFO(row.reason);
    CHECK(extract_all(content, "x").text().contains("客户的名字"));
  }
  const std::string big5 = table('\x30', 0x78, {{"A", 'C', 20}, {"B", 'C', 2}},
                                 {" \xAB\xC8\xA4\xE1\xAA\xBA\xA6\x57\xA6\x72"}, 1);
  CHECK(extract_all(big5, "x").text().contains("客戶的名字"));
}

TEST_CASE("binary fields of Visual FoxPro are written out, memos stand in another file") {
  const std::string record = " " + little_endian(1'380'013, 4) + little_endian(123'456'789, 8) +
                             little_endian(std::bit_cast<std::uint64_t>(13800138000.0), 8) +
                             little_endian(2'461'047, 4) + little_endian(0, 4) +
                             little_endian(5, 4) + "20260106T";
  const Extracted extracted = extract_all(table('\x30', 0x7A,
                                                {{"I", 'I', 4},
                                                 {"Y", 'Y', 8},
                                                 {"B", 'B', 8},
                                                 {"T", 'T', 8},
                                                 {"M", 'M', 4},
                                                 {"D", 'D', 8},
                                                 {"L", 'L', 1}},
                                                {record}, 1),
                                          "x");
  CHECK(extracted.text() ==
        "I\tY\tB\tT\tM\tD\tL\n1380013\t12345.6789\t13800138000\t2026-01-06\t20260106\tT");
  CHECK(extracted.outcome.reason.empty());
}

TEST_CASE("records that the header does not count are read, those that it only counts are lost") {
  const std::vector<std::string> two = {" a       13800138000", " b       13900139000"};
  const Extracted more = extract_all(table('\x03', 0, kCustomer, two, 1), "x");
  CHECK(more.text().contains("13900139000"));
  CHECK(more.outcome.reason.empty());
  const Extracted less = extract_all(table('\x03', 0, kCustomer, two, 3), "x");
  CHECK(less.text().contains("13900139000"));
  CHECK(less.outcome.reason == "corrupt");
  std::string encrypted = customers();
  encrypted[15] = '\x01';
  CHECK(extract_all(encrypted, "x").outcome.reason == "encrypted");
}

TEST_CASE("only a table whose header fits together is taken for one") {
  const auto is_table = [](std::string_view content) {
    return sniff(as_bytes(content)).format == Format::kDbf;
  };
  CHECK(is_table(customers()));
  for (const std::size_t at : {std::size_t{0}, std::size_t{2}, std::size_t{10}, std::size_t{12},
                               std::size_t{43}, std::size_t{48}, std::size_t{96}}) {
    std::string broken = customers();
    broken[at] = '\x7F';  // version, month, record's length, reserved, type, length, mark
    INFO(at);
    CHECK_FALSE(is_table(broken));
  }
  CHECK_FALSE(is_table(std::string(2000, '\x03')));
}

TEST_CASE("tables cut at every length and with every bit turned end without a crash") {
  const std::string whole = customers();
  for (std::size_t cut = 0; cut < whole.size(); ++cut)
    read_and_check(std::string_view(whole).substr(0, cut));
  for (std::size_t bit = 0; bit < whole.size() * 8; ++bit) {
    std::string flipped = whole;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    read_and_check(flipped);
  }
}

TEST_CASE("a table of millions of empty records ends within its time") {
  std::string content = table('\x03', 0, {{"A", 'L', 1}}, {}, 0xFFFFFFFF);
  content.pop_back();
  content.append(std::size_t{60} << 20U, ' ');
  const auto start = std::chrono::steady_clock::now();
  const Extracted extracted = extract_all(content, "x");
  CHECK((extracted.outcome.reason == "timeout" || extracted.outcome.reason == "corrupt"));
  CHECK(std::chrono::steady_clock::now() - start < kSlower * std::chrono::seconds(6));
}

TEST_CASE("tables one behind another are read as deep as archives in archives are") {
  std::string chain;
  for (int i = 0; i < 100'000; ++i) chain += table('\x03', 0, {{"A", 'C', 1}}, {}, 0);
  const Extracted extracted = extract_all(customers() + chain, "a.dbf");
  CHECK(extracted.outcome.reason == "too_deep");
  CHECK(extracted.place_of("13800138000") == "a.dbf!B2");
}

TEST_CASE("what stands behind a table's end is read too") {
  const Extracted extracted =
      extract_all(customers() + "name,mobile\nA,13700137000\nB,13600136000\n", "a.dbf");
  INFO(extracted.text());
  CHECK(extracted.place_of("13700137000") == "a.dbf!behind!B2");
  CHECK(extract_all(customers() + std::string(100, '\0'), "a.dbf").outcome.reason.empty());
}

}  // namespace huxin::extract::test
