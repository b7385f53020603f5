#include "collector/import/cell_value.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::imports {
namespace {

constexpr detect::Date kToday{std::chrono::year{2026}, std::chrono::March, std::chrono::day{4}};

CellFate fate_in(std::string_view header, std::string_view cell) {
  const catalog::Catalog& catalog = *catalog::Catalog::builtin();
  return read_cell(cell, with_company(elements_of_header(header, catalog), catalog), kToday).fate;
}

}  // namespace

TEST_CASE("a cell is a value, says that there is none, or is refused") {
  struct Row {
    std::string_view header, cell;
    CellFate fate;
    std::string_view why;
  };
  constexpr Row kRows[] = {
      {"手机", " 138-0013-8000 ", CellFate::kTaken, "with what people put between"},
      {"手机", "　", CellFate::kEmpty, "a wide blank"},
      {"手机", "无", CellFate::kNone, "says so"},
      {"手机", "#N/A", CellFate::kNone, "as spreadsheets say it"},
      {"手机", "\\N", CellFate::kNone, "as databases dump it"},
      {"手机", "－", CellFate::kNone, "a wide dash"},
      {"手机", "1.39E+10", CellFate::kScientific, "digits are lost"},
      {"身份证号", "1.10105E+17", CellFate::kScientific, "digits are lost"},
      {"身份证号", "1E+17", CellFate::kScientific, "without a point"},
      {"手机", "13800138000.0", CellFate::kRefused, "a number that went through a decimal"},
      {"手机", "12800138000", CellFate::kRefused, "no prefix that was ever given out"},
      {"手机", "138****8000", CellFate::kRefused, "masked already"},
      {"手机", "13800138000/13900139000", CellFate::kRefused, "two of them"},
      {"手机", "张三", CellFate::kRefused, "a name"},
      {"身份证号", "110105194912310000", CellFate::kRefused, "a spreadsheet lost its last digits"},
      {"卡号", "6226890000000000", CellFate::kRefused, "fails Luhn"},
      {"邮箱", "a@b", CellFate::kRefused, "no domain"},
      {"姓名", "13800138000", CellFate::kRefused, "a number"},
      {"姓名", "Wang Xiaoming", CellFate::kTaken, "in Latin letters"},
      {"地址", "12345", CellFate::kRefused, "no words"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.header, row.cell, row.why);
    CHECK(fate_in(row.header, row.cell) == row.fate);
  }
}

TEST_CASE("of a refused cell no more than its ends is told") {
  CHECK(masked_cell(" 13800138001 ") == "1*********1");
  CHECK(masked_cell("abc") == "***");
  CHECK(masked_cell("") == "");
  CHECK(masked_cell(std::string(5000, 'x')) == std::string(32, '*'));
}

}  // namespace huxin::imports
