#include <algorithm>

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::inspect;

constexpr double kAll = 0.0;

bool is_of(const Inspection& inspection, std::uint16_t element) {
  return std::ranges::any_of(inspection.findings, [element](const Finding& finding) {
    return finding.element == catalog::ElementId{element} && finding.confidence >= 0.5;
  });
}

double sureness(std::string_view text, std::uint16_t element) {
  const Inspection inspection = inspect(text, kAll);
  const auto found =
      std::ranges::find(inspection.findings, catalog::ElementId{element}, &Finding::element);
  return found == inspection.findings.end() ? 0 : found->confidence;
}

constexpr std::string_view kSubject = "被查询者姓名：张三 证件号码：11010519491231002X\n";

TEST_CASE("a credit report is told by three of its headings, and only once") {
  const std::string text =
      std::string(kSubject) +
      "一 个人基本信息\n二 信息概要\n三 信贷交易信息明细\n四 查询记录\n查询记录\n";
  const auto report = inspect(text);
  CHECK(std::ranges::count(report.findings, catalog::ElementId{69}, &Finding::element) == 1);
  CHECK(report.findings.back().span.begin == text.find("个人基本信息"));
  CHECK_FALSE(is_of(inspect(std::string(kSubject) + "个人基本信息\n信息概要\n信息概要"), 69));
  CHECK_FALSE(is_of(inspect(std::string(kSubject) + "非信贷交易信息明细\n信贷交易信息明细"), 69));
}

TEST_CASE("its title or five headings make a credit report sure") {
  const std::string three = std::string(kSubject) + "个人基本信息\n信息概要\n公共信息明细\n";
  CHECK(sureness(three, 69) == 0.7);
  CHECK(sureness("个人信用报告\n" + three, 69) == 0.96);
  CHECK(sureness(three + "查询记录\n本人声明\n", 69) == 0.96);
}

TEST_CASE("a report that names nobody is none, unless it has a number") {
  constexpr std::string_view kHeadings =
      "个人基本信息\n信息概要\n公共信息明细\n查询记录\n本人声明\n";
  CHECK(sureness(kHeadings, 69) == 0.48);
  CHECK(sureness("报告编号：2026030100001234567890\n" + std::string(kHeadings), 69) == 0.96);
  CHECK(sureness("关于涉嫌××犯罪可疑交易的报告\n一、发现过程\n二、可疑点分析\n三、初步判断\n",
                 71) == 0.48);
}

TEST_CASE("a suspicious-transaction report is told by three of its headings") {
  CHECK(
      is_of(inspect("关于张三涉嫌洗钱犯罪可疑交易的报告\n客户姓名：张三\n一、发现过程\n系统预警。\n"
                    "（二）可疑点分析\n第三部分 初步判断：涉嫌洗钱\n"),
            71));
}

struct Article {
  const char* text;
  const char* why;
};

TEST_CASE("who only speaks of reports writes none") {
  // Each names a person and a number: headings must do the telling.
  const Article articles[] = {
      {"可疑交易报告应当包括发现过程、可疑点分析、初步判断、已采取的措施、资金来源和去向。",
       "a law"},
      {"第三条 发现过程，可疑点分析，初步判断，应当写明。", "a law, with commas"},
      {"《个人信用报告》由个人基本信息、信息概要、信贷交易信息明细、公共信息明细和查询记录组成。",
       "a news text"},
      {"发现过程 是指系统预警的经过；可疑点分析 是指逐条说明；初步判断 是指结论。",
       "words at the begin of sentences"},
      {"Sheet: 个人基本信息表, 信息概要图, 公共信息明细账", "parts of longer words"},
      {"一、发现过程应当如何写\n二、可疑点分析应当如何写\n三、初步判断应当如何写\n",
       "headings of a handout, which are longer"},
      {"个人基本信息……1\n信息概要……2\n公共信息明细……5\n查询记录……9\n", "a table of contents"},
  };
  for (const Article& article : articles) {
    CAPTURE(article.why);
    const auto inspection =
        inspect(std::string("主讲人 客户姓名：张三 13800138000\n") + article.text);
    CHECK_FALSE(is_of(inspection, 69));
    CHECK_FALSE(is_of(inspection, 71));
  }
}

TEST_CASE("headings in cells count as those on lines do") {
  CHECK(is_of(inspect(test::table({{"姓名", "张三"},
                                   {"手机", "13800138000"},
                                   {"发现过程", "系统预警"},
                                   {"可疑点分析：", "快进快出"},
                                   {"初步判断", "洗钱"}})),
              71));
}

}  // namespace
}  // namespace huxin::detect
