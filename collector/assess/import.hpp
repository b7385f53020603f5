#pragma once
#include <vector>

#include "collector/assess/branch.hpp"
#include "collector/import/csv.hpp"

namespace huxin::assess {

inline constexpr std::size_t kMostBranches = 5'000;
inline constexpr std::size_t kMostStaff = 100'000;
inline constexpr std::size_t kDeepestTree = 16;

/// What came of reading a table. When `table.ok()`, all of it; otherwise take nothing. Rows are in
/// the file's order, faults by line and column.
struct BranchImport {
  imports::CsvTable table;
  std::vector<Branch> branches;
};
struct StaffImport {
  imports::CsvTable table;
  std::vector<Staff> staff;
};

/// Reads the tree whole: 机构代码 code, 机构名称 name, 上级机构 parent, 一把手 accountable. Faults:
/// a code twice or of the wrong shape, an unknown parent, a circle of parents, a tree too deep,
/// none at all. Codes are 1 to 32 of [0-9A-Za-z._-], text is at most 128 bytes. The circle and the
/// depth are looked for from each branch upwards.
BranchImport read_branches(ByteView csv);

/// Reads the staff list whole: 工号 number, 姓名 name, 机构代码 branch (code), 岗位 role, 反洗钱岗
/// aml, 征信岗 credit (是/否), 离职日期 left_on. Faults: a number twice, a branch that `branches`
/// does not have, a date or a yes/no that is none. An empty yes/no is no, an empty date: still
/// employed.
StaffImport read_staff(ByteView csv, const std::vector<Branch>& branches);

}  // namespace huxin::assess
