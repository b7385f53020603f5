#include <algorithm>
#include <cstdlib>

#include "collector/assess/import.hpp"
#include "collector/assess/item.hpp"
#include "collector/assess/model.hpp"
#include "collector/assess/score.hpp"
#include "collector/assess/snapshot.hpp"

// The first byte says what the rest is read as: a branch tree, a staff list, a closed month, items
// or a model. What is taken must hold what its reader promises.

namespace {

using namespace huxin;

void check(bool holds) {
  if (!holds) std::abort();
}

void read_tree(ByteView bytes) {
  const assess::BranchImport read = assess::read_branches(bytes);
  if (!read.table.ok()) return;
  for (const assess::Branch& branch : read.branches) {
    check(!branch.code.empty() && !branch.name.empty());
    check(assess::branch_named(read.branches, branch.code) != nullptr);
    // Below itself it stands once: there are no circles.
    const auto below = assess::with_below(read.branches, branch.code);
    check(std::ranges::count(below, branch.code) == 1);
  }
}

void read_list(ByteView bytes) {
  const std::vector<assess::Branch> tree{{"1", "甲", "", "x"}};
  const assess::StaffImport read = assess::read_staff(bytes, tree);
  if (!read.table.ok()) return;
  for (const assess::Staff& person : read.staff) check(person.branch == "1");
}

void read_month(std::string_view text) {
  const auto inputs = assess::inputs_from(text);
  if (!inputs) return;
  const auto again = assess::inputs_from(assess::to_text(*inputs));
  check(again.has_value() && *again == *inputs);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const ByteView rest(data + 1, size - 1);
  switch (data[0]) {
    case 't':
      read_tree(rest);
      break;
    case 's':
      read_list(rest);
      break;
    case 'm':
      read_month(as_text(rest));
      break;
    case 'i':
      (void)assess::Items::parse(as_text(rest), "items");
      break;
    default:
      (void)assess::Model::parse(as_text(rest), "model");
  }
  return 0;
}
