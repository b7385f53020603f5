#include "collector/assess/import.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <span>

#include "collector/import/date.hpp"

namespace huxin::assess {
namespace {

using imports::CsvCell;
using imports::CsvColumn;
using imports::CsvLimits;
using imports::CsvRow;
using imports::CsvTable;

constexpr std::size_t kLongestCode = 32;
constexpr std::size_t kLongestName = 128;

const std::vector<CsvColumn>& branch_columns() {
  static const std::vector<CsvColumn> columns{
      {"code", "机构代码", {"网点代码", "branch_code"}, true},
      {"name", "机构名称", {"网点名称", "branch_name"}, true},
      {"parent", "上级机构", {"上级机构代码", "parent_code"}, false},
      {"accountable", "一把手", {"第一责任人", "负责人", "accountable_person"}, true}};
  return columns;
}

const std::vector<CsvColumn>& staff_columns() {
  static const std::vector<CsvColumn> columns{
      {"number", "工号", {"员工编号", "staff_number"}, true},
      {"name", "姓名", {}, true},
      {"branch", "机构代码", {"网点代码", "branch_code"}, true},
      {"role", "岗位", {"职务"}, false},
      {"aml", "反洗钱岗", {"反洗钱组", "aml_group"}, false},
      {"credit", "征信岗", {"征信组", "credit_group"}, false},
      {"left_on", "离职日期", {"离岗日期", "left"}, false}};
  return columns;
}

bool is_code(std::string_view text) {
  return !text.empty() && text.size() <= kLongestCode && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
  });
}

void check_code(CsvTable& table, const CsvCell& cell) {
  if (cell.text.empty() || is_code(cell.text)) return;  // an empty one is told by the reader
  table.fault(cell, "代码只能由字母、数字、点、横线组成，至多 32 位",
              "a code has letters, digits, '.', '_' and '-', at most 32");
}

void check_text(CsvTable& table, const CsvCell& cell) {
  const bool plain = std::ranges::none_of(
      cell.text, [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7F; });
  if (plain && cell.text.size() <= kLongestName) return;
  table.fault(cell, "文字至多 128 字节，且不得含控制字符",
              "at most 128 bytes of text without control characters");
}

/// Tells a value that was seen in an earlier row.
class Once {
 public:
  explicit Once(CsvTable& table) : table_(table) {}
  void see(const CsvCell& cell) {
    if (cell.text.empty()) return;
    const auto [at, fresh] = lines_.emplace(cell.text, cell.line);
    if (fresh) return;
    table_.fault(cell, fmt::format("与第 {} 行重复", at->second),
                 fmt::format("is that of line {} again", at->second));
  }

 private:
  CsvTable& table_;
  std::map<std::string, std::size_t> lines_;
};

/// Checks that each parent is there and that going up ends at the top.
class Tree {
 public:
  Tree(CsvTable& table, const std::vector<Branch>& branches) : table_(table) {
    for (const Branch& branch : branches) parents_.emplace(branch.code, branch.parent);
  }
  void check(const Branch& branch, const CsvCell& parent) {
    if (branch.parent.empty()) return;
    if (!parents_.contains(branch.parent))
      return table_.fault(parent, "没有这个上级机构", "there is no such parent");
    std::size_t depth = 1;
    std::string at = branch.parent;
    for (; !at.empty() && depth <= parents_.size(); ++depth) {
      if (at == branch.code)
        return table_.fault(parent, "上级机构形成循环", "the parents go round in a circle");
      at = above(at);
    }
    if (at.empty() && depth > kDeepestTree)  // otherwise it hangs from a circle, told there
      table_.fault(parent, "机构层级超过 16 级", "the tree is deeper than 16 levels");
  }

 private:
  std::string above(const std::string& code) const {
    const auto found = parents_.find(code);
    return found == parents_.end() ? std::string{} : found->second;
  }

  CsvTable& table_;
  std::map<std::string, std::string> parents_;
};

bool read_flag(CsvTable& table, const CsvCell& cell) {
  constexpr std::array<std::string_view, 7> kYes{"是", "1", "y", "Y", "yes", "true", "√"};
  constexpr std::array<std::string_view, 7> kNo{"", "否", "0", "n", "N", "no", "false"};
  if (std::ranges::find(kYes, cell.text) != kYes.end()) return true;
  if (std::ranges::find(kNo, cell.text) == kNo.end())
    table.fault(cell, "应填“是”或“否”", "'yes' or 'no' is wanted here");
  return false;
}

std::optional<std::int64_t> read_day(CsvTable& table, const CsvCell& cell) {
  if (cell.text.empty()) return std::nullopt;
  const auto day = imports::date_from(cell.text);
  if (day) return std::chrono::sys_days(*day).time_since_epoch().count();
  table.fault(cell, "日期应如 2026-03-01", "a day like 2026-03-01 is wanted here");
  return std::nullopt;
}

void check_not_empty(CsvTable& table) {
  if (table.ok() && table.rows().empty())
    table.fault(1, 0, "表中没有数据行", "the table has no rows");
}

}  // namespace

BranchImport read_branches(ByteView csv) {
  BranchImport read{
      CsvTable::read(csv, branch_columns(), CsvLimits{.rows = kMostBranches, .cell = 1024}), {}};
  check_not_empty(read.table);
  Once codes(read.table);
  const std::vector<CsvRow> rows = read.table.rows();
  for (const CsvRow& row : rows) {
    const std::span<const CsvCell> cells = row.cells;
    check_code(read.table, cells[0]);
    check_text(read.table, cells[1]);
    check_text(read.table, cells[3]);
    codes.see(cells[0]);
    read.branches.push_back({cells[0].text, cells[1].text, cells[2].text, cells[3].text});
  }
  Tree tree(read.table, read.branches);
  for (std::size_t i = 0; i < rows.size(); ++i) tree.check(read.branches[i], rows[i].cells[2]);
  return read;
}

StaffImport read_staff(ByteView csv, const std::vector<Branch>& branches) {
  StaffImport read{
      CsvTable::read(csv, staff_columns(), CsvLimits{.rows = kMostStaff, .cell = 1024}), {}};
  check_not_empty(read.table);
  Once numbers(read.table);
  const std::vector<CsvRow> rows = read.table.rows();
  for (const CsvRow& row : rows) {
    const std::span<const CsvCell> cells = row.cells;
    check_code(read.table, cells[0]);
    check_text(read.table, cells[1]);
    check_text(read.table, cells[3]);
    numbers.see(cells[0]);
    const bool known = std::ranges::find(branches, cells[2].text, &Branch::code) != branches.end();
    if (!known && !cells[2].text.empty())
      read.table.fault(cells[2], "没有这个机构", "there is no such branch");
    read.staff.push_back({cells[0].text, cells[1].text, cells[2].text, cells[3].text,
                          read_flag(read.table, cells[4]), read_flag(read.table, cells[5]),
                          read_day(read.table, cells[6])});
  }
  return read;
}

}  // namespace huxin::assess
