#include <string>

#include <catch2/catch_test_macros.hpp>

#include "policy/detect/recognise/textual.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::found;

TEST_CASE("a name in Latin letters needs its label, capitals and whole syllables") {
  check({{"持卡人拼音姓名：ZHANG SANFENG", "D26=zhang sanfeng", "as on cards"},
         {"Cardholder name: Li, Xiaoming", "D26=li, xiaoming", "surname first"},
         {"英文名：OUYANG/XIU", "D26=ouyang/xiu", "as airlines write it"},
         {"Cardholder: John Smith", "", "no Pinyin"},
         {"name: ping pong", "", "no capitals"},
         {"ZHANG SANFENG 来电", "", "no label"},
         {"拼音姓名：", "", "an empty form"}});
}

TEST_CASE("syllables of a Latin name may be joined, and things have names too") {
  check({{"Name: Wang Jian-guo", "D26=wang jian-guo", "a hyphen before a small letter"},
         {"Name: Xi'an Li", "D26=xi'an li", "an apostrophe"},
         {"Name: Wang Jian-x", "", "no syllable behind the hyphen"},
         {"Station Name: Chang An", "", "a station"},
         {"Item  Name: Wang Jianguo", "D26=wang jianguo", "a form's column before it"},
         {"Name: Mobile Date of birth", "", "words of English that pinyin spells"},
         {"Driver: A E", "", "letters"},
         {"Payee: PAN JIAN HUA", "D26=pan jian hua", "begins as a label of cards does"},
         {"Legal representative: Yuan Yu-mei", "D26=yuan yu-mei", "a company's"}});
}

TEST_CASE("beside somebody's number a Latin name needs no label") {
  check({{"Wang Jianguo    +86 13800138000", "D26=wang jianguo D27=13800138000", "a list"},
         {"I, Wang Jianguo, was born here, ID 11010519491231002X.",
          "D26=wang jianguo D01=11010519491231002X", "a sentence"},
         {"Bank Of Wang Jianguo 13800138000", "D27=13800138000", "a part of a name"},
         {"Wang Jianguo Branch 13800138000", "D27=13800138000", "words go on"},
         {"Hong Kong: +852 91234567", "D30=85291234567", "a place"},
         {"11010519491231002X  Wang Jianguo", "D01=11010519491231002X D26=wang jianguo",
          "behind a number with a capital"},
         {"Li.Ming@qq.com 13800138000  Wang Jianguo",
          "D31=li.ming@qq.com D27=13800138000 D26=wang jianguo", "behind an address in capitals"},
         {"holder of passport E12345678, hereby authorise Wang Jianguo to act on my behalf",
          "D06=E12345678 D26=wang jianguo", "a sentence that goes on"},
         {":50K:/6200000000000005\nLI SHUFEN\nNO 478 WENSAN ROAD\n",
          "D40=6200000000000005 D26=li shufen", "on the line below, as SWIFT has it"},
         {"NAME LI SHUFEN\n6200000000000005\n", "D26=li shufen D40=6200000000000005",
          "no label is part of a name"},
         {"your China Mobile bill for 13800138000", "D27=13800138000", "a company"},
         {"XING MING\n13800138000\n", "D27=13800138000", "a label in pinyin"},
         {"13800138000\nChao Yang, Bei Jing\n", "D27=13800138000", "where it is"},
         {"Wang Jianguo was here", "", "nobody's number"}});
}

