#include "policy/catalog/explain_terms.hpp"

namespace huxin::catalog {
namespace {

/// A line of the data file.
struct Row {
  std::string_view group;
  std::uint32_t number;
  std::string_view code;
  std::string_view zh;
  std::string_view en;
};
constexpr Row kRows[] = {
#include "policy/catalog/explain_terms.inc"
};

}  // namespace

Term explain_term(std::string_view group, std::uint32_t number) {
  for (const Row& row : kRows) {
    if (row.group == group && row.number == number) return {row.code, row.zh, row.en};
  }
  return {.code = "unknown", .zh = "未知", .en = "unknown"};
}

}  // namespace huxin::catalog
