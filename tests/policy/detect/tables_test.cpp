#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "policy/detect/validators/check_digits.hpp"
#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::found;
using test::inspect;
using test::summary;
using test::table;

using Rows = std::vector<std::vector<std::string>>;

std::string resident(int n) {
  const std::string base = fmt::format("110105{}0101{:03}", 1950 + n / 1000, n % 1000);
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(base + c)) return base + c;
  }
  return base;
}

const std::vector<std::string> kNames{"张伟", "李娜", "王建国", "陈静", "欧阳静",
                                      "刘洋", "赵敏", "孙悦",   "周杰", "吴刚"};

std::size_t count(const Inspection& inspection, std::uint16_t element) {
  return static_cast<std::size_t>(
      std::ranges::count(inspection.findings, catalog::ElementId{element}, &Finding::element));
}

TEST_CASE("a list names people by what they are to a card, a case or a loan") {
  for (const char* label : {"附属卡人", "涉案人员", "涉案人", "催收对象", "领卡人", "代扣人"}) {
    INFO(label);
    CHECK(found(std::string("序号,") + label + ",状态\n1,张伟,正常\n2,李娜,正常\n") ==
          "D25=张伟 D25=李娜");
  }
}

TEST_CASE("a cell of one character is no label's second half") {
  for (const auto& rows : std::vector<std::vector<std::vector<std::string>>>{
           {{"证件类型", "台胞证"}, {"号", "12345678"}},
           {{"证件类型：台胞证"}, {"号"}, {"12345678"}},
           {{"类型", "身份证", "卡号"}, {"码", "CVN2"}},
       }) {
    CHECK_NOTHROW(inspect(table(rows)));
  }
}

TEST_CASE("a column of names needs no header") {
  Rows rows;
  for (const std::string& name : kNames) rows.push_back({name, "正常", "2024-03-01"});
  CHECK(count(inspect(table(rows)), 25) == kNames.size());
  // A rarer one among them is one as well.
  rows.push_back({"任重", "正常", "2024-03-01"});
  CHECK(count(inspect(table(rows)), 25) == kNames.size() + 1);
}

TEST_CASE("a column that is no column of names makes none of its cells one") {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"江苏", "浙江", "安徽", "山东", "河南", "河北", "湖北", "湖南", "广东", "广西"},
           {"金卡", "白金卡", "普卡", "钻石卡", "金卡", "普卡", "白金卡", "金卡", "普卡", "金卡"},
           {"高新支行", "江北支行", "温州分行", "徐汇支行", "石家庄分行", "常州支行"},
           {"应收利息", "应付利息", "管理费用", "固定资产", "余额", "贷款"},
           {"张伟", "贷款", "李娜", "利息", "王建国", "手续费", "陈静", "还款", "取款", "转账"}}) {
    Rows rows;
    for (const std::string& word : words) rows.push_back({word, "1"});
    CAPTURE(words[0]);
    CHECK(count(inspect(table(rows)), 25) == 0);
  }
}

TEST_CASE("four names are too few to make a column of names") {
  CHECK(count(inspect(table({{"张伟", "1"}, {"李娜", "2"}, {"王建国", "3"}, {"陈静", "4"}})), 25) ==
        0);
}

TEST_CASE("a number is judged by the numbers of its column") {
  // Meter readings: one in fifteen begins like a mobile.
  Rows readings;
  Rows mobiles;
  for (int i = 0; i < 30; ++i) {
    readings.push_back({"表", fmt::format("{}", i % 15 == 7 ? 13800138000 + i : 43800138000 + i)});
    mobiles.push_back({"人", fmt::format("{}", 13800138000 + i)});
  }
  CHECK(inspect(table(readings)).findings.empty());
  CHECK(count(inspect(table(mobiles)), 27) == 30);
}

TEST_CASE("an unknown header speaks less than the numbers below it") {
  Rows rows{{"姓名", "身份证号", "联络号"}};
  for (int i = 0; i < 6; ++i)
    rows.push_back({"张伟", resident(i), fmt::format("{}", 13800138000 + i)});
  CHECK(count(inspect(table(rows)), 27) == 6);
  for (const auto& finding : inspect(table(rows)).findings) CHECK(finding.confidence > 0.8);
  rows[0][2] = "订单号";
  CHECK(count(inspect(table(rows)), 27) == 0);
}

