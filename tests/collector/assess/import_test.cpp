#include "collector/assess/import.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/assess/domain.hpp"

namespace huxin::assess {
namespace {

constexpr std::string_view kTree =
    "机构代码,机构名称,上级机构,一把手\n"
    "3100,上海分行,,王建国\n"
    "3100-01,南京路支行,3100,李芳\n"
    "3100-02,淮海路支行,3100,欧阳明\n";

std::vector<Branch> tree() { return read_branches(as_bytes(kTree)).branches; }

TEST_CASE("A branch tree is read from Chinese and from English headers, in any order of columns") {
  const BranchImport chinese = read_branches(as_bytes(kTree));
  REQUIRE(chinese.table.ok());
  REQUIRE(chinese.branches.size() == 3);
  CHECK(chinese.branches[1] == Branch{"3100-01", "南京路支行", "3100", "李芳"});
  const BranchImport english = read_branches(
      as_bytes("name;parent;code;accountable\nHead;;1;Wang\nFirst Branch;1;1-1;Li\n"));
  REQUIRE(english.table.ok());
  CHECK(english.branches[1] == Branch{"1-1", "First Branch", "1", "Li"});
}

TEST_CASE("A staff list in GB18030 reads as the same list in UTF-8 does") {
  // 工号,姓名,机构代码,反洗钱岗,离职日期 / 10023,张三,3100-01,是,2026-03-01
  constexpr std::string_view kGb18030 =
      "\xB9\xA4\xBA\xC5,\xD0\xD5\xC3\xFB,\xBB\xFA\xB9\xB9\xB4\xFA\xC2\xEB,"
      "\xB7\xB4\xCF\xB4\xC7\xAE\xB8\xDA,\xC0\xEB\xD6\xB0\xC8\xD5\xC6\xDA\r\n"
      "10023,\xD5\xC5\xC8\xFD,3100-01,\xCA\xC7,2026-03-01\r\n";
  const StaffImport gb = read_staff(as_bytes(kGb18030), tree());
  INFO(gb.table.render("gb.csv"));
  REQUIRE(gb.table.ok());
  const StaffImport utf8 = read_staff(
      as_bytes("工号,姓名,机构代码,反洗钱岗,离职日期\n10023,张三,3100-01,是,2026-03-01\n"), tree());
  REQUIRE(utf8.table.ok());
  CHECK(gb.staff == utf8.staff);
  const Staff& person = gb.staff.at(0);
  CHECK(person.name == "张三");
  CHECK(person.aml);
  CHECK_FALSE(person.credit);
  CHECK(day_text(*person.left_on) == "2026-03-01");
  CHECK(person.employed_on(*person.left_on - 1));
  CHECK_FALSE(person.employed_on(*person.left_on));
}

struct Wrong {
  const char* why;
  std::string_view csv;
  std::size_t line, column;
};

void check_fault(const imports::CsvTable& table, const Wrong& row) {
  INFO(row.why << "\n" << table.render("t.csv"));
  REQUIRE_FALSE(table.ok());
  CHECK(table.faults().at(0).line == row.line);
  CHECK(table.faults().at(0).column == row.column);
  CHECK_FALSE(table.faults().at(0).zh.empty());
  CHECK_FALSE(table.faults().at(0).en.empty());
}

TEST_CASE("Each fault of a branch tree is told with its line and column") {
  for (const Wrong& row : {
           Wrong{"a code twice", "code,name,parent,accountable\n1,甲,,王\n1,乙,,李\n", 3, 1},
           Wrong{"an unknown parent", "code,name,parent,accountable\n1,甲,,王\n2,乙,9,李\n", 3, 3},
           Wrong{"its own parent", "code,name,parent,accountable\n1,甲,1,王\n", 2, 3},
           Wrong{"a circle of two", "code,name,parent,accountable\n1,甲,2,王\n2,乙,1,李\n", 2, 3},
           Wrong{"no name", "code,name,parent,accountable\n1,,,王\n", 2, 2},
           Wrong{"nobody accountable", "code,name,parent,accountable\n1,甲,,\n", 2, 4},
           Wrong{"a code that would not fit a path", "code,name,parent,accountable\na/b,甲,,王\n",
                 2, 1},
           Wrong{"no such column", "code,name,parent\n1,甲,\n", 1, 0},
           Wrong{"no rows", "code,name,parent,accountable\n", 1, 0},
       }) {
    check_fault(read_branches(as_bytes(row.csv)).table, row);
  }
}

TEST_CASE("A branch below a circle is not blamed for it, and the circle's members are") {
  const BranchImport read =
      read_branches(as_bytes("code,name,parent,accountable\n1,甲,2,王\n2,乙,1,李\n3,丙,2,赵\n"));
  REQUIRE(read.table.faults().size() == 2);
  CHECK(read.table.faults()[0].line == 2);
  CHECK(read.table.faults()[1].line == 3);
}

TEST_CASE("A tree may be sixteen levels deep and no deeper") {
  std::string csv = "code,name,parent,accountable\n1,n,,a\n";
  for (int level = 2; level <= 16; ++level) csv += fmt::format("{},n,{},a\n", level, level - 1);
  CHECK(read_branches(as_bytes(csv)).table.ok());
  csv += "17,n,16,a\n";
  check_fault(read_branches(as_bytes(csv)).table, {"the seventeenth level", {}, 18, 3});
}

TEST_CASE("Each fault of a staff list is told with its line and column") {
  for (const Wrong& row : {
           Wrong{"a number twice", "number,name,branch\n1,张三,3100\n1,李四,3100\n", 3, 1},
           Wrong{"an unknown branch", "number,name,branch\n1,张三,9999\n", 2, 3},
           Wrong{"no yes and no no", "number,name,branch,aml\n1,张三,3100,maybe\n", 2, 4},
           Wrong{"a day no calendar has", "number,name,branch,left_on\n1,张三,3100,2026-02-30\n", 2,
                 4},
           Wrong{"a stray quote", "number,name,branch\n1,张\"三,3100\n", 2, 2},
       }) {
    check_fault(read_staff(as_bytes(row.csv), tree()).table, row);
  }
}

TEST_CASE("Names are masked but for their first character") {
  CHECK(masked_name("张三") == "张*");
  CHECK(masked_name("欧阳娜娜") == "欧***");
  CHECK(masked_name("Li") == "L*");
  CHECK(masked_name("").empty());
}

TEST_CASE(
    "A terminal belongs to the branch that its token names by code or by a name of one branch") {
  std::vector<Branch> branches = tree();
  CHECK(branch_named(branches, "3100-01")->name == "南京路支行");
  CHECK(branch_named(branches, "淮海路支行")->code == "3100-02");
  CHECK(branch_named(branches, "外滩支行") == nullptr);
  branches.push_back({"3100-03", "南京路支行", "3100", "x"});
  CHECK(branch_named(branches, "南京路支行") == nullptr);  // two have this name: nobody can tell
}

TEST_CASE("Months and days begin by the bank's clock, eight hours before UTC's") {
  const Period march = *Period::from("2026-03");
  CHECK(to_rfc3339(march.begin()) == "2026-02-28T16:00:00.000Z");
  CHECK(to_rfc3339(march.end()) == "2026-03-31T16:00:00.000Z");
  CHECK(march.text() == "2026-03");
  CHECK(march.next().text() == "2026-04");
  CHECK(march.before(3).text() == "2025-12");
  CHECK(march.contains(march.begin()));
  CHECK_FALSE(march.contains(march.end()));
  CHECK(Period::containing(march.end()).text() == "2026-04");
  CHECK(day_text(bank_day(march.begin())) == "2026-03-01");
  CHECK(bank_day(march.begin()) == bank_day(march.begin() + std::chrono::hours(23)));
  for (const char* wrong : {"2026", "2026-13", "2026-00", "1999-12", "2026-3", "2026-03-01", "x"})
    CHECK_FALSE(Period::from(wrong));
}

}  // namespace
}  // namespace huxin::assess
