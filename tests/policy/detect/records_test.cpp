// Which findings belong to one person: shapes in which files hold people side by side.
#include <fmt/format.h>
#include <catch2/catch_test_macros.hpp>

#include "policy/detect/validators/check_digits.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::inspect;
using test::table;

std::string mobile(int n) { return fmt::format("139{:08}", n); }

std::string resident(int n) {
  const std::string base = fmt::format("110105{}0202{:03}", 1950 + n / 1000, n % 1000);
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(base + c)) return base + c;
  }
  return base;
}

std::uint32_t customers(std::string_view text) { return inspect(text).customers; }

// The customer that each value was linked to, in the order of the text.
std::vector<std::uint32_t> links(std::string_view text) {
  std::vector<std::uint32_t> all;
  for (const Finding& finding : inspect(text).findings) all.push_back(finding.customer);
  return all;
}

TEST_CASE("whose record it is vouches for numbers without a label, unless theirs denies it") {
  const std::string somebody = "张伟/" + resident(1) + "/";
  const std::string with = test::found(somebody + "13900000001/6200000000000005\n", 0.85);
  CHECK(with.contains("D27=13900000001"));
  CHECK(with.contains("D40=6200000000000005"));
  CHECK_FALSE(test::found("13900000001/6200000000000005\n", 0.85).contains("D27"));
  CHECK_FALSE(test::found(somebody + "订单号：6200000000000005\n").contains("D40"));
}

TEST_CASE("a couple on one form are two") {
  CHECK(customers("姓名：张三\n身份证号：" + resident(1) + "\n配偶姓名：李四\n配偶身份证号：" +
                  resident(2) + "\n联系电话：" + mobile(1) + "\n") == 2);
  CHECK(inspect(table({{"姓名", "张三", "配偶姓名", "李四"},
                       {"身份证号", resident(1), "配偶身份证号", resident(2)},
                       {"手机", mobile(1), "配偶手机", mobile(2)}}))
            .customers == 2);
}

TEST_CASE("a row with two identity numbers is two people, and each has the name before his") {
  const auto inspection = inspect(table({{"姓名", "身份证号", "配偶姓名", "配偶身份证号"},
                                         {"张三", resident(1), "李四", resident(2)},
                                         {"王五", resident(3), "赵敏", resident(4)}}));
  CHECK(inspection.customers == 4);
  REQUIRE(inspection.findings.size() == 8);
  CHECK(inspection.findings[2].customer == inspection.findings[3].customer);
  CHECK(inspection.findings[0].customer == inspection.findings[1].customer);
  CHECK(inspection.findings[0].customer != inspection.findings[2].customer);
}

TEST_CASE("a manager or a contact in every row is no customer of his own") {
  std::vector<std::vector<std::string>> rows{{"姓名", "身份证号", "手机号", "联系人"}};
  for (int i = 0; i < 500; ++i) rows.push_back({"张伟", resident(i), mobile(i), "李娜"});
  CHECK(inspect(table(rows)).customers == 500);
}

TEST_CASE("payer and payee in a row are a customer each, by their accounts") {
  const std::vector<std::string> header{"付款人名称", "付款账号", "收款人名称", "收款账号"};
  CHECK(inspect(table({header,
                       {"张伟", "6200000000000005", "李娜", "6200000000000047"},
                       {"王五", "6205500000000000004", "赵敏", "6200000000000013"}}))
            .customers == 4);
  CHECK(inspect(table({header, {"张伟", "6200000000000005", "李娜", "6200000000000005"}}))
            .customers == 1);
}

TEST_CASE("a company's telephone that everybody gives makes nobody the same") {
  std::string text;
  for (int i = 0; i < 20; ++i) {
    text += fmt::format("姓名：张伟\n身份证号：{}\n单位电话：{}\n\n", resident(i), mobile(0));
  }
  CHECK(customers(text) == 20);
}

TEST_CASE("objects of a JSON array are one customer each, whatever comes first in them") {
  std::string named = "[";
  std::string bare = "[";
  for (int i = 0; i < 40; ++i) {
    named += fmt::format(R"({}{{"phone":"{}","name":"张三","id_card":"{}"}})", i ? "," : "",
                         mobile(i), resident(i));
    bare +=
        fmt::format(R"({}{{"phone":"{}","email":"u{}@example.com"}})", i ? ", " : "", mobile(i), i);
  }
  CHECK(customers(named + "]") == 40);
  CHECK(customers(bare + "]") == 40);
}

TEST_CASE("values of one JSON object are one customer's") {
  const auto all =
      links(fmt::format(R"([{{"phone":"{}","id_card":"{}"}},{{"phone":"{}","id_card":"{}"}}])",
                        mobile(1), resident(1), mobile(2), resident(2)));
  CHECK(all == std::vector<std::uint32_t>{1, 1, 2, 2});
}

TEST_CASE("lists inside a JSON object stay with it") {
  CHECK(customers(fmt::format(
            R"([{{"name":"张三","contacts":[{{"phone":"{}"}},{{"phone":"{}"}}]}},
                {{"name":"李四","contacts":[{{"phone":"{}"}}]}}])",
            mobile(1), mobile(2), mobile(3))) == 2);
}