TEST_CASE("numbers of plain text are judged by their company too") {
  std::string volumes;
  std::string calls;
  for (int i = 0; i < 30; ++i) {
    volumes += fmt::format("volume {}\n", i % 10 == 3 ? 13800138000 + i : 73800138000 + i * 7);
    calls += fmt::format("呼入 {}\n", 13800138000 + i);
  }
  CHECK(found(volumes).empty());
  CHECK(count(inspect(calls), 27) == 30);
  CHECK(found("volume 73800138000\nvolume 83800138000\n手机 13800138000\n") == "D27=13800138000");
}

TEST_CASE("a column of identity numbers says what the rest of it is") {
  Rows rows{{"序号", "号码"}};
  for (int i = 0; i < 40; ++i) rows.push_back({std::to_string(i), resident(i)});
  // Its check digit is wrong, and alone it passes for a UnionPay card of eighteen digits.
  const std::string mistyped = "620102199001010000";
  REQUIRE(found(mistyped) == "D40=" + mistyped);
  rows.push_back({"40", mistyped});
  const auto inspection = inspect(table(rows));
  CHECK(count(inspection, 1) == 40);
  CHECK(count(inspection, 40) == 0);
}

TEST_CASE("a header that speaks of something else speaks against what its column holds") {
  const auto confidence = [](const char* header) {
    const auto inspection = inspect(
        table({{"姓名", "身份证号", header}, {"张伟", "11010519491231002X", "13800138000"}}));
    const auto finding =
        std::ranges::find(inspection.findings, catalog::ElementId{27}, &Finding::element);
    return finding == inspection.findings.end() ? 0.0 : finding->confidence;
  };
  CHECK(confidence("手机号") > confidence(""));
  CHECK(confidence("") > confidence("批号"));
  CHECK(confidence("批号") > confidence("订单号"));
}

TEST_CASE("plain-text tables of every make are read by their columns") {
  for (const char* text : {
           "姓名,身份证号,订单号\n张伟,11010519491231002X,6200000000000005\n",
           "姓名\t身份证号\t订单号\n张伟\t11010519491231002X\t6200000000000005\n",
           "姓名|身份证号|订单号\n张伟|11010519491231002X|6200000000000005\n",
           "姓名；身份证号；订单号\n张伟；11010519491231002X；6200000000000005\n",
           "姓名  | 身份证号           | 订单号\n张伟  | 11010519491231002X | 6200000000000005\n",
           "[{\"name\":\"张伟\",\"idCard\":\"11010519491231002X\",\"orderNo\":"
           "\"6200000000000005\"}]",
           "<姓名>张伟</姓名><身份证号>11010519491231002X</身份证号><订单号>6200000000000005"
           "</订单号>",
       }) {
    CAPTURE(text);
    CHECK(found(text) == "D25=张伟 D01=11010519491231002X");
  }
}

TEST_CASE("a field that a value fills is its column's, whatever the fields before it say") {
  CHECK(found("说明,手机号,金额\n订单号,13800138000,12\n\"流水号\",\"13800138001\",12\n") ==
        "D27=13800138000 D27=13800138001");
  CHECK(found("说明,订单号,金额\n手机号,13800138000,12\n卡号,6222021234567894,12\n").empty());
}

TEST_CASE("a header speaks of the fields of a line up to 2 KiB from where it begins") {
  const auto orders = [](std::size_t from, std::string_view above) {
    const std::string begin = "张伟,";
    const std::string fill(from - begin.size() - 1, 'x');
    return found(fmt::format("{}{}{},13800138000,13900139000\n", above, begin, fill));
  };
  constexpr std::string_view kHeader = "姓名,备注,订单号,运单号\n";
  CHECK_FALSE(orders(100, kHeader).contains("D27"));
  CHECK_FALSE(orders(2047, kHeader).contains("D27=13800138000"));
  CHECK(orders(2047, kHeader).contains("D27=13900139000"));
  CHECK(orders(2048, kHeader).contains("D27=13800138000"));
  CHECK(orders(100, "").contains("D27=13800138000"));
}

