// Tables that stand in plain text, below other lines.
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::found;

TEST_CASE("a table inside plain text is read by its header") {
  check({{"续保提醒\n\n| 保单号 | 客户 |\n|---|---|\n| 5162197105 | 余晨光 |\n\n请跟进。\n",
          "D82=5162197105 D25=余晨光", "Markdown"},
         {"一\n二\n三\n四\n五\n六\n借款人,借据号,备注\n尚修齐,DK79989187,无\n",
          "D25=尚修齐 D67=DK79989187", "commas, far below"},
         {"各位：\n姓名　　　生日\n刘家骏　　1992-07-31\n", "D25=刘家骏 D36=19920731",
          "ideographic spaces"},
         {"附：\n借款人　借据号　授信额度　逾期金额\n尚修齐　DK79989187　250,000.00　42,875.60\n",
          "D25=尚修齐 D67=DK79989187 D68=250,000.00 D68=42,875.60", "single ones"},
         {"CARDHOLDER NAME   | STATUS\nKONG MUCHEN       | ACTIVE\n", "D26=kong muchen",
          "one header that is known, before bars"},
         {"附表：\r\n姓名,借据号,备注\r\n尚修齐,无,DK79989187\r\n\r\n", "D25=尚修齐", "CR LF"},
         {"登记表\n│姓　名│保单号│\n│张三　│PDAA20231101│\n", "D25=张三 D82=PDAA20231101",
          "drawn lines"}});
}

TEST_CASE("lines that are no rows of a table are not read by its header") {
  check({{"| 保单号 | 状态 |\n|---|---|\n\n| 5162197105 | 有效 |\n", "", "a blank line ends it"},
         {"| 保单号 | 状态 |\n| 5162197105 | 有效 | 三 |\n", "", "another number of fields"},
         {"保单号，状态，均须填写\n5162197105，有效，是\n", "", "a sentence with one label"},
         {"| 序号 | 状态 |\n| 5162197105 | 有效 |\n", "", "a header that means nothing"}});
}

TEST_CASE("a table goes on over the borders of chunks") {
  std::string text = "附表\n\n| 保单号 | 状态 |\n|---|---|\n";
  for (int row = 0; row < 5000; ++row)
    text += "| PDAA" + std::to_string(20'231'101 + row) + " | 有效 |\n";
  CHECK(test::inspect(text).findings.size() == 5000);
}

}  // namespace
}  // namespace huxin::detect
