#include "policy/detect/customers.hpp"

#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/detect/validators/check_digits.hpp"
#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

namespace huxin::detect {
namespace {

using test::inspect;
using test::table;

std::string mobile(int n) { return fmt::format("138{:08}", n); }

std::string resident(int n) {
  const std::string base = fmt::format("110105{}0101{:03}", 1950 + n / 1000, n % 1000);
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(base + c)) return base + c;
  }
  return base;
}

TEST_CASE("five hundred rows are five hundred customers") {
  std::vector<std::vector<std::string>> rows{{"姓名", "身份证号", "手机号"}};
  for (int i = 0; i < 500; ++i) rows.push_back({"张伟", resident(i), mobile(i)});
  const auto inspection = inspect(table(rows));
  CHECK(inspection.customers == 500);
  REQUIRE(inspection.findings.size() == 1501);  // the list itself is one more
  CHECK(inspection.findings[1499].customer == 500);
}

TEST_CASE("five hundred hits on one customer are one") {
  std::string text;
  for (int i = 0; i < 500; ++i) text += "张伟 " + resident(7) + " " + mobile(7) + "\n";
  const auto inspection = inspect(text);
  CHECK(inspection.customers == 1);
  CHECK(inspection.findings_total == 1500);
}

TEST_CASE("records that share an identifying value are one customer") {
  CHECK(inspect("张伟 " + resident(1) + "\n\n张伟 " + resident(1) + " " + mobile(1) + "\n\n" +
                mobile(1) + " a@example.com")
            .customers == 1);
}

TEST_CASE("a shared telephone does not make one of two people") {
  std::vector<std::vector<std::string>> rows{{"姓名", "身份证号", "客户经理手机"}};
  for (int i = 0; i < 50; ++i) rows.push_back({"张伟", resident(i), mobile(0)});
  CHECK(inspect(table(rows)).customers == 50);
}

TEST_CASE("the old and the new form of an identity number are one person") {
  CHECK(inspect("身份证 130503670401001\n\n身份证 130503196704010016").customers == 1);
}

TEST_CASE("a form is one customer, line by line") {
  const auto inspection = inspect("姓名：张三\n身份证号：" + resident(3) + "\n手机：" + mobile(3) +
                                  "\n备用手机：" + mobile(4) + "\n邮箱：z@example.com\n");
  CHECK(inspection.customers == 1);
  for (const Finding& finding : inspection.findings) CHECK(finding.customer == 1);
}

TEST_CASE("forms one after the other are one customer each") {
  std::string text;
  for (int i = 0; i < 3; ++i) {
    text += "姓名：张三\n身份证号：" + resident(i) + "\n手机：" + mobile(i) + "\n";
  }
  CHECK(inspect(text).customers == 3);
}

TEST_CASE("lines of a list are one customer each, gaps or not") {
  CHECK(inspect("张伟 " + mobile(1) + "\n李娜 " + mobile(2) + "\n" + mobile(3) + "\n").customers ==
        3);
  CHECK(inspect(mobile(1) + "\n" + mobile(2) + "\n" + mobile(3) + "\n").customers == 3);
  CHECK(inspect(mobile(1) + "," + mobile(2) + "," + mobile(3)).customers == 3);
}

TEST_CASE("an old identity number beside a new one of the same birth is that person's") {
  const std::vector<std::string> header{"户名", "旧身份证号", "新身份证号"};
  const auto count = [&](const char* old_id, const char* new_id) {
    return inspect(test::table({header, {"孟婉清", old_id, new_id}})).customers;
  };
  CHECK(count("530827901217907", "350429199012179796") == 1);  // its area has another number now
  CHECK(count("530827901217907", "62102519550119607X") == 2);
  CHECK(inspect("孟婉清，旧身份证530827901217907，升位后身份证号码350429199012179796。\n\n"
                "孟婉清 350429199012179796\n")
            .customers == 1);
}

TEST_CASE("people in one sentence are told apart") {
  CHECK(inspect("客户张伟（" + mobile(1) + "）、客户李娜（" + mobile(2) + "）").customers == 2);
}

TEST_CASE("contact cards are one customer each") {
  std::string text;
  for (int i = 0; i < 3; ++i) {
    text += "BEGIN:VCARD\nTEL;TYPE=CELL:" + mobile(i) + "\nEMAIL:u" + std::to_string(i) +
            "@example.com\nEND:VCARD\n";
  }
  CHECK(inspect(text).customers == 3);
}

TEST_CASE("JSON objects are one customer each") {
  CHECK(inspect(R"([{"name":"张三","phone":")" + mobile(1) +
                R"(","email":"a@example.com"},{"name":"李四","phone":")" + mobile(2) + R"("}])")
            .customers == 2);
}

TEST_CASE("names alone count once each") {
  const auto inspection = inspect("客户姓名：张三\n\n客户姓名：李四\n\n客户姓名：张三\n");
  CHECK(inspection.customers == 2);
}

TEST_CASE("what describes no person makes no customer") {
  const auto inspection = inspect("统一社会信用代码 91350100M000100Y43\n\n密码：Abc@12345\n");
  CHECK(inspection.findings.size() == 2);
  CHECK(inspection.customers == 0);
  CHECK(inspection.findings[0].customer == 0);
}

TEST_CASE("findings beyond the limit are counted, and so are their customers") {
  DetectorOptions options;
  options.cache = huxin::test::pattern_cache();
  options.max_findings = 10;
  const auto detector = *Detector::build(catalog::Catalog::builtin(), options);
  const auto context = detector->context();
  InspectionBuilder builder(*detector, *context, test::today());
  for (int part = 0; part < 2; ++part) {
    text::Document document;
    for (int i = 0; i < 50; ++i) document.text += mobile(part * 50 + i) + "\n";
    REQUIRE(builder.add(document));
  }
  const auto inspection = builder.finish();
  CHECK(inspection.findings.size() == 10);
  CHECK(inspection.findings_total == 100);
  CHECK(inspection.customers == 100);
  CHECK(inspection.truncated);
}

TEST_CASE("records beyond the limit are a customer each, however much is in them") {
  constexpr std::size_t kRecords = Customers::kMaxNodes + 1000;
  Customers customers;
  for (std::size_t i = 0; i < kRecords; ++i) {
    const std::string name = i % 2 == 0 ? "张伟" : "李强";
    const std::string number = mobile(static_cast<int>(i));
    customers.observe({Kind::kName, name, false, false}, Gap::kRecord, true);
    customers.observe({Kind::kMobile, number, true, false}, Gap::kNone, true);
    customers.observe({Kind::kAddress, "建设路1号", false, false}, Gap::kNone, true);
  }
  customers.finish();
  CHECK(customers.full());
  CHECK(customers.count() == kRecords);
}

TEST_CASE("a full identity table is said to be full, and counting goes on") {
  IdentityTable identities;
  for (std::size_t i = 0; i < IdentityTable::kMaxEntries; ++i) {
    identities.find_or_add(identities.key(1, std::to_string(i)), static_cast<std::uint32_t>(i + 1));
  }
  CHECK_FALSE(identities.full());
  CHECK(identities.find_or_add(identities.key(1, "7"), 99) == 8);
  CHECK(identities.find_or_add(identities.key(1, "new"), 99) == 99);
  CHECK(identities.full());
}

}  // namespace
}  // namespace huxin::detect