TEST_CASE("the separators of batch files and of drawn tables part columns too") {
  const std::string cells[][3] = {{"姓名", "QQ", "出生日期"},
                                  {"任重", "82735561", "1990-03-07"},
                                  {"单玉兰", "65327789", "1985-12-01"}};
  for (const std::string separator :
       {"@|@", "|@|", "!|!", "^", "~", "#", "$", "+", "→", "┆", "┃", " / ", "、", "  ", " "}) {
    std::string text;
    for (const auto& row : cells) text += row[0] + separator + row[1] + separator + row[2] + "\n";
    CAPTURE(text);
    CHECK(found(text) == "D25=任重 D33=82735561 D36=19900307 D25=单玉兰 D33=65327789 D36=19851201");
  }
  CHECK(found("联系 客户 任重 工作\n出差 下周 82735561 办理\n").empty());
}

TEST_CASE("in a table on its side the first cell of a row says what the others hold") {
  const Rows sideways{{"姓名", "任重", "单玉兰", "高兴"},
                      {"QQ", "82735561", "65327789", "71822034"},
                      {"出生日期", "1990-03-07", "1985-12-01", "1978-05-20"}};
  const auto inspection = inspect(table(sideways));
  CHECK(count(inspection, 25) == 3);
  CHECK(count(inspection, 33) == 3);
  CHECK(count(inspection, 36) == 3);
  // A form: each label is on the left of its own.
  const auto form =
      inspect(table({{"姓名", "任重", "QQ", "82735561"}, {"备注", "安全", "密级", "高级"}}));
  CHECK(test::summary(form) == "D25=任重 D33=82735561");
}

TEST_CASE("codes that pass by chance are none where their column holds others") {
  Rows codes{{"组织机构代码", "简称"}, {"D2143569X", "甲"}};
  CHECK(count(inspect(table(codes)), 60) == 1);
  for (int i = 0; i < 8; ++i)
    codes.push_back({fmt::format("63004812{}", i % 2 == 0 ? 3 : 4), "乙"});
  CHECK(count(inspect(table(codes)), 60) == 0);
}

TEST_CASE("what stands on the left in a list is no label") {
  const Rows list{{"漏洞", "地址", "名称", "编号"},
                  {"VL381", "10.28.98.189", "默认密码", "CVE-2016-84099"},
                  {"VL382", "10.28.98.190", "缓冲区溢出", "CVE-2017-34888"},
                  {"VL383", "10.28.98.191", "越权访问", "CVE-2018-10011"},
                  {"VL384", "10.28.98.192", "信息泄露", "CVE-2019-22001"}};
  CHECK(count(inspect(table(list)), 49) == 0);
  const auto form = inspect(table({{"姓名", "任重", "登录密码", "Abc@7391"}}));
  CHECK(count(form, 49) == 1);
}

TEST_CASE("staff are listed and are no customers") {
  Rows staff{{"工号", "姓名", "岗位", "内线"}};
  Rows people{{"序号", "姓名", "客户号", "备注"}};
  for (int i = 0; i < 12; ++i) {
    const std::string name =
        std::string("张") +
        std::array{"伟", "娜", "敏", "静", "强", "磊", "军", "洋", "勇", "艳", "杰", "涛"}.at(
            static_cast<std::size_t>(i));
    staff.push_back({fmt::format("6200{:02}", i), name, "柜员", fmt::format("81{:02}", i)});
    people.push_back({fmt::format("{}", i), name, fmt::format("9000{:02}", i), "无"});
  }
  CHECK(count(inspect(table(staff)), 86) == 0);
  CHECK(count(inspect(table(people)), 86) == 1);
}

