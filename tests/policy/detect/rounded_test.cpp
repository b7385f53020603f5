// What a spreadsheet left of long numbers that it took for amounts: 15 digits and zeros.
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect::test {

TEST_CASE("a number that lost its end to a spreadsheet counts where a column or label names it") {
  check({
      {"姓名,银行卡号\n张三,6222021234567890000\n", "D25=张三 D40=6222021234567890000",
       "a card of 19 digits"},
      {"姓名,身份证号\n张三,110105194912310000\n", "D25=张三 D01=110105194912310000",
       "an identity number"},
      {"客户身份证号：110105194912310000，已核", "D01=110105194912310000", "a label"},
      {"姓名,订单号\n张三,6222021234567890000\n", "D25=张三", "another column"},
      {"流水 6222021234567890000 已入账", "", "nothing that says what it is"},
      {"姓名,身份证号\n张三,110105194913310000\n", "D25=张三", "no day of birth"},
      {"姓名,银行卡号\n张三,6222021234567890001\n", "D25=张三", "a wrong check digit"},
      {"姓名,银行卡号\n张三,6222021234567890\n", "D25=张三",
       "one zero, of a text: as likely a wrong number"},
  });
}

TEST_CASE("of a cell that is a number, the one digit that it lost is enough") {
  text::Document document = table({{"姓名", "银行卡号"}, {"张三", "6222021234567890"}});
  CHECK(summary(inspect(document)) == "D25=张三");
  document.segments.back().number = true;
  CHECK(summary(inspect(document)) == "D25=张三 D40=6222021234567890");
}

}  // namespace huxin::detect::test
