#include "collector/import/customer_values.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/import/csv_pieces.hpp"
#include "policy/detect/same_value.hpp"
#include "policy/known/key.hpp"

namespace huxin::imports {
namespace {

using catalog::ElementId;
using Named = std::vector<std::pair<std::string, ElementId>>;

const Bytes kBankKey(32, 3);

constexpr Time kNow = std::chrono::sys_days{std::chrono::year{2026} / 3 / 4};

/// A table read into a filter, which can then be asked. No false hit of the values below with this
/// salt and seed.
struct Read {
  explicit Read(std::string_view table, const Named& named = {}, bool skip_invalid = false) {
    known::ExactBuilder builder(kBankKey, Bytes(known::ExactHeader::kSaltSize, 2), 1);
    values = read_customer_values(as_bytes(table),
                                  {.named = named,
                                   .skip_invalid = skip_invalid,
                                   .now = kNow,
                                   .progress = [&](std::size_t bytes) { done = bytes; }},
                                  *catalog::Catalog::builtin(), builder);
    keys = builder.distinct();
    file = builder.build().value();
  }
  known::ExactFilter filter() const {
    const auto salt = known::read_exact_header(file).value().salt;
    return known::ExactFilter::open(file, known::derive_key(kBankKey, known::kExactPurpose, salt))
        .value();
  }
  bool has(std::uint16_t element, std::string_view value) const {
    return filter().contains(detect::comparable(ElementId{element}, value));
  }

  Result<CustomerValues> values;
  std::size_t keys = 0, done = 0;
  Bytes file;
};

/// Text of characters below U+10000 in UTF-16.
std::string utf16(std::string_view text, bool big) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
    const std::size_t length = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : 3;
    unsigned unit = length == 1 ? byte(0) : byte(0) & (length == 2 ? 0x1FU : 0x0FU);
    for (std::size_t i = 1; i < length; ++i) unit = unit << 6U | (byte(i) & 0x3FU);
    const char high = static_cast<char>(unit >> 8U), low = static_cast<char>(unit & 0xFFU);
    out += big ? high : low;
    out += big ? low : high;
    at += length;
  }
  return out;
}

}  // namespace

TEST_CASE("a table's values are known as findings carry them") {
  const Read read(
      "客户号,姓名,身份证号,手机,邮箱\n"
      "7,王小明,11010519491231002x,138 0013-8000,Wang@Example.COM\n"
      "8,李 雷,440524188001010014,１３９００１３９０００,\n");
  REQUIRE(read.values);
  CHECK(read.values->faults.ok());
  CHECK(read.values->rows == 2);
  CHECK(read.has(1, "11010519491231002X"));
  CHECK(read.has(27, "13800138000"));
  CHECK(read.has(27, "13900139000"));
  CHECK(read.has(31, "wang@example.com"));
  CHECK_FALSE(read.has(27, "13700137000"));
  const known::Value name{ElementId{25}, "王小明"};
  CHECK(read.filter().contains(name, known::Value{ElementId{1}, "11010519491231002X"}));
  CHECK(read.filter().contains(name, known::Value{ElementId{27}, "13800138000"}));
  CHECK_FALSE(read.filter().contains(name, known::Value{ElementId{27}, "13900139000"}));
  // Three numbers and a name beside each; two, and a name beside each.
  CHECK(read.keys == 10);
  REQUIRE(read.values->columns.size() == 4);
  CHECK(read.values->left_out == std::vector<std::string>{"客户号"});
}

TEST_CASE("columns can be named, and then no other is taken") {
  const Read read("甲,手机\n13800138000,13900139000\n", {{"甲", ElementId{27}}});
  REQUIRE(read.values);
  CHECK(read.has(27, "13800138000"));
  CHECK_FALSE(read.has(27, "13900139000"));
}