TEST_CASE("forms one after the other are one customer each, whatever they begin with") {
  struct Form {
    std::string_view shape;  // of telephone, identity number, card
    std::string_view reason;
  };
  const Form forms[] = {
      {"手机：{}\n姓名：张三\n身份证：{}\n卡号：{}\n", "lines with labels"},
      {"- mobile: {}\n  name: 张三\n  idno: {}\n  card: {}\n", "YAML"},
      {"<c>\n <mobile>{}</mobile>\n <name>张三</name>\n <idno>{}</idno>\n <card>{}</card>\n</c>\n",
       "elements of XML"},
      {R"(<c mobile="{}" name="张三" idno="{}" card="{}"/>)", "attributes of XML"},
      {"{{\nmobile: {}\nidno: {}\ncard: {}\n}}\n", "objects of a file that is JSON"},
  };
  const std::string_view cards[] = {"6200000000000005", "6200000000000047", "6200000000000021"};
  for (const Form& form : forms) {
    INFO(form.reason);
    std::string text;
    for (int i = 0; i < 3; ++i)
      text += fmt::format(fmt::runtime(form.shape), mobile(i), resident(i), cards[i]);
    const Inspection inspection = inspect(text);
    CHECK(inspection.customers == 3);
    for (const Finding& finding : inspection.findings) {
      for (int i = 0; i < 3; ++i) {
        const bool his =
            finding.value == mobile(i) || finding.value == resident(i) || finding.value == cards[i];
        if (his) CHECK(finding.customer == static_cast<std::uint32_t>(i) + 1);
      }
    }
  }
}

TEST_CASE("a second telephone on a form that begins with one is the same customer's") {
  const auto all = links("手机：" + mobile(1) + "\n姓名：张三\n身份证：" + resident(1) +
                         "\n备用手机：" + mobile(2) + "\n卡号：6200000000000005\n");
  CHECK(std::ranges::count(all, 1U) == static_cast<std::ptrdiff_t>(all.size()));
}

TEST_CASE("a telephone at a form's end is not the next form's") {
  const auto form = [](int n) {
    return "手机：" + mobile(n) + "\n姓名：张三\n身份证：" + resident(n) + "\n手机：" +
           mobile(n + 10) + "\n\n";
  };
  CHECK(links(form(1) + form(2)) == std::vector<std::uint32_t>{1, 1, 1, 1, 2, 2, 2, 2});
  CHECK(links(form(1) + form(2) + "手机：" + mobile(11) + "\n").back() == 1);
}

TEST_CASE("tuples of an INSERT are one customer each, many to a line") {
  std::string text = "INSERT INTO customer (mobile, email, id) VALUES ";
  for (int i = 0; i < 60; ++i) {
    text += fmt::format("{}('{}','u{}@example.com',{})", i ? "," : "", mobile(i), i, i);
  }
  CHECK(customers(text + ";") == 60);
  const auto all = links(fmt::format("VALUES ('{}', '{}'), ('{}', '{}');", mobile(1), resident(1),
                                     mobile(2), resident(2)));
  CHECK(all == std::vector<std::uint32_t>{1, 1, 2, 2});
}

TEST_CASE("brackets in a sentence part nobody") {
  CHECK(customers("客户张伟(" + mobile(1) + ")(身份证" + resident(1) + ")") == 1);
  CHECK(customers("客户张伟(" + mobile(1) + ")，身份证(" + resident(1) + ")") == 1);
}

TEST_CASE("a contact card with many telephones is one customer") {
  std::string text;
  for (int i = 0; i < 10; ++i) {
    text += "BEGIN:VCARD\nVERSION:3.0\nFN:张伟\nN:张;伟;;;\n";
    for (int k = 0; k < 5; ++k) text += "TEL;TYPE=CELL:" + mobile(i * 10 + k) + "\n";
    text += fmt::format("EMAIL:u{}@example.com\nEND:VCARD\n", i);
  }
  CHECK(customers(text) == 10);
}

TEST_CASE("a thread of e-mails has as many people as addresses") {
  const std::string head = "发件人：a@example.com\n收件人：b@example.com；c@example.com\n\n";
  CHECK(customers(head + "请见附件。\n\n> " + head + "> > " + head) == 3);
}

TEST_CASE("the same person in every paragraph is one customer") {
  std::string text;
  for (int i = 0; i < 500; ++i) {
    text += i % 2 == 0 ? "身份证号" + resident(1) + "的客户来电。\n\n"
                       : "手机" + mobile(1) + "，身份证" + resident(1) + "。\n\n";
  }
  CHECK(customers(text) == 1);
}

TEST_CASE("people of one name and different numbers are different people") {
  std::string text;
  for (int i = 0; i < 30; ++i) text += "客户姓名：张伟 身份证号：" + resident(i) + "\n";
  CHECK(customers(text + "客户姓名：张伟\n") == 30);
}

}  // namespace
}  // namespace huxin::detect