TEST_CASE("a birth date is a real day behind its label") {
  check({{"出生日期：1990-03-07", "D36=19900307", "ISO"},
         {"出生日期：1990年3月7日", "D36=19900307", "Chinese"},
         {"生日: 1990/3/7", "D36=19900307", "slashes"},
         {"DOB: 07-Mar-1990", "D36=19900307", "English"},
         {"date of birth: 19900307", "D36=19900307", "basic"},
         {"出生年月：1990.03", "D36=1990.03", "without its day"},
         {"出生年月：1990年3月", "D36=1990年3月", "without its day, Chinese"},
         {"姓名：张三，男，1990年3月7日出生", "D25=张三 D36=19900307", "the word behind it"},
         {"出生日期（1990-03-07）", "D36=19900307", "in brackets"},
         {"出生日期......1990-03-07", "D36=19900307", "behind leaders"},
         {"- **出生日期**：`1990-03-07`", "D36=19900307", "in Markdown"},
         {"出生日期____1990-03-07____", "D36=19900307", "on a form's line"},
         {"D.O.B.: 07-Mar-1990", "D36=19900307", "dots in the label"},
         {"出生年月：199003", "D36=199003", "digits of year and month"},
         {"姓名：张三，男，1990-03-07，汉族", "D25=张三 D36=19900307", "behind a sex"},
         {"姓名：张三，性别为男 2020-03-07 入职", "D25=张三", "a sentence goes on"},
         {"男，1990-03-07，汉族", "", "nobody is named"},
         {"姓名：张三，1990年3月生", "D25=张三 D36=1990年3月", "the line ends behind the word"},
         {"出生年月：199013", "", "no thirteenth month in digits"},
         {"出生年月：1990.13", "", "no thirteenth month"},
         {"出生日期：1990-02-30", "", "no such day"},
         {"出生日期：2030-01-01", "", "not born yet"},
         {"出生日期：1880-01-01", "", "too long ago"},
         {"签发日期：1990-03-07", "", "another date"},
         {"1990-03-07", "", "no label"}});
}

TEST_CASE("one trait says nothing, two of them describe a person") {
  check({{"姓名：张三 民族：汉族 学历：大学本科", "D25=张三 D37=汉族 D37=大学本科", "side by side"},
         {"姓名：张三\n民族：汉\n婚姻状况：已婚\n", "D25=张三 D37=汉 D37=已婚",
          "line by line, short"},
         {"姓名：张三，职业：教师，婚姻状况：未婚", "D25=张三 D37=教师 D37=未婚", "in a sentence"},
         {"民族：汉族 学历：大学本科", "", "of nobody: an answer in a survey"},
         {"学历：大学本科", "", "alone: an advertisement of a post"},
         {"学历：不限 职业：不限", "", "no listed values"}});
}

TEST_CASE("incomes and balances are amounts behind their labels") {
  check({{"姓名：张三 年收入：12.5万元", "D25=张三 D38=12.5万元", "with a unit"},
         {"姓名：张三 家庭年收入(万元)：150", "D25=张三 D38=150", "the unit in the label"},
         {"姓名：张三 月薪：RMB 18,000", "D25=张三 D38=RMB 18,000", "with a currency"},
         {"年收入：12.5万元", "", "of nobody"},
         {"年收入：若干", "", "no amount"},
         {"总资产：3.2万亿元", "", "a company's"},
         {"姓名：张三 账户余额：12,345.67", "D25=张三 D64=12,345.67", "beside a customer"},
         {"期末余额：12,345.67 余额：88,000.00", "", "a ledger names nobody"}});
}

TEST_CASE("an employer is an organisation behind its label") {
  check({{"姓名：张三 工作单位：北京某某科技有限公司", "D25=张三 D39=北京某某科技有限公司",
          "a company"},
         {"姓名：张三\n工作单位：市第一人民医院 职务：无", "D25=张三 D39=市第一人民医院",
          "a hospital"},
         {"姓名：张三 工作单位：某银行信用卡中心 电话：无", "D25=张三 D39=某银行信用卡中心",
          "keywords inside the name"},
         {"姓名：张三 工作单位：自由职业", "D25=张三", "none"},
         {"公司名称：北京某某科技有限公司", "", "a company that no customer stands beside"},
         {"工作单位应当如实填写", "", "prose"},
         {"北京某某科技有限公司", "", "no label"}});
}

TEST_CASE("two marks of a credit standing are reported, one is not") {
  check({{"您在我行授信额度：50万元 逾期金额：1,200.00元", "D68=50万元 D68=1,200.00元", "amounts"},
         {"北京甲乙有限公司\n五级分类：次级\n逾期天数：95天\n", "D68=次级 D68=95天", "a grade and days"},
         {"授信额度：50万元", "", "one alone"},
         {"五级分类：正常、关注、次级、可疑、损失", "", "the list of grades"}});
}

