#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::found;
using test::inspect;
using test::summary;
using test::table;

TEST_CASE("what banks have of their own is a customer's beside one alone") {
  check({{"票据号码：13021030", "", "a form in stock"},
         {"户名：张伟，票据号码：13021030", "D25=张伟 D66=13021030", "beside a name"},
         {"对公账号：110907635210801，票据号码：13021030", "D55=110907635210801 D66=13021030",
          "beside a company's account"},
         {"证书有效期至 2027/09", "", "a certificate's"},
         {"订单号 13912345678 证书有效期至 2027/09", "", "beside what is no customer's"},
         {"卡号6200000000000005 有效期至 09/27",
          "D40=6200000000000005 D46=09/27 D85=6200000000000005 09/27", "beside a card"},
         {"档案编号：492760895511", "", "an archive's"},
         {"姓名：张伟 档案编号：492760895511", "D25=张伟 D18=492760895511", "beside a name"}});
}

TEST_CASE("a label against numbers speaks of the first number behind it") {
  check({{"合同编号 20230017，王建国13800138000", "D67=20230017 D25=王建国 D27=13800138000",
          "the contract has its number"},
         {"订单号 13800138000", "", "the order's own"},
         {"表样编号 13800138000", "", "by the ending of its label"},
         {"词条编码：13800138000", "", "behind a colon"},
         {"交易 13800138000 笔", "", "so many transactions"},
         {"头寸 JPY 13800138000", "", "an amount"}});
}

TEST_CASE("numbers that are called something else are no findings") {
  check({{"订单号 6200000000000005", "", "an order number"},
         {"订单号：6200000000000005", "", "with a colon"},
         {"流水号13800138000", "", "a serial number"},
         {"order_id=4111111111111111", "", "a key"},
         {"{\"traceId\":\"4111111111111111\"}", "", "a JSON key"},
         {"invoice no 4111111111111111", "", "an invoice"},
         {"seq=4111111111111111", "", "a log's key"},
         {"foo=4111111111111111", "", "any other key"},
         {"订单号 123 手机号 13800138000", "D27=13800138000", "the nearest label counts"},
         {"card=6200000000000005", "D40=6200000000000005", "a key of its own kind"},
         {"cardNumber=6200000000000005", "D40=6200000000000005", "in camel case"},
         {"userPhone=13800138000", "D27=13800138000", "inside a longer key"},
         {"13800138000（手机）", "D27=13800138000", "labelled behind"}});
}

TEST_CASE("digit runs of machines are no findings") {
  check({{"2024-03-01 12:30:45.123", "", "a time stamp"},
         {"20240301123045123", "", "one without separators"},
         {"1709294400000", "", "milliseconds"},
         {"1709294400000000000", "", "nanoseconds"},
         {"550e8400-e29b-41d4-a716-446655440000", "", "a UUID"},
         {"12345678-1234-1234-1234-138001380001", "", "a UUID of digits"},
         {"d41d8cd98f00b204e9800998ecf8427e", "", "MD5"},
         {"13800138000abc", "", "a token"},
         {"0x6200000000000005", "", "hexadecimal"},
         {"3.14159265358979", "", "a fraction"},
         {"0.6200000000000005", "", "a fraction that passes Luhn"},
         {"192.168.100.101 10.0.0.1", "", "addresses"},
         {"ORD-2024-13800138000-01", "", "a mobile inside a longer number"},
         {"const uint64_t kSeed = 0x9e3779b97f4a7c15;", "", "source code"},
         {"sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "", "a hash"},
         {"1234567812345670", "", "Luhn holds, but no scheme"},
         {"8888888888888888", "", "one digit over and over"}});
}

TEST_CASE("columns are judged by their header") {
  const auto inspection =
      inspect(table({{"订单号", "姓名", "卡号", "手机号", "CVN2"},
                     {"6200000000000005", "张三", "6200000000000047", "13800138000", "123"},
                     {"4111111111111111", "欧阳静", "5555555555554444", "13900139000", "456"}}));
  CHECK(summary(inspection) ==
        "D25=张三 D40=6200000000000047 D27=13800138000 D45=123 D85=6200000000000047 123 "
        "D25=欧阳静 D41=5555555555554444 D27=13900139000 D45=456 D85=5555555555554444 456");
  CHECK(inspection.customers == 2);
  CHECK(inspection.findings[0].where == "a.xlsx!Sheet1!B2");
  CHECK(inspection.findings[1].confidence > 0.9);
}

TEST_CASE("a title above the header does not hide it") {
  const auto inspection = inspect(
      table({{"客户清单 2026"}, {"姓名", "护照号"}, {"张三", "E12345678"}, {"李四", "E87654321"}}));
  CHECK(summary(inspection) == "D25=张三 D06=E12345678 D25=李四 D06=E87654321");
}

TEST_CASE("a form in a table is read by the label on the left") {
  const auto inspection = inspect(
      table({{"姓名", "张三", "性别", "男"}, {"护照号码", "E12345678", "手机", "13800138000"}}));
  CHECK(summary(inspection) == "D25=张三 D06=E12345678 D27=13800138000");
  CHECK(inspection.customers == 1);
}

TEST_CASE("plain text with a header line is read like a table") {
  CHECK(found("姓名\t证件号码\t订单号\n欧阳静\tE12345678\t6200000000000005\n") ==
        "D25=欧阳静 D06=E12345678");
  CHECK(found("name,card no,order no\n张三,6200000000000005,6200000000000047\n") ==
        "D25=张三 D40=6200000000000005");
}

TEST_CASE("a label on the line above counts when both stand alone") {
  CHECK(found("护照号码\nE12345678\n") == "D06=E12345678");
  CHECK(found("护照号码请妥善保管，不得转借他人，如有遗失请立即与我行联系并挂失。\nE12345678\n")
            .empty());
}

TEST_CASE("cells are never joined") {
  CHECK(inspect(table({{"a", "b"}, {"6200 0000", "0000 0005"}})).findings.empty());
}

TEST_CASE("cells keep their place when normalising moves them") {
  const auto document = table(
      {{"手机号", "备\u200B注"}, {"１３８００１３８０００", "\u200B\u200Bx"}, {"", "13900139000"}});
  const auto inspection = inspect(document);
  REQUIRE(inspection.findings.size() == 2);
  CHECK(inspection.findings[0].where == "a.xlsx!Sheet1!A2");
  CHECK(inspection.findings[0].confidence > 0.9);
  CHECK(inspection.findings[1].where == "a.xlsx!Sheet1!B3");
  CHECK(document.text.substr(inspection.findings[1].span.begin, 11) == "13900139000");
}

}  // namespace
}  // namespace huxin::detect