TEST_CASE("people of suppliers and on duty are no customers") {
  const auto customers = [](const std::string& first, const std::string& header) {
    return inspect(table({{first, header, "手机号"},
                          {"甲", "张伟", "13800138000"},
                          {"乙", "李娜", "13900139000"}}))
        .customers;
  };
  CHECK(customers("序号", "姓名") == 2);
  CHECK(customers("供应商", "联系人") == 0);
  CHECK(customers("值班日期", "值班员") == 0);
  CHECK(customers("客户经理", "姓名") == 2);
  CHECK(customers("客户", "司机") == 2);
  // A driver in a letter is somebody's story, a driver over a column is a list of them.
  CHECK(inspect("感谢司机师傅，我叫张伟，手机 13800138000。").customers == 1);
}

TEST_CASE("an amount is no account, though its column says so") {
  CHECK(found("对公账号,余额\n1109076352,1.00\n55667788.99,2.00\n") == "D55=1109076352");
}

TEST_CASE("a label tells the further values of a list") {
  CHECK(found("QQ：82735561、65327789；71822034，共三个") ==
        "D33=82735561 D33=65327789 D33=71822034");
  CHECK(found("出生日期 | 1990-03-07 | 1985-12-01 |") == "D36=19900307 D36=19851201");
  CHECK(found("QQ：82735561，2026") == "D33=82735561");
}