TEST_CASE("biometric data is told by its header or its size") {
  const std::string face = "人脸特征：";
  const std::string data(1400, 'A');
  CHECK(found(face + data).starts_with("D50="));
  CHECK(found("fingerprint: Rk1SACAyMAAA" + data.substr(0, 80)).starts_with("D50="));
  CHECK(found(face + "data:image/jpeg;base64," + data).starts_with("D50="));
  CHECK(found(face + data.substr(0, 900)).empty());
  CHECK(found("SSL certificate fingerprint: 3A:5B:77:00:1F:" + data.substr(0, 40)).empty());
  CHECK(found(data).empty());
}

TEST_CASE("a template broken into lines is one finding, and what follows is read") {
  std::string lines;
  for (int i = 0; i < 20; ++i) lines += std::string(76, 'B') + "\n";
  const auto inspection = test::inspect("指纹模板：" + lines + "姓名：张三\n");
  REQUIRE(inspection.findings.size() == 2);
  CHECK(inspection.findings[0].span.size() == 20 * 77 - 1);
  CHECK(inspection.findings[1].value == "张三");
}

TEST_CASE("labels inside a template cost no second look") {
  std::string text = "人脸数据：";
  while (text.size() < (std::size_t{1} << 20U)) text += "face/iris/Rk1SACAAfingerprintAAAA";
  CHECK(test::inspect(text).findings.size() == 1);
}

TEST_CASE("answers to security questions are words, no prompts") {
  check({{"密保答案：北京第二小学", "D52=北京第二小学", "an answer"},
         {"security answer = fluffy", "D52=fluffy", "English"},
         {"密保答案：请输入", "", "a prompt"},
         {"securityAnswer: string", "", "a type"},
         {"密保答案不能为空", "", "a message"},
         {"用户名：jing6763\n问题：第一只宠物叫什么\n问题答案：旺财\n", "D53=jing6763 D52=旺财",
          "whose, a login name tells"},
         {"问题：第一只宠物叫什么\n问题答案：旺财\n", "", "nobody's"}});
}

TEST_CASE("login names are accounts, not code") {
  check({{"用户名：zhangsan88", "D53=zhangsan88", "with digits"},
         {"登录名：zhangsan", "D53=zhangsan", "Pinyin"},
         {"網上銀行登入名稱：xiaodong0100", "D53=xiaodong0100", "traditional characters"},
         {"**Login name:** `chao1991`", "D53=chao1991", "Markdown"},
         {"用户 `zhiqiang0387` 绑定手机 `13800138000`", "D53=zhiqiang0387 D27=13800138000",
          "a user with a telephone"},
         {"user=13800138000", "D27=13800138000", "who logs in by telephone"},
         {"用户：13800138000.", "D27=13800138000", "at a sentence's end"},
         {"用户 11010519491231002X.pdf", "D01=11010519491231002X", "a file of a user's"},
         {"用户：li.wei99@example.com.cn.", "D31=li.wei99@example.com.cn", "by e-mail"},
         {"登录名：10023456  户名：张三", "D53=10023456 D25=张三", "the next field is no unit"},
         {"登录名：****zhang88", "", "masked"},
         {"用户 zhiqiang0387 已退出", "", "nobody's"},
         {"客户张伟：手机银行用户 3926922 户", "D25=张伟", "how many"},
         {"username = request.getParameter(\"user\")", "", "a call"},
         {"username: string", "", "a type"},
         {"String username = null;", "", "a constant"},
         {"username=${DB_USER}", "", "a variable"},
         {"用户名或密码错误", "", "a message"}});
}

TEST_CASE("columns of a list tell textual values by their headers") {
  CHECK(
      test::summary(test::inspect(test::table(
          {{"姓名", "出生日期", "年收入", "工作单位", "民族", "学历", "账户余额"},
           {"张三", "1990-03-07", "12.5万元", "某某市第一中学", "汉族", "硕士", "88,000.00"}}))) ==
      "D25=张三 D36=19900307 D38=12.5万元 D39=某某市第一中学 D37=汉族 D37=硕士 D64=88,000.00");
}

TEST_CASE("one trait a row says nothing, whatever the rows above and below hold") {
  CHECK(test::summary(test::inspect(
            test::table({{"岗位", "学历"}, {"柜员", "大学本科"}, {"客户经理", "硕士"}}))) == "");
}

}  // namespace
}  // namespace huxin::detect
