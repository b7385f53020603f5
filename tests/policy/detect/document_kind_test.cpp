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

// Says whether a document of this name and text is of an element.
bool named_like(const char* where, std::uint16_t element, const char* text = "") {
  text::Document document;
  document.where = where;
  document.text = text;
  return is_of(inspect(document), element);
}

TEST_CASE("a statement is a header of four columns with rows below") {
  const std::vector<std::string> header{"交易日期", "摘要",     "借方金额",
                                        "贷方金额", "余额(元)", "对方户名"};
  const std::vector<std::string> row{"2026-01-05", "转账", "1,200.00", "", "8,800.00", "张三"};
  CHECK(is_of(
      inspect(test::table({{"户名", "李四", "账号", "6200000000000005"}, header, row, row})), 65));
  CHECK_FALSE(
      is_of(inspect(test::table({{"户名", "李四", "账号", "6200000000000005"}, header})), 65));
  CHECK_FALSE(is_of(inspect(test::table({{"日期", "摘要", "姓名", "手机"},
                                         {"2026-01-05", "来访", "张三", "13800138000"},
                                         {"2026-01-06", "来访", "李四", "13900139000"}})),
                    65));
}

TEST_CASE("a statement in plain text is one too") {
  const std::string head =
      "户名：张三 卡号：6200000000000005\n交易日期  摘要  借方  贷方  余额  对方账号\n";
  CHECK(is_of(inspect(head + "20260105  转账  1200.00  0.00  8800.00  6200000000000047\n"
                             "20260106  转账  1300.00  0.00  7500.00  6200000000000047\n"),
              65));
  CHECK_FALSE(is_of(inspect(head + "以上为表头。\n"), 65));
}

TEST_CASE("a ledger that names nobody is no customer's statement") {
  CHECK_FALSE(is_of(inspect(test::table({{"日期", "摘要", "借方", "贷方", "余额"},
                                         {"2026-01-05", "结转", "1,200.00", "", "8,800.00"},
                                         {"2026-01-06", "计提", "", "900.00", "9,700.00"}})),
                    65));
}

TEST_CASE("an authorisation is its title with a name and an identity number") {
  const std::string body = "授权人姓名：张三\n身份证号：11010519491231002X\n";
  CHECK(is_of(inspect("个人征信查询授权书\n" + body), 70));
  CHECK_FALSE(is_of(inspect("个人征信查询授权书\n授权人姓名：\n身份证号：\n"), 70));
  CHECK_FALSE(is_of(inspect("客户须签署《个人征信查询授权书》。\n" + body), 70));
  CHECK_FALSE(is_of(inspect("附件：个人征信查询授权书\n" + body), 70));
}

TEST_CASE("a large-transaction report is told by the fields that only it has") {
  CHECK(is_of(inspect(test::table(
                  {{"客户号", "客户姓名", "大额交易特征代码", "大额交易发生日期", "资金收付标志"},
                   {"20260001", "张三", "0501", "20260105", "01"},
                   {"20260002", "李四", "0502", "20260106", "02"}})),
              72));
}

TEST_CASE("a grade of money-laundering risk with its customer is one") {
  CHECK(is_of(inspect(test::table({{"客户姓名", "身份证号", "洗钱风险等级", "评级日期"},
                                   {"张三", "11010519491231002X", "高风险", "2026-01-05"}})),
              73));
  CHECK(is_of(inspect("客户尽职调查表\n客户姓名：张三\n受益所有人：李四\n"
                      "身份证号：11010519491231002X\n"),
              73));
  CHECK_FALSE(
      is_of(inspect("客户姓名：张三\n受益所有人应当如实申报，洗钱风险等级由本行评定。\n"), 73));
}

TEST_CASE("a notice of an investigation is told by its title") {
  const std::string body = "请协助查询客户姓名：张三，卡号：6200000000000005 的账户。\n";
  CHECK(is_of(inspect("中国人民银行某市分行反洗钱调查通知书\n" + body), 74));
  CHECK_FALSE(is_of(inspect("收到《反洗钱调查通知书》后应当保密。\n" + body), 74));
}

TEST_CASE("pictures of documents and recordings are told by their names") {
  CHECK(named_like("开户资料.zip!张三/身份证正面.JPG", 75));
  CHECK(named_like("C:\\tmp\\IDCard_front.png", 75));
  CHECK(named_like("手持身份证.jpeg", 75));
  CHECK_FALSE(named_like("身份证办理须知.docx", 75, "请带户口本"));
  CHECK_FALSE(named_like("身份证正面/logo.png", 75));
  CHECK(named_like("双录/2026-01-05/0001.mp4", 76));
  CHECK(named_like("客户录音.wav", 76));
  CHECK_FALSE(named_like("双录管理办法.pdf", 76));
  CHECK_FALSE(named_like("视频/年会.mp4", 76));
}

TEST_CASE("a picture's name has the word as a word, and speaks of nothing drawn or written") {
  for (const char* name : {"身份证.jpg", "张伟身份证.jpg", "身份证正反面.png", "护照.jpg",
                           "passport.jpg", "银行卡.jpg", "sfz001.jpg", "zhangwei_sfz.png"}) {
    CAPTURE(name);
    CHECK(named_like(name, 75));
  }
  for (const char* name : {"sfzx流程图.png", "idcard_schema.png", "身份证模板.jpg",
                           "passportauth.png", "银行卡收费标准.jpg", "sfzx.png"}) {
    CAPTURE(name);
    CHECK_FALSE(named_like(name, 75));
  }
  CHECK_FALSE(named_like("录像机说明.mp4", 76));
}

