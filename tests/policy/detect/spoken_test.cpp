#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

TEST_CASE("numbers behind a label are found as people say them") {
  test::check({
      {"手机号：一三八零零一三八零零零", "D27=13800138000", "digit by digit"},
      {"客户的手机是幺三八，零零幺三，八零零零。", "D27=13800138000", "幺, and pauses"},
      {"电话：一三八 〇〇一三 八〇〇〇", "D27=13800138000", "〇, and spaces"},
      {"身份证号码是一一零一零五一九四九一二三一零零二X", "D01=11010519491231002X", "with an X"},
      {"卡号为六二零零零零零零零零零零零零零五", "D40=6200000000000005", "a card"},
      {"订单号：一三八零零一三八零零零", "", "an order"},
      {"手机：一二三四五六七", "", "too short"},
      {"手机：一九四九年十月一日", "", "a year"},
      {"分机号：一三八零零一三八零零零一", "", "a numeral too many"},
  });
}

TEST_CASE("a number said and one written are one customer's") {
  CHECK(test::inspect("手机号：一三八零零一三八零零零\n\n手机号：13800138000\n").customers == 1);
}

}  // namespace
}  // namespace huxin::detect