TEST_CASE("a table that proves nothing is refused with the way out") {
  struct Row {
    std::string_view table;
    Named named;
    std::string_view says;
  };
  const Row rows[] = {
      {"姓名\n王小明\n", {}, "--columns"},
      {"备注\nx\n", {}, "--columns"},
      {"", {}, "empty"},
      {"手机\n13800138000\n", {{"电话", ElementId{27}}}, "no column 电话"},
      {"口令\nx\n", {{"口令", ElementId{49}}}, "never listed"},
      {"儿童\nx\n", {{"儿童", ElementId{84}}}, "follows from other elements"},
      {"报告\nx\n", {{"报告", ElementId{69}}}, "kinds of documents"},
  };
  for (const Row& row : rows) {
    const Read read(row.table, row.named);
    CAPTURE(row.table);
    REQUIRE_FALSE(read.values);
    CHECK(read.values.error().code == Errc::kInvalid);
    CHECK(read.values.error().context.contains(row.says));
  }
}

TEST_CASE("cells that hold no value are left out, and counted") {
  const Read read("手机,固话\n无,-\n13800138000,\n0,N/A\n");
  REQUIRE(read.values);
  CHECK(read.keys == 1);
  CHECK(read.values->columns[0].taken == 1);
  CHECK(read.values->columns[0].left_out == 2);
}

TEST_CASE("a row unlike its header is told by line and column") {
  const Read read(
      "手机,邮箱\n13800138000,a@b.cn\n1,2,3\n13900139000,\"x\"y\n13800138000\n"
      "13800138000,a@b.cn,,\n,\n\n");
  REQUIRE(read.values);
  const auto& faults = read.values->faults.faults();
  REQUIRE(faults.size() == 3);
  CHECK((faults[0].line == 3 && faults[0].column == 3));  // too long
  CHECK((faults[1].line == 4 && faults[1].column == 2));  // text behind a quote
  CHECK((faults[2].line == 5 && faults[2].column == 2));  // too short
  CHECK(read.values->rows == 2);                          // empty cells at the end are no cells
}

TEST_CASE("a value that its element refuses is told by line and column, masked, and left out") {
  std::string table = "姓名,身份证号,手机\n";
  for (int i = 0; i < 60; ++i) table += "王小明,11010519491231002X,13800138000\n";
  table +=
      "李雷,110105194912310021,13900139000\n"
      "韩梅,440524188001010014,1.39E+10\n"
      "赵六,440524188001010014,abc\n";
  const Read read(table);
  REQUIRE(read.values);
  CHECK(read.values->faults.ok());
  CHECK(read.values->columns[1].refused == 1);
  CHECK(read.values->columns[2].refused == 2);
  const auto& refused = read.values->refused.faults();
  REQUIRE(refused.size() == 3);
  CHECK((refused[0].line == 62 && refused[0].column == 2));
  CHECK(refused[0].zh.contains("1****************1"));
  CHECK((refused[1].line == 63 && refused[1].column == 3));
  CHECK(refused[1].en.contains("scientific"));
  CHECK((refused[2].line == 64 && refused[2].column == 3));
  CHECK_FALSE(read.values->refused.render("x").contains("110105194912310021"));
  CHECK_FALSE(read.has(1, "110105194912310021"));
  CHECK(read.has(27, "13900139000"));
  CHECK(read.has(1, "440524188001010014"));
}

TEST_CASE("a column of which over a twentieth is refused builds nothing unless that is asked for") {
  const auto table = [](int good, int bad) {
    std::string text = "手机\n";
    for (int i = 0; i < good; ++i) text += "13800138000\n";
    for (int i = 0; i < bad; ++i) text += "12345\n";
    return text;
  };
  CHECK(Read(table(19, 1)).values->faults.ok());  // a twentieth, and no more
  const Read read(table(18, 1));
  REQUIRE(read.values->faults.faults().size() == 1);
  const CsvFault& fault = read.values->faults.faults()[0];
  CHECK((fault.line == 1 && fault.column == 1));
  CHECK(fault.en.contains("1 of the 19 values"));
  CHECK(fault.en.contains("--skip-invalid"));
  const Read skipped(table(1, 150), {}, true);
  CHECK(skipped.values->faults.ok());
  CHECK(skipped.keys == 1);
  CHECK(skipped.values->refused.faults().size() == 100);
  CHECK(skipped.values->refused.more_faults() == 50);
}

TEST_CASE("cells that say there is nothing are no refused values, however many they are") {
  const Read read("手机,身份证号\n无,无\nN/A,不详\n13800138000,NULL\n");
  REQUIRE(read.values);
  CHECK(read.values->faults.ok());
  CHECK(read.values->columns[1].left_out == 3);
  CHECK(read.keys == 1);
}