TEST_CASE("a report speaks of a company as of a person") {
  const std::string headings = "一、发现过程\n二、可疑点分析\n三、初步判断\n四、已采取的措施\n";
  const std::string code = "统一社会信用代码：91350100M000100Y43\n";
  CHECK(sureness("可疑交易报告\n" + headings + code, 71) == 0.96);
  CHECK(sureness("企业信用报告\n信息概要\n公共记录\n查询记录\n" + code, 69) == 0.96);
  CHECK(is_of(inspect("协助冻结存款通知书\n户名：杭州宏达贸易有限公司 账号：1202021209900123456\n"),
              74));
  // The publisher of a guide has a number as well.
  CHECK(sureness("可疑交易报告撰写指引\n" + headings + code, 71) < 0.5);
}

TEST_CASE("a report is about whom its title names") {
  const std::string headings = "一、发现过程\n二、可疑点分析\n三、初步判断\n";
  CHECK(sureness("关于张伟涉嫌诈骗犯罪可疑交易的报告\n" + headings, 71) == 0.96);
  CHECK(sureness("关于张伟等人涉嫌诈骗犯罪可疑交易的报告\n" + headings, 71) == 0.96);
  CHECK(sureness("关于杭州宏达贸易有限公司涉嫌洗钱犯罪可疑交易的报告\n" + headings, 71) == 0.96);
  CHECK(sureness("关于某某涉嫌诈骗犯罪可疑交易的报告\n" + headings, 71) == 0.48);
}

TEST_CASE("a column of money-laundering grades beside names is a list of them") {
  CHECK(is_of(inspect(test::table({{"姓名", "身份证号", "手机", "洗钱风险等级"},
                                   {"张三", "11010519491231002X", "13800138000", "高"}})),
              73));
  CHECK(is_of(inspect("高风险客户名单\n序号 姓名 身份证号\n1 张三 11010519491231002X\n"), 73));
}

TEST_CASE("what a name tells is one finding without extent, whose value is the place") {
  text::Document document;
  document.where = "a.zip!身份证正面.jpg";
  const auto inspection = inspect(document);
  REQUIRE(inspection.findings.size() == 1);
  CHECK(inspection.findings[0].span == Span{0, 0});
  CHECK(inspection.findings[0].value == document.where);
  CHECK(inspection.customers == 0);
}

TEST_CASE("a title that a field holds where somebody stands tells the kind of the document") {
  const std::string somebody = "\n对象：谢昕　证件号码：11010519491231002X\n";
  CHECK(is_of(inspect("来函：人民银行反洗钱调查通知书　文号〔2026〕16" + somebody), 74));
  CHECK_FALSE(is_of(inspect("反洗钱调查通知书的送达时限为三日" + somebody), 74));
}

constexpr const char* kTitledBody =
    "\n【发现过程】模型预警　【资金来源和去向】境外\n"
    "客户：谢昕　证件号码：11010519491231002X\n";

TEST_CASE("a date may follow a title, and headings stand in brackets") {
  CHECK(is_of(inspect(std::string("可疑交易报告 20260117") + kTitledBody), 71));
  CHECK(is_of(inspect(std::string("【可疑交易报告】2026年1月") + kTitledBody), 71));
  CHECK_FALSE(is_of(inspect(std::string("可疑交易报告培训 20260117") + kTitledBody), 71));
}

TEST_CASE("a note and a field may follow a title") {
  CHECK(is_of(inspect(std::string("可疑交易报告（主报文）　报告日期：2026-01-06") + kTitledBody),
              71));
  CHECK(is_of(inspect(std::string("可疑交易报告（补正）") + kTitledBody), 71));
  for (const char* title : {"可疑交易报告（主报文）　撰写要求：写明经过", "可疑交易报告填写说明：",
                            "可疑交易报告培训时间：2026-01-17", "可疑交易报告（草稿　填写说明："})
    CHECK_FALSE(is_of(inspect(std::string(title) + kTitledBody), 71));
}

TEST_CASE("a title at the end of one document is the next one's of the same place") {
  text::Document rows =
      test::table({{"客户名称", "证件号码", "账号", "交易金额", "特征代码"},
                   {"谢昕", "11010519491231002X", "6200000000000005", "89519.69", "0503"},
                   {"谢昕", "11010519491231002X", "6200000000000005", "99519.69", "0503"}});
  rows.where = "report.html";
  const auto behind = [&](std::string text, const char* where) {
    text::Document title;
    title.where = where;
    title.text = std::move(text);
    const auto context = test::detector().context();
    InspectionBuilder builder(test::detector(), *context, test::today());
    CHECK(builder.add(title).has_value());
    CHECK(builder.add(rows).has_value());
    return is_of(builder.finish(), 72);
  };
  CHECK(behind("大额交易报告\n2026年1月\n", "report.html"));
  CHECK_FALSE(behind("大额交易报告\n", "another.html"));
  CHECK_FALSE(behind("大额交易报告\n" + std::string(300, '-') + "\n", "report.html"));
  CHECK_FALSE(behind("明细\n", "report.html"));
}

TEST_CASE("rows of JSON have their headings as keys") {
  text::Document document;
  document.groups = {"rows[]"};
  for (int row = 0; row < 3; ++row) {
    for (const std::string_view line : {"交易日期: 2026-03-01", "摘要: 转存", "借方: 1200.50",
                                        "余额: 98001.20", "对方户名: 谢昕"}) {
      const std::size_t begin = document.text.size();
      document.text.append(line);
      document.segments.push_back({{begin, document.text.size()},
                                   static_cast<std::uint32_t>(document.segments.size()),
                                   0,
                                   0});
      document.text.push_back('\n');
    }
  }
  CHECK(is_of(inspect(document), 65));
}

}  // namespace
}  // namespace huxin::detect
