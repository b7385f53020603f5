#include "policy/detect/derived.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/detect/validators/age.hpp"
#include "policy/detect/validators/check_digits.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using namespace std::chrono;
using test::inspect;

std::string with_check(const std::string& base) {
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(base + c)) return base + c;
  }
  return base;
}

std::vector<Finding> of(const Inspection& inspection, std::uint16_t element) {
  std::vector<Finding> all;
  std::ranges::copy_if(inspection.findings, std::back_inserter(all), [&](const Finding& finding) {
    return finding.element == catalog::ElementId{element};
  });
  return all;
}

TEST_CASE("a year of age is complete at the end of the birthday") {
  CHECK(is_younger_than(2012y / March / 1, 2026y / March / 1, 14));
  CHECK_FALSE(is_younger_than(2012y / March / 1, 2026y / March / 2, 14));
  CHECK(is_younger_than(2012y / March / 2, 2026y / March / 1, 14));
  CHECK_FALSE(is_younger_than(1990y / March / 7, 2026y / March / 1, 14));
}

TEST_CASE("who was born on 29 February comes of age with February") {
  CHECK(is_younger_than(2012y / February / 29, 2026y / February / 28, 14));
  CHECK_FALSE(is_younger_than(2012y / February / 29, 2026y / March / 1, 14));
  CHECK(is_younger_than(2012y / February / 29, 2028y / February / 29, 16));
  CHECK_FALSE(is_younger_than(2012y / February / 29, 2028y / March / 1, 16));
}

TEST_CASE("an identity number of a child is two findings over one span") {
  const std::string child = with_check("11010520120302001");  // fourteen on 2 March 2026
  const auto inspection = inspect("监护人代办，身份证号：" + child);
  REQUIRE(inspection.findings.size() == 2);
  CHECK(inspection.findings_total == 2);
  CHECK(test::summary(inspection) == "D01=" + child + " D84=" + child);
  CHECK(inspection.findings[0].span == inspection.findings[1].span);
  CHECK(inspection.findings[0].customer == inspection.findings[1].customer);
  CHECK(inspection.customers == 1);
  CHECK(of(inspect("身份证号：" + with_check("11010520120228001")), 84).empty());
}

TEST_CASE("a card with what authorises a payment is one finding over both, of level C3") {
  const std::string text = "卡号 6200000000000005，安全码：123";
  const auto whole = of(inspect(text), 85);
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].level == catalog::Level::kC3);
  CHECK(whole[0].value == "6200000000000005 123");
  CHECK(text.substr(whole[0].span.begin, whole[0].span.size()) == "6200000000000005，安全码：123");
}

TEST_CASE("factors before a card and further ones behind it join the same finding") {
  const auto whole = of(inspect("安全码：123 卡号 6200000000000005 CVN2：456"), 85);
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].value == "6200000000000005 123 456");
}

TEST_CASE("two hundred characters are near, two hundred and one are not") {
  const auto text = [](int gap) {
    std::string between;
    for (int i = 0; i < gap - 4; ++i) between += "字";
    return "卡号 6200000000000005" + between + "安全码：123";
  };
  CHECK(of(inspect(text(200)), 85).size() == 1);
  CHECK(of(inspect(text(201)), 85).empty());
}

TEST_CASE("each card of a dump is a combination of its own") {
  const auto whole = of(inspect("4111111111111111|12/28|123\n5555555555554444|11/27|456\n"), 85);
  REQUIRE(whole.size() == 2);
  CHECK(whole[0].value.starts_with("4111111111111111 "));
  CHECK(whole[1].value.starts_with("5555555555554444 "));
}

TEST_CASE("a card and the code of the next object or row are not near each other") {
  const auto objects = inspect(R"([{"card":"6200000000000005"},{"otp":"验证码 482913"}])");
  CHECK(of(objects, 51).size() == 1);
  CHECK(of(objects, 85).empty());
  const auto rows =
      inspect(test::table({{"卡号", "安全码"}, {"6200000000000005", ""}, {"", "482"}}));
  CHECK(of(rows, 45).size() == 1);
  CHECK(of(rows, 85).empty());
  CHECK(of(inspect("卡号：6200000000000005\n\n安全码：123\n"), 85).size() == 1);
}

TEST_CASE("documents of one file are not near each other") {
  const auto& detector = test::detector();
  const auto context = detector.context();
  InspectionBuilder builder(detector, *context, test::today());
  for (const char* text : {"卡号 6200000000000005", "安全码：123"}) {
    text::Document document;
    document.text = text;
    REQUIRE(builder.add(document));
  }
  CHECK(of(builder.finish(), 85).empty());
}

TEST_CASE("name, number, telephone and card of one customer are a combination, of two are none") {
  const std::string id = with_check("11010519900307001");
  const std::string one = "姓名：张三\n身份证号：" + id + "\n手机：13800138000\n";
  const auto whole = of(inspect(one + "卡号：6200000000000005\n"), 85);
  REQUIRE(whole.size() == 1);
  CHECK(whole[0].customer == 1);
  CHECK(whole[0].level == catalog::Level::kC3);
  CHECK(of(inspect(one + "\n\n姓名：李四\n卡号：6200000000000005\n"), 85).empty());
  CHECK(of(inspect(one), 85).empty());
}

TEST_CASE("a list of ten customers is a bulk list, of nine it is none") {
  const auto list = [](int count) {
    std::string text;
    for (int i = 0; i < count; ++i) text += fmt::format("139{:08}\n", i);
    return inspect(text);
  };
  CHECK(of(list(9), 86).empty());
  const auto ten = of(list(10), 86);
  REQUIRE(ten.size() == 1);
  CHECK(ten[0].value == "10");
  CHECK(ten[0].span == Span{0, 0});
  CHECK(ten[0].customer == 0);
  CHECK(of(list(99), 86)[0].value == "10");
  CHECK(of(list(100), 86)[0].value == "100");
  CHECK(of(list(1000), 86)[0].value == "1000");
}

TEST_CASE("many bare names are a bulk list where something speaks of customers") {
  constexpr std::array kNames{"张伟", "王芳", "李娜", "刘洋", "陈静", "杨敏", "赵强", "黄磊",
                              "周军", "吴勇", "徐艳", "孙杰", "胡涛", "朱明", "高超"};
  const auto list = [&](const std::string& header, const std::string& mail) {
    std::vector<std::vector<std::string>> rows{{"编号", header, "邮箱"}};
    for (std::size_t i = 0; i < kNames.size(); ++i)
      rows.push_back({fmt::format("PC{:04}", i), kNames.at(i),
                      mail.empty() ? "" : fmt::format("user{}{}", i, mail)});
    return inspect(test::table(rows));
  };
  CHECK(list("姓名", "").customers == kNames.size());
  CHECK(of(list("姓名", ""), 86).empty());
  CHECK(of(list("姓名", "@example.com"), 86).empty());
  CHECK(of(list("客户姓名", ""), 86).size() == 1);
  // Something more is said of a few: it is still a list of names. Of many: it is one of customers.
  std::string visitors;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    visitors += std::string("姓名：") + kNames.at(i);
    visitors += i % 3 == 0 ? fmt::format("，手机 138001380{:02}\n\n", i) : "\n\n";
  }
  CHECK(of(inspect(visitors), 86).size() == 1);
}

TEST_CASE("ten hits on one customer are no bulk list") {
  std::string text;
  for (int i = 0; i < 20; ++i) text += "13912345678\n\n";
  CHECK(of(inspect(text), 86).empty());
}

}  // namespace
}  // namespace huxin::detect
