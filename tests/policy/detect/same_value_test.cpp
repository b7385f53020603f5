#include "policy/detect/same_value.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect {
namespace {

using catalog::ElementId;

TEST_CASE("numbers that people write in one column are compared as one kind") {
  struct Row {
    std::uint16_t a;
    std::string_view first;
    std::uint16_t b;
    std::string_view second;
  };
  constexpr Row kRows[] = {
      {1, "130503196704010016", 2, "130503670401001"},      // a number and its old form
      {1, "810000199408230021", 3, "810000199408230021"},   // a permit under 身份证号
      {1, "911124198108030024", 4, "911124198108030024"},   // a permanent resident's card too
      {1, "11010519491231002X", 18, "11010519491231002X"},  // a driving licence's number is one
      {1, "11010519491231002X", 21, "11010519491231002X"},  // as is a social security number
      {1, "11010519491231002X", 24, "11010519491231002X"},  // and a person's tax file
      {27, "057188886666", 29, "057188886666"},             // 电话: a mobile or a landline
      {40, "4111111111111111", 41, "4111111111111111"},     // 卡号 of any scheme
      {40, "4111111111111111", 43, ";4111111111111111=30121011000?"},  // what a track 2 is of
  };
  for (const Row& row : kRows) {
    const known::Value a = comparable(ElementId{row.a}, row.first);
    const known::Value b = comparable(ElementId{row.b}, row.second);
    CAPTURE(row.second);
    CHECK(a.element == b.element);
    CHECK(a.text == b.text);
  }
}

TEST_CASE("values whose form does not hold are compared as they stand") {
  CHECK(comparable(ElementId{2}, "123").text == "123");
  CHECK(comparable(ElementId{43}, "no track").text == "no track");
  CHECK(comparable(ElementId{18}, "110105194912").element == ElementId{18});
  CHECK(comparable(ElementId{99}, "what").element == ElementId{99});
}

TEST_CASE("a landline is compared as a mobile in the bank's list alone") {
  std::string room;
  CHECK(same_value(Kind::kLandline, "057188886666", room).kind == Kind::kLandline);
  CHECK(comparable(ElementId{29}, "057188886666").element == ElementId{27});
}

}  // namespace
}  // namespace huxin::detect
