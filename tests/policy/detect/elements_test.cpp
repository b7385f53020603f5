#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::found;
using test::inspect;

TEST_CASE("names are found by their label or beside another element") {
  check({{"客户姓名：张三", "D25=张三", "labelled"},
         {"姓名 欧阳修文", "D25=欧阳修文", "compound surname"},
         {"户名:阿卜杜拉·买买提", "D25=阿卜杜拉·买买提", "dotted"},
         {"姓名：张三性别：男", "D25=张三", "the next label ends it"},
         {"张伟,13800138000", "D25=张伟 D27=13800138000", "beside a number"},
         {"13800138000 李娜", "D27=13800138000 D25=李娜", "behind one"},
         {"客户经理提醒您", "", "no name"},
         {"姓名：", "", "an empty form"},
         {"持卡人应当妥善保管", "", "prose"},
         {"张伟今天去了北京", "", "no label, no company"}});
}

TEST_CASE("an address is one span over all of its parts") {
  check({{"地址：北京市海淀区中关村大街27号1101室", "D34=北京市海淀区中关村大街27号1101室",
          "labelled"},
         {"家住广东省深圳市南山区科技园路12号3栋2单元501室附近",
          "D34=广东省深圳市南山区科技园路12号3栋2单元501室", "inside a sentence"},
         {"江苏省南京市鼓楼区", "D34=江苏省南京市鼓楼区", "three divisions"},
         {"北京市的天气很好", "", "one part"},
         {"上海市浦东新区的房价", "", "two parts"},
         {"下午3号线停运", "", "no address"},
         {"第12号令", "", "no address"}});
}

TEST_CASE("e-mail addresses are cut where they end") {
  check({{"邮箱zhang.san@example.com。", "D31=zhang.san@example.com", "between Han"},
         {"Write to a.b@bank.com.cn.", "D31=a.b@bank.com.cn", "a full stop behind"},
         {"mailto:A.B@Bank.com?subject=x", "D31=a.b@bank.com", "a link, in capitals"},
         {"email=a@example.com&x=1", "D31=a@example.com", "a form"},
         {"pkg@1.2.3 user@localhost @decorator x@@y", "", "source code"}});
}

TEST_CASE("security codes need a label or a card with its expiry") {
  check({{"CVN2: 123", "D45=123", "labelled"},
         {"卡背面后三位 456", "D45=456", "Chinese label"},
         {"安全码：789", "D45=789", "Chinese label"},
         {"CVV2 is 12345", "", "too long"},
         {"第123页", "", "no label"},
         {"卡号 4111111111111111 12/28 123",
          "D41=4111111111111111 D46=12/28 D85=4111111111111111 12/28 123 D45=123",
          "as dumps write it"},
         {"卡号 4111111111111111 共 123 元", "D41=4111111111111111", "an amount"}});
}

TEST_CASE("a track is one finding and carries its card") {
  check({{";6200000000000005=251210112345678?", "D43=;6200000000000005=251210112345678?",
          "sentinels"},
         {"track2: 6200000000000005D251210112345678F", "D43=6200000000000005D251210112345678F",
          "EMV tag 57"},
         {";6200000000000006=251210112345678?", "", "fails Luhn"}});
  CHECK(inspect(";6200000000000005=251210112345678?\n\n卡号 6200000000000005").customers == 1);
}

TEST_CASE("a private key is one finding over the whole block") {
  const std::string body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj\n";
  const std::string key =
      "-----BEGIN PRIVATE KEY-----\n" + body + body + "-----END PRIVATE KEY-----";
  const auto inspection = inspect("x\n" + key + "\nabc");
  REQUIRE(inspection.findings.size() == 1);
  CHECK(inspection.findings[0].element == catalog::ElementId{83});
  CHECK(inspection.findings[0].span == Span{2, 2 + key.size()});
  CHECK(inspection.findings[0].level == catalog::Level::kC3);
  CHECK(found("-----BEGIN CERTIFICATE-----\n" + body + "-----END CERTIFICATE-----").empty());
  CHECK(found("grep -e '-----BEGIN PRIVATE KEY-----' file").empty());
  CHECK(found("-----BEGIN RSA PRIVATE KEY-----\n" + body + body).contains("D83"));
}

TEST_CASE("a detector of some elements finds no others") {
  DetectorOptions options;
  options.cache = huxin::test::pattern_cache();
  options.elements = {catalog::ElementId{27}};
  const auto detector = Detector::build(catalog::Catalog::builtin(), options);
  REQUIRE(detector);
  const auto context = (*detector)->context();
  InspectionBuilder builder(**detector, *context, test::today());
  text::Document document;
  document.text = "13800138000 11010519491231002X 姓名：张三 a@example.com";
  REQUIRE(builder.add(document));
  CHECK(test::summary(builder.finish()) == "D27=13800138000");
}

TEST_CASE("an element without a recogniser is refused by name") {
  DetectorOptions options;
  options.elements = {catalog::ElementId{99}};
  const auto detector = Detector::build(catalog::Catalog::builtin(), options);
  REQUIRE_FALSE(detector);
  CHECK(detector.error().code == Errc::kUnsupported);
  CHECK(detector.error().context.contains("D99"));
  CHECK(test::detector().unrecognised().empty());
}

}  // namespace
}  // namespace huxin::detect
