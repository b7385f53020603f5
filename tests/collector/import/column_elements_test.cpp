#include "collector/import/column_elements.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::imports {
namespace {

const catalog::Catalog& kCatalog = *catalog::Catalog::builtin();

std::string ids(const ColumnElements& elements) {
  std::string text;
  for (const catalog::Element* const each : elements) text += to_string(each->id) + " ";
  return text;
}

}  // namespace

TEST_CASE("headers name elements as people write them") {
  struct Row {
    std::string_view header;
    std::string_view elements;
    std::string_view why;
  };
  constexpr Row kRows[] = {
      {"D27", "D27 ", "its id"},
      {"resident_id", "D01 ", "its name"},
      {"Resident-ID", "D01 ", "whatever its case and joints"},
      {" 身份证号 *", "D01 D02 D13 D15 ",
       "a keyword of all that are called so, with what forms add"},
      {"卡号", "D40 D41 ", "cards of every scheme"},
      {"密码", "", "authentication data is never taken"},
      {"备注", "", "no element"},
      {"D84", "", "follows from other elements"},
      {"D69", "", "a kind of document"},
      {"", "", "no header"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.header, row.why);
    CHECK(ids(elements_of_header(row.header, kCatalog)) == row.elements);
  }
}

TEST_CASE("what people write in the same column comes behind what the column is for") {
  const auto of = [](std::string_view header) {
    return ids(with_company(elements_of_header(header, kCatalog), kCatalog));
  };
  CHECK(of("D27") == "D27 D29 D30 ");
  CHECK(of("D41") == "D41 D40 ");
  CHECK(of("D04") == "D04 D01 D02 D03 ");
  CHECK(of("D25") == "D25 D26 ");
  CHECK(of("D31") == "D31 ");
}

}  // namespace huxin::imports