TEST_CASE("rows that SQL inserts are read by their column list") {
  const std::string list = "INSERT INTO t (order_no, xm, card_no) VALUES ";
  CHECK(found(list + "('6200000000000005', '任重', '6200000000000047');") ==
        "D25=任重 D40=6200000000000047");
  CHECK(found(list + "('6200000000000005', '任重', '6200000000000047'),\n('4111111111111111', "
                     "'单玉兰', '5555555555554444');") ==
        "D25=任重 D40=6200000000000047 D25=单玉兰 D41=5555555555554444");
  CHECK(found("insert into t(note, order_no) values ('a, b', '6200000000000005');").empty());
  CHECK(
      found("INSERT INTO t (amount, card_no) VALUES (1, '6200000000000005');\n"
            "INSERT INTO u (card_no, order_no) VALUES ('6200000000000047', '4111111111111111');") ==
      "D40=6200000000000005 D40=6200000000000047");
  CHECK(found("INSERT INTO t (xm, note) VALUES ('张伟', '安全'); 13800138000").contains("张伟"));
  CHECK(found("INSERT INTO t (note, xm) VALUES ('a', 'b');\n (13800138000, 高兴)") ==
        "D27=13800138000");
  // Lists and rows that never end.
  CHECK(found("13800138000 INSERT INTO t (xm, " + std::string(10'000, 'a')).size() < 20);
  CHECK(found(list + "('" + std::string(10'000, '(') + "13800138000").size() < 20);
}

TEST_CASE("digits are never joined across cells, rows or lines") {
  const Rows halves{{"6200 0000", "0000 0005"}, {"6200", "0000", "0000", "0005"}};
  CHECK(inspect(table(halves)).findings.empty());
  CHECK(inspect(table({{"62000000"}, {"00000005"}, {"1380013"}, {"8000"}})).findings.empty());
  for (const char* text :
       {"6200 0000\n0000 0005", "6200\t0000\t0000\t0005", "1380013\n8000", "138,0013,8000",
        "6200|0000|0000|0005", "11010519491231\r\n002X", "6200;0000;0000;0005",
        "('62000000', '00000005')", "<td>62000000</td><td>00000005</td>", "6200，0000，0000，0005",
        "6200　\n0000 0000 0005"}) {
    CAPTURE(text);
    CHECK(found(text).empty());
  }
}

TEST_CASE("names stand beside numbers in the cell that holds both") {
  CHECK(summary(inspect(table({{"a", "张伟 13800138000"}, {"b", "李娜（13900139000）"}}))) ==
        "D25=张伟 D27=13800138000 D25=李娜 D27=13900139000");
}

TEST_CASE("columns that spaces line up are told by the line that names them") {
  const char* const text =
      "导出日期\n"
      "姓名      护照号码   住宅电话           工作单位\n"
      "张伟      E36895595  0919-20506581      北京云帆众诚科技有限公司\n"
      "王芳      ET3051192  0478-75268380-616  上海金桥文化传媒有限公司\n";
  CHECK(test::found(text) ==
        "D25=张伟 D06=E36895595 D29=091920506581 D39=北京云帆众诚科技有限公司 "
        "D25=王芳 D06=ET3051192 D29=047875268380616 D39=上海金桥文化传媒有限公司");
}

TEST_CASE("a database writes a time behind a date of birth") {
  for (const char* written : {"1985-03-07", "1985-03-07 00:00:00", "1985/3/7 0:00"}) {
    CAPTURE(written);
    CHECK(test::summary(test::inspect(test::table({{"name", "birthday"}, {"x", written}}))) ==
          "D36=19850307");
  }
  CHECK(test::summary(test::inspect(test::table({{"name", "birthday"}, {"x", "1985-03-07 or so"}})))
            .empty());
}

TEST_CASE("the number of a contract is somebody's where somebody is named") {
  CHECK(test::found("借款人：张伟，合同编号：JK202300012345") == "D25=张伟 D67=JK202300012345");
  CHECK(test::found("采购合同编号：CG202300012345，设备一批").empty());
}

TEST_CASE("a line of values with their labels is no header") {
  CHECK(test::found("姓名：张伟，工作单位：北京云帆众诚科技有限公司\n") ==
        "D25=张伟 D39=北京云帆众诚科技有限公司");
}

TEST_CASE("a line with other fields than its header is no row of it") {
  CHECK(test::found("姓名  护照号码  备注\n张伟  王芳  见附件  E36895595\n").find("D06") ==
        std::string::npos);
}

TEST_CASE("what SQL inserts is told by its column list") {
  CHECK(test::found("INSERT INTO t (khxm, imei, client_ip, 保单号, qq_no, gzdw) VALUES "
                    "('张伟', '490154203237518', '114.114.114.114', 'PDAA20231101', '10245678', "
                    "'北京云帆众诚科技有限公司');") ==
        "D25=张伟 D77=490154203237518 D79=114.114.114.114 D82=PDAA20231101 D33=10245678 "
        "D39=北京云帆众诚科技有限公司");
  CHECK(test::found("INSERT INTO t (stock_name, price) VALUES ('安琪酵母', '19.85');").empty());
}

TEST_CASE("cells of a column without a header speak for each other where rows are somebody's") {
  const char* ids[] = {"11010519491231002X", "440524188001010014", "130503196704010016"};
  const char* lines[] = {"(0937)32328785", "0912-61977594", "094185855473"};
  std::vector<std::vector<std::string>> people;
  std::vector<std::vector<std::string>> parts;
  for (std::size_t i = 0; i < 3; ++i) {
    people.push_back({ids[i], lines[i]});
    parts.push_back({"P-" + std::to_string(i), lines[i]});
  }
  CHECK(test::summary(test::inspect(test::table(people))) ==
        "D01=11010519491231002X D29=093732328785 D01=440524188001010014 D29=091261977594 "
        "D01=130503196704010016 D29=094185855473");
  CHECK(test::found("").empty());
  CHECK_FALSE(test::summary(test::inspect(test::table(parts))).contains("D29"));
}

TEST_CASE("a label with a line to itself tells the line below") {
  CHECK(test::found("□姓名\n  张伟\n\n2. QQ\n10245678\n") == "D25=张伟 D33=10245678");
  CHECK(test::found("座　机　　0571-87654321\n") == "D29=057187654321");
  CHECK(test::found("姓名\n张伟\n\nQQ\n10245678\n\n证件号码\n\n11010519491231002X\n") ==
        "D25=张伟 D33=10245678 D01=11010519491231002X");
  CHECK(test::found("姓名\n身份证\n手机\n").empty());
}

TEST_CASE("a MAC address needs a word for somebody's device, or a column of its own") {
  test::check({{"设备MAC地址：54:A0:50:1B:2C:3D", "D80=54:A0:50:1B:2C:3D", "a device"},
               {"client mac: 54:a0:50:1b:2c:3d", "D80=54:a0:50:1b:2c:3d", "a client's"},
               {" mac-address 54:a0:50:1b:2c:3d", "", "a switch"},
               {"hardware ethernet 54:a0:50:1b:2c:3d;", "", "a DHCP server"},
               {"<mac address='52:54:00:1b:2c:3d'/>", "", "a virtual machine"},
               {"eth0 HWaddr 54:a0:50:1b:2c:3d", "", "a network card"}});
  CHECK(test::summary(test::inspect(
            test::table({{"mobile", "mac"}, {"13800138000", "54:a0:50:1b:2c:3d"}}))) ==
        "D27=13800138000 D80=54:a0:50:1b:2c:3d");
}

TEST_CASE("what its form tells is somebody's where a name or a number of theirs is on its record") {
  test::check({
      {"13925258425 40:AA:8A:DF:92:C6 2026-02-23", "D27=13925258425 D80=40:AA:8A:DF:92:C6",
       "a subscriber's"},
      {"AP-3F-01 40:AA:8A:DF:92:C6 2026-02-23", "", "an access point's"},
      {"1、610724840425907，已出库\n2、451221820731772，在库\n", "", "a list of things"},
      {"610724840425907\n451221820731772\n450202581105923\n",
       "D02=610724840425907 D02=451221820731772 D02=450202581105923", "too many for chance"},
      {"610724240425907\n451221250731772\n450202261105923\n", "", "dates of this century"},
      {"610724840425907\n451221820731772\n450202581105923\n450202589905923\n450202589905924\n", "",
       "others are none"},
      {"客户张孟起近三日位置\n(105.661591, 23.618144)\n(111.368470, 31.356865)\n",
       "D25=张孟起 D81=105.661591 D81=23.618144 D81=111.368470 D81=31.356865",
       "where somebody was"},
      {"(105.661591, 23.618144)\n(111.368470, 31.356865)\n", "", "where nobody was"},
  });
}

TEST_CASE("answers are a list's where its rows have somebody") {
  CHECK(test::summary(test::inspect(
            test::table({{"问题", "答案", "手机"}, {"我最爱的书", "三体", "13800138000"}}))) ==
        "D52=三体 D27=13800138000");
  CHECK(test::summary(test::inspect(test::table({{"题目", "答案"}, {"最早的纸币", "交子"}}))) ==
        "");
  test::check({{"| 问题 | 答案 | 手机 |\n|:--|:--|--:|\n| 我最爱的书 | 三体 | 13800138000 |\n",
                "D52=三体 D27=13800138000", "rules of a table are no answers"}});
}

TEST_CASE("a list on one sheet takes no labels away from a form on another") {
  text::Document document = table({{"户名", "张伟", "办公电话", "0557-3012345"}});
  const text::Document list = table({{"批次", "物料", "数量", "去向"},
                                     {"B0001", "纸箱", "12", "三号库"},
                                     {"B0002", "胶带", "15", "四号库"},
                                     {"B0003", "封条", "18", "五号库"}});
  document.groups = {"表一", "表二"};
  document.text += '\n';
  const std::size_t before = document.text.size();
  document.text += list.text;
  for (text::Segment cell : list.segments) {
    cell.span = {cell.span.begin + before, cell.span.end + before};
    cell.group = 1;
    document.segments.push_back(cell);
  }
  CHECK(summary(inspect(document)).contains("D29=05573012345"));
}

TEST_CASE("one common word makes no list of staff, and cards of staff are of as many") {
  const Inspection contacts = inspect(table({{"姓名", "手机号", "职务", "工作单位"},
                                             {"张伟", "13800138000", "经理", "甲乙科技有限公司"},
                                             {"李娜", "13900139000", "总监", "丙丁商贸有限公司"}}));
  CHECK(contacts.customers == 2);
  const Inspection wages = inspect(table({{"工号", "姓名", "工资卡"},
                                          {"620001", "张伟", "6200000000000005"},
                                          {"620002", "李娜", "6205500000000000004"}}));
  CHECK(wages.customers == 2);
}

}  // namespace
}  // namespace huxin::detect
