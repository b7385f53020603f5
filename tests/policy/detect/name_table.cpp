#include "tests/policy/detect/name_table.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect::test {

std::string names(std::string_view text) {
  std::string all;
  for (const Finding& finding : inspect(text).findings) {
    if (finding.element != catalog::ElementId{25}) continue;
    all += (all.empty() ? "" : " ") + finding.value;
  }
  return all;
}

void check_names(std::initializer_list<NameRow> rows) {
  for (const NameRow& row : rows) {
    CAPTURE(row.text);
    CHECK(names(row.text) == row.expected);
  }
}

}  // namespace huxin::detect::test