TEST_CASE("a column of several kinds of numbers takes each as what it is") {
  const Read read(
      "证件号码,账号,联系电话\n"
      "E12345678,6222023981438898122,010-62345678\n"
      "110105491231002,4111111111111111,+852 9123 4567\n"
      "810000199408230021,123456789012345678,13800138000\n");
  REQUIRE(read.values);
  CHECK(read.values->refused.ok());
  CHECK(read.has(6, "E12345678"));
  CHECK(read.has(1, "11010519491231002X"));  // of fifteen digits, in its modern form
  CHECK(read.has(3, "810000199408230021"));
  CHECK(read.has(40, "6222023981438898122"));
  CHECK(read.has(41, "4111111111111111"));
  CHECK(read.has(54, "123456789012345678"));
  CHECK(read.has(29, "01062345678"));
  CHECK(read.has(30, "85291234567"));
}

TEST_CASE("a table with nothing in it gives no key") {
  const Read header("姓名,身份证号\n");
  CHECK(header.values->rows == 0);
  CHECK(header.keys == 0);
  const Read none("姓名,身份证号\n王小明,无\n李雷,无\n");
  CHECK(none.values->rows == 2);
  CHECK(none.keys == 0);
}

TEST_CASE("a table of GB18030 is read too, and one of neither encoding is told by its line") {
  const Read read("\xca\xd6\xbb\xfa\n13800138000\n");  // 手机
  REQUIRE(read.values);
  CHECK(read.has(27, "13800138000"));
  const auto broken = Read("\xca\xd6\xbb\xfa\n13800138000\n\xff\xff\xff\n").values;
  REQUIRE_FALSE(broken);
  CHECK(broken.error().code == Errc::kInvalid);
  CHECK(broken.error().context.contains("line 3"));
}

TEST_CASE("a table of UTF-16 with a mark is read in either order, in pieces too") {
  for (const bool big : {false, true}) {
    CAPTURE(big);
    std::string table = utf16("\uFEFF手机\t备注\r\n13900139000\t\"甲\r\n乙\"\r\n", big);
    const std::string row = utf16("13800138000\t" + std::string(400, 'x') + "\r\n", big);
    for (int i = 0; i < 6000; ++i) table += row;
    table += utf16("13700137000\t1\t2\r\n", big);
    const Read read(table);
    REQUIRE(read.values);
    CHECK(read.values->rows == 6001);
    CHECK(read.keys == 2);
    CHECK(read.has(27, "13900139000"));
    REQUIRE(read.values->faults.faults().size() == 1);
    CHECK(read.values->faults.faults()[0].line == 6004);
    CHECK(read.done == table.size());
    const auto cut = Read(table + "\n").values;  // half a character
    REQUIRE_FALSE(cut);
    CHECK(cut.error().context.contains("line 6005"));
  }
}

TEST_CASE("a table longer than a piece is read whole, and cut at rows alone") {
  std::string table = "手机,备注\n";
  constexpr int kRows = 200'000;
  for (int i = 0; i < kRows; ++i)
    table += fmt::format("138{:08},\"a line\nand another, {}\"\n", i, i);
  const Read read(table);
  REQUIRE(read.values);
  CHECK(read.values->faults.ok());
  CHECK(read.values->rows == kRows);
  CHECK(read.keys == kRows);
  CHECK(read.done == table.size());
  CHECK(read.has(27, "13800199999"));
}

TEST_CASE("lines are counted on from piece to piece") {
  std::string table = "手机,备注\n";
  const std::string row = "13800138000," + std::string(1000, 'x') + "\n";
  for (int i = 0; i < 6000; ++i) table += row;
  table += "1,2,3\n";
  const Read read(table);
  REQUIRE(read.values);
  REQUIRE(read.values->faults.faults().size() == 1);
  CHECK(read.values->faults.faults()[0].line == 6002);
}

TEST_CASE("a quote that is never closed does not swallow a table") {
  std::string table = "手机\n\"13800138000\n";
  table.append(std::size_t{65} << 20U, 'x');
  CHECK(Read(table).values.error().context.contains("not closed"));
}

}  // namespace huxin::imports
