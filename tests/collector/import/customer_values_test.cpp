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

/// A table read into a filter, which can then be asked. No false hit of the values below with this
/// salt and seed.
struct Read {
  explicit Read(std::string_view table, const Named& named = {}) {
    known::ExactBuilder builder(kBankKey, Bytes(known::ExactHeader::kSaltSize, 2), 1);
    values = read_customer_values(as_bytes(table), named, *catalog::Catalog::builtin(), builder,
                                  [&](std::size_t bytes) { done = bytes; });
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

TEST_CASE("headers name elements as people write them") {
  struct Row {
    std::string_view header;
    int element;  // 0: none
    std::string_view why;
  };
  constexpr Row kRows[] = {
      {"D27", 27, "its id"},
      {"resident_id", 1, "its name"},
      {"Resident-ID", 1, "whatever its case and joints"},
      {" 身份证号 *", 1, "a keyword, with what forms add"},
      {"证件号码", 1, "a keyword of several: the first of the catalogue"},
      {"手机号", 27, "another keyword"},
      {"密码", 0, "authentication data is never taken"},
      {"备注", 0, "no element"},
      {"", 0, "no header"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.header, row.why);
    const auto element = element_of_header(row.header, *catalog::Catalog::builtin());
    CHECK((element ? static_cast<int>(*element) : 0) == row.element);
  }
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

TEST_CASE("a row that is none is told by its line") {
  const Read read("手机,邮箱\n13800138000,a@b.cn\n1,2,3\n13900139000,\"x\"y\n");
  REQUIRE(read.values);
  REQUIRE(read.values->faults.faults().size() == 2);
  CHECK(read.values->faults.faults()[0].line == 3);
  CHECK(read.values->faults.faults()[1].line == 4);
}

TEST_CASE("a table of GB18030 is read too, and one of neither encoding is not") {
  const Read read("\xca\xd6\xbb\xfa\n13800138000\n");  // 手机
  REQUIRE(read.values);
  CHECK(read.has(27, "13800138000"));
  CHECK(Read("\xff\xff\xff\n").values.error().code == Errc::kInvalid);
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
