#include <string>
#include <string_view>

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;

TEST_CASE("a line of labels names the columns below it, whatever parts them") {
  check({
      {"姓名@|@借据号\n张伟@|@JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "as hosts write"},
      {"姓名|+|借据号\n张伟|+|JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "another"},
      {"姓名||借据号\n张伟||JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "two bars"},
      {"||姓名||借据号||\n|张伟|JJ20260101887|\n", "D25=张伟 D67=JJ20260101887", "a wiki's"},
      {"姓名^借据号\n张伟^JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "a caret"},
      {"姓名/借据号\n张伟/JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "a solidus"},
      {"姓名、借据号\n张伟、JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "an enumeration"},
      {"姓名 借据号\n张伟 JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "one space"},
      {"┃ 姓名 ┃ 借据号 ┃\n┃ 张伟 ┃ JJ20260101887 ┃\n", "D25=张伟 D67=JJ20260101887", "drawn"},
      {"| 姓名 | 借据号 |\n|---|---|\n| **张伟** | `JJ20260101887` |\n",
       "D25=张伟 D67=JJ20260101887", "Markdown sets cells in code and bold type"},
      {"NAMES = (\"姓名\", \"借据号\")\nROWS = [\n(\"张伟\", \"JJ20260101887\"),\n]\n",
       "D25=张伟 D67=JJ20260101887", "lists of a program"},
      {"姓名/借据号/备注\n张伟的借款已于昨日结清\n", "", "no rows below"},
  });
}

TEST_CASE("labels before one colon name the values behind it") {
  check({
      {"姓名/借据号：张伟/JJ20260101887\n", "D25=张伟 D67=JJ20260101887", "as many"},
      {"微信/手机：wx_ifty59i4 / 13900139000\n", "D32=wx_ifty59i4 D27=13900139000", "spaces too"},
  });
}

TEST_CASE("rows of SQL without column names have those of their table's definition") {
  const std::string create =
      "CREATE TABLE IF NOT EXISTS `bank`.`t_loan` (\n  `id` int(11) NOT NULL,\n"
      "  `cust_name` varchar(60) DEFAULT NULL,\n  `c1` decimal(18,2) COMMENT '余额, 元',\n"
      "  `c2` varchar(64) DEFAULT NULL COMMENT '借据号',\n  PRIMARY KEY (`id`)\n);\n";
  const std::string rows =
      "INSERT INTO `t_loan` VALUES (1,'张伟',8.5,'JJ20260101887'),"
      "(2,'李娜',9.5,'JJ20260101888');\n";
  CHECK(test::found(create + rows) ==
        "D25=张伟 D64=8.5 D67=JJ20260101887 D25=李娜 D64=9.5 D67=JJ20260101888");
  CHECK(test::found(rows) == "");
  CHECK(test::found("CREATE TABLE other (a int, b int);\n" + rows) == "");
  CHECK(test::found("COPY t_loan (cust_name, loan_no) FROM stdin;\n张伟\tJJ20260101887\n\\.\n") ==
        "D25=张伟 D67=JJ20260101887");
}

TEST_CASE("a line that asks for a value labels the answer below it") {
  check({
      {"柜员: 组织机构代码发一下\n财务: D2143569-X\n", "D60=D2143569X", "an answer"},
      {"问：请问您的台胞证号是多少？\n答：56102850\n", "D11=56102850", "question and answer"},
      {"[00:20] 坐席：请报一下您的证件号码。\n[00:26] 客户：是130503670401001。\n",
       "D02=130503670401001", "which has no label of its own"},
      {"柜员: 台胞证号报一下\n客户:\n56102850\n", "D11=56102850", "who speaks has a line"},
      {"试图更改帐户密码。\n安全 ID: S-1-5-21-8990133155\n", "", "nothing is asked"},
      {"经理：台胞证号已收到\n客户：56102850\n", "", "nothing is asked for"},
  });
}

TEST_CASE("a label is no value of the label above it") {
  check({
      {"用户名\nzhang888\n", "D53=zhang888", "a value"},
      {"用户名\ncvv2\n", "", "another label, alone on its line"},
      {"姓名\t用户名\n张伟\tcvv2\n", "D25=张伟", "in a column"},
  });
}

TEST_CASE("an answer that begins a long line is read, wherever its reach cuts a character") {
  for (const std::string_view more : {"", "a", "ab"}) {
    std::string text = "客服：请问您的地址是多少？\n幸福里3号楼501";
    text += more;
    for (int i = 0; i < 60; ++i) text += "家";
    text += "\n谢谢\n";
    CHECK(test::found(text, 0.3).starts_with("D34=幸福里3号楼501"));
  }
}

TEST_CASE("a label fills its line when only a bullet stands before it") {
  check({
      {"□台胞证号\n  56102850\n", "D11=56102850", "a box to tick"},
      {"2. 台胞证号（必填）\n56102850\n", "D11=56102850", "numbered"},
      {"领取台胞证\n56102850 元\n", "", "words before it"},
  });
}

TEST_CASE("a number's label in brackets has its own before them") {
  check({
      {"持有回乡证（证号h44521040）\n", "D10=H44521040", "told by what the brackets follow"},
      {"台湾地区居民身份证（N127963213）\n", "D15=N127963213", "the value alone"},
      {"支付标记（测试）（证号h44521040）\n", "", "another's"},
  });
}

TEST_CASE("an answer ends where its field does") {
  check({
      {"<密保答案>黑豆</密保答案></user>", "D52=黑豆", "a tag"},
      {"密保答案=黑豆&step=2", "D52=黑豆", "the next key"},
      {"密保答案=[黑豆], ip=1", "D52=黑豆", "its bracket"},
      {"账户    密保问题    密保答案\nx    y    z\n", "", "a label is no answer"},
      {"<医保卡号></医保卡号><个人支付>76533.43</个人支付>", "", "a tag that closes is no label"},
  });
}

TEST_CASE("words on a row name the kind of its number, and a title that of all") {
  check({
      {"证件种类,姓名,国籍,编号\n台胞证,张伟,中国,56102850\n公务护照,李娜,中国,SE8457873\n",
       "D25=张伟 D11=56102850 D25=李娜 D07=SE8457873", "cells apart, an odd header"},
      {"姓名|号码|证件类型\n张伟|M6990237206|回乡证\n", "D25=张伟 D10=M6990237206", "behind it"},
      {"单位,证照种类,证照号码\n宁波远大贸易有限公司,组织机构代码证,D2143569-X\n", "D60=D2143569X",
       "a company's"},
      {"台胞证登记表\n姓名,号码\n张伟,56102850\n李娜,56102851\n",
       "D25=张伟 D11=56102850 D25=李娜 D11=56102851", "the table's title"},
      {"INSERT INTO t (姓名, 证件类型, 编号) VALUES ('张伟', '台胞证', '56102850');\n",
       "D25=张伟 D11=56102850", "rows of SQL"},
      {"姓名,编号\n张伟,56102850\n", "D25=张伟", "nothing names it"},
      {"台胞证领取表\n姓名,编号\n张伟,56102850\n", "D25=张伟", "编号 counts rows too"},
  });
  CHECK(test::summary(test::inspect(test::table(
            {{"台胞证登记表"}, {"姓名", "号码"}, {"张伟", "56102850"}, {"李娜", "56102851"}}))) ==
        "D25=张伟 D11=56102850 D25=李娜 D11=56102851");
}

TEST_CASE("places are pairs of degrees where words say that they are places") {
  check({
      {"定位：先后在（104.902193，32.053187）附近\n", "D81=104.902193 D81=32.053187",
       "in brackets"},
      {"权重 104.902193, 32.053187\n", "", "nothing says so"},
      {"定位：先后在（204.902193，32.053187）附近\n", "", "far from China"},
  });
}

TEST_CASE("a cell may hold both degrees of a place") {
  CHECK(test::summary(
            test::inspect(test::table({{"手机号", "定位时间", "经纬度"},
                                       {"13900139000", "2026-02-04", "114.319532,30.820143"}}))) ==
        "D27=13900139000 D81=114.319532 D81=30.820143");
}

TEST_CASE("an account of a company is one by any label where its company is named") {
  check({
      {"客户名称    客户账号\n宁波远大贸易有限公司    601309507147\n", "D55=601309507147",
       "on its row"},
      {"户名：张伟　账号：601309507147\n", "D25=张伟", "a person's is too short"},
      {"select khmc, khzh from t;\n| 网点 | 对公账号 |\n| 0712 | 601309507147 |\n",
       "D55=601309507147", "a statement of SQL is no header"},
  });
}

TEST_CASE("an old identity number needs no label where somebody is named beside it") {
  check({
      {"客户：张伟，130503670401001，已电联\n", "D25=张伟 D02=130503670401001", "a name"},
      {"编组 130503670401001 已处理\n", "", "nobody"},
      {"订单号 130503670401001，收件人：张伟\n", "D25=张伟", "another label"},
  });
}

TEST_CASE("a label that is data has its value in what stands beside it") {
  check({
      {"<证件><种类>台湾居民来往大陆通行证</种类><号码>97959359</号码></证件>", "D11=97959359",
       "what an element before it names"},
      {"<entry><key>组织机构代码</key><value>D2143569-X</value></entry>", "D60=D2143569X",
       "elements"},
      {"<Field name=\"借据号\" value=\"JJ20260101887\"/>", "D67=JJ20260101887", "attributes"},
      {"<组织机构代码></组织机构代码><备注>D2143569-X</备注>", "", "an empty element"},
  });
}

TEST_CASE("names of a database's own things label no number that they do not assign") {
  check({
      {"SEQ_CERT_NO                 56102850\n", "", "a list of sequences"},
      {"LOAN_CONTRACT     22646187330   11776720\n", "", "a list of tables"},
      {"LOAN_CONTRACT_NO=JJ20260101887", "D67=JJ20260101887", "a key"},
  });
}

TEST_CASE("a field of kinds names the number of the next label that does not say") {
  check({
      {"姓名：张伟\n证件类型：台胞证\n编号：56102850\n", "D25=张伟 D11=56102850", "a form"},
      {"证照种类=组织机构代码证, 证照号码=D2143569-X", "D60=D2143569X", "a log"},
      {"证件类型：护照\n编号：56102850\n", "", "of another form"},
      {"编号：56102850\n", "", "nothing names it"},
      {"证件类型：台胞证\n\n编号：56102850\n", "", "another record"},
  });
}

}  // namespace
TEST_CASE(
    "labels are found with a space between letters and Han, and in either writing of Taiwan") {
  check({
      {"姓名：张伟 MAC 地址为38-05-74-5D-29-29", "D25=张伟 D80=38-05-74-5D-29-29", "a space"},
      {"臺胞證號碼：18724696", "D11=18724696", "as forms write it"},
      {"台胞證號碼：18724696", "D11=18724696", "as people write it"},
  });
}

TEST_CASE("a label may say what its value was changed to") {
  check({{"下午的客户改为耿爱军。", "D25=耿爱军", "a visit's"},
         {"户名已变更为李淑芬", "D25=李淑芬", "an account's"},
         {"護照號碼已變更為E12345678", "D06=E12345678", "in traditional characters"},
         {"姓名為江山", "D25=江山", "a rare one"},
         {"QQ更新：20240506", "", "when it was changed"},
         {"护照号码更正为E12345678", "D06=E12345678", "a passport's"}});
}

TEST_CASE("labels are read as forms space them out and as Hong Kong writes them") {
  check({{"户　　　　　　名：石曦\n账　　　　　号：462269871486312746700\n",
          "D25=石曦 D54=462269871486312746700", "far apart"},
         {"對公賬號：192226111731", "D55=192226111731", "賬"},
         {"對公帳號：192226111731", "D55=192226111731", "帳"},
         {"閣下的一次性驗證碼為641732", "D51=641732", "為"}});
}

TEST_CASE("an enumeration may hold accounts of other lengths") {
  check({{"存折账号：92638145450424849、5724105925385787959、92966862858574407",
          "D54=92638145450424849 D54=5724105925385787959 D54=92966862858574407", "enumerated"},
         {"QQ：82735561、13800138000", "D33=82735561 D27=13800138000", "something else"},
         {"存折账号：92638145450424849，5724105925385787959", "D54=92638145450424849",
          "a comma may lead to anything"}});
}

}  // namespace huxin::detect
