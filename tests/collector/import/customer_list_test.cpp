#include "collector/import/customer_list.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/record/chain.hpp"

namespace huxin::imports {
namespace {

using namespace std::chrono_literals;
using std::chrono::year;

constexpr Time kNow = std::chrono::sys_days{year{2026} / 3 / 4};
const Bytes kKey(32, 7);

CustomerTable read(std::string_view text) { return read_customers(as_bytes(text), kKey, kNow, 8h); }

bundle::ValueDigest digest(std::string_view element, std::string_view value) {
  bundle::ValueDigest made{};
  std::ranges::copy(record::value_digest(kKey, element, value), made.begin());
  return made;
}

}  // namespace

TEST_CASE("A customer is digested as a finding of the same number would be, by the bank's days") {
  const CustomerTable read_back = read(
      "身份证号,生效日期,失效日期,用途,授权编号\n"
      "11010519491231002x,2026-01-01,2026-12-31,贷款审批,ZX-1\n"
      "110101199003074514,2026/2/1,,,\n");
  INFO(read_back.table.render("t.csv"));
  REQUIRE(read_back.rows.size() == 2);
  const auto& first = read_back.rows[0];
  CHECK(first.entry.digest == digest("D01", "11010519491231002X"));
  CHECK(first.entry.from == std::chrono::sys_days{year{2026} / 1 / 1} - 8h);
  CHECK(first.entry.until == std::chrono::sys_days{year{2027} / 1 / 1} - 8h);
  CHECK(first.entry.purpose == "贷款审批");
  CHECK(first.reference == "ZX-1");
  CHECK(read_back.rows[1].entry.until == Time::max());
}

TEST_CASE(
    "What is wrong in a list is told by line and column, without the number, and imports nothing") {
  struct Row {
    const char* why;
    const char* line;
    std::size_t column;
    const char* says;
  };
  const Row rows[] = {
      {"a wrong check digit", "110105194912310021,2026-01-01,,,", 1, "identity number"},
      {"cut by a spreadsheet", "1.10105E+17,2026-01-01,,,", 1, "text"},
      {"fifteen digits", "110105491231002,2026-01-01,,,", 1, "identity number"},
      {"no day", "11010519491231002X,yesterday,,,", 2, "not a day"},
      {"no such day", "11010519491231002X,2026-02-30,,,", 2, "not a day"},
      {"no end", "11010519491231002X,2026-01-01,soon,,", 3, "not a day"},
      {"ends before it begins", "11010519491231002X,2026-01-02,2026-01-01,,", 3, "before"},
      {"a number where it would be kept", "11010519491231002X,2026-01-01,,,贷110101199003074514号",
       5, "identity number"},
      {"the same as a purpose", "11010519491231002X,2026-01-01,,110101199003074514,", 4,
       "identity number"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    const CustomerTable read_back =
        read("id_number,from,until,purpose,reference\n11010519491231002X,2026-01-01,,,\n" +
             std::string(row.line) + "\n");
    REQUIRE_FALSE(read_back.table.ok());
    CHECK(read_back.rows.empty());
    REQUIRE(read_back.table.faults().size() == 1);
    const CsvFault& fault = read_back.table.faults().front();
    CHECK(fault.line == 3);
    CHECK(fault.column == row.column);
    CHECK(fault.en.contains(row.says));
    CHECK_FALSE(read_back.table.render("t").contains("1101"));
  }
}

TEST_CASE("Other identity cards of 18 characters are taken as the element they are") {
  const CustomerTable read_back = read("id,from\n810000199408230021,2026-01-01\n");
  INFO(read_back.table.render("t.csv"));
  REQUIRE(read_back.rows.size() == 1);
  CHECK(read_back.rows[0].entry.digest == digest("D03", "810000199408230021"));
}

}  // namespace huxin::imports
