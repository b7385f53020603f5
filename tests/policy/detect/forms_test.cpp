// Elements that their form tells, overlaps that the label settles, and what only looks like one.
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;
using test::found;
using test::inspect;

TEST_CASE("number plates are told by the province before them") {
  check({{"车辆京A12345停在门口", "D19=京A12345", "five digits between Han"},
         {"沪AD12345", "D19=沪AD12345", "electric, six characters"},
         {"粤B12345F", "D19=粤B12345F", "electric, the letter last"},
         {"京A·12345", "D19=京A12345", "the dot of the plate itself"},
         {"京A 8B9C2", "D19=京A8B9C2", "letters among the digits"},
         {"京A1234警", "D19=京A1234警", "police"},
         {"粤Z1234港", "D19=粤Z1234港", "from Hong Kong"},
         {"京A1234I", "", "I is never used"},
         {"京A123456", "", "one digit too many"},
         {"川C·12704", "D19=川C12704", "the dot is in no other character"},
         {"京a12345", "", "small letters"},
         {"新B站2024", "", "words"},
         {"鲁HJU997", "D19=鲁HJU997", "letters stand before its digits"},
         {"京N-KF352。", "D19=京NKF352", "a hyphen, and letters before its digits"},
         {"冀A•12345", "D19=冀A12345", "another dot"},
         {"京·A12345", "D19=京A12345", "the dot behind the province"},
         {"粵B12345", "D19=粵B12345", "in traditional characters"},
         {"车牌：粤s6k88g", "D19=粤S6K88G", "small letters behind a label"},
         {"车牌: 冀 A 12345", "D19=冀A12345", "spaced out behind a label"},
         {"展位 京 A12345", "", "spaced out, without one"},
         {"苏A123", "", "too short"},
         {"云K8S2024", "", "D and F mark six characters, S does not"}});
}

TEST_CASE("a passport's machine-readable zone is one finding over both lines") {
  const std::string first = "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<";
  const std::string second = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
  CHECK(found(first + "\n" + second) == "D08=" + first + "\n" + second);
  CHECK(found(first + "\r\n" + second + "\r\n").starts_with("D08=P<UTO"));
  CHECK_FALSE(found(first + "\nL898902C46UTO7408122F1204159ZE184226B<<<<<10").contains("D08"));
  CHECK_FALSE(found(second + "\n" + second).contains("D08"));
}

TEST_CASE("the three tracks of a card are told apart") {
  check({{"%B4111111111111111^ZHANG/SAN^2512101123400001?",
          "D42=%B4111111111111111^ZHANG/SAN^2512101123400001?", "track 1"},
         {"%B4111111111111112^ZHANG/SAN^2512101123400001?", "", "its number fails Luhn"},
         {"%B4111111111111111^ZHANG/SAN^2513101123400001?", "", "there is no thirteenth month"},
         {";996200000000000005=1561560500050123456789012345678900000000000=0?",
          "D44=;996200000000000005=1561560500050123456789012345678900000000000=0?", "track 3"},
         {";6205500000000000004=271220186324020?\n"
          ";996205500000000000004=156156050005012345678901234567890000000000=0?",
          "D43=;6205500000000000004=271220186324020? "
          "D44=;996205500000000000004=156156050005012345678901234567890000000000=0?",
          "tracks 2 and 3 of one card"},
         {";996200000000000006=1561560500050123456789012345678900000000000=0?", "",
          "its number fails Luhn"}});
}

TEST_CASE("a soldier's number needs its label") {
  check({{"军官证号：南字第1234567号", "D16=南字第1234567号", "labelled"},
         {"参见南字第1234567号", "", "a document's number"}});
}

TEST_CASE("numbers of Hong Kong, Macao and Taiwan begin with their country") {
  check({{"+852 9123 4567", "D30=85291234567", "spaces"},
         {"+852-91234567", "D30=85291234567", "a hyphen"},
         {"(+853) 6612 3456", "D30=85366123456", "brackets"},
         {"+886 912 345 678", "D30=886912345678", "Taiwan"},
         {"+852 1123 4567", "", "no number begins with 1"},
         {"852 9123 4567", "", "no plus"}});
}

TEST_CASE("one value is one finding, and its label says which") {
  check({{"驾驶证号：11010519491231002X", "D18=11010519491231002X", "a driving licence"},
         {"社会保障号码：11010519491231002X", "D21=11010519491231002X", "social security"},
         {"纳税人识别号：11010519491231002X", "D24=11010519491231002X", "a person's tax number"},
         {"身份证号：11010519491231002X", "D01=11010519491231002X", "an identity number"},
         {"11010519491231002X", "D01=11010519491231002X", "no label"},
         {"纳税人识别号：91350100M000100Y43", "D59=91350100M000100Y43", "a company's number"},
         {"QQ：13800138000", "D33=13800138000", "a QQ number that looks like a mobile"},
         {"账号：6200000000000005", "D40=6200000000000005", "a card proves itself"},
         {"存折账号：12345678901234567", "D54=12345678901234567", "an account does not"},
         {"贷款合同编号：6200000000000005", "D67=6200000000000005", "a contract's number"},
         {"IMEI：490154203237518", "D77=490154203237518", "no card of 15 digits"},
         {"ICCID：89860012345678901234", "D78=89860012345678901234", "no account"}});
}

TEST_CASE("values right behind their label need no colon") {
  check({{"QQ10245678", "D33=10245678", "letters"},
         {"QQ 10245678", "D33=10245678", "a space"},
         {"邮编100080", "D35=100080", "Han"},
         {"HKID A123456(3)", "D13=A1234563", "letters and digits"},
         {"卡有效期12/28", "D46=12/28", "a date of two parts"},
         {"IMEI1：490154203237518", "D77=490154203237518", "the label's own number"},
         {"存折账号 1234 5678 9012 3456 7", "D54=12345678901234567", "in groups"},
         {"公积金账号 801234567890 13800138000", "D22=801234567890 D27=13800138000",
          "two numbers side by side"}});
}

TEST_CASE("what stands behind a label but is nothing of its kind is not found") {
  check({{"验证码有效期5分钟，客服电话95588", "", "another clause"},
         {"请勿向任何人泄露验证码。95588", "", "another sentence"},
         {"取款密码为六位数字", "", "words"},
         {"注册号：110108000000017", "", "the check digit is wrong"},
         {"IMEI：490154203237519", "", "the check digit is wrong"},
         {"香港身份证：A123456(4)", "", "the check digit is wrong"},
         {"登录IP：192.168.1.20", "", "a private address"},
         {"版本IP：1.2.3", "", "three numbers"},
         {"卡有效期：13/28", "", "no thirteenth month"},
         {"QQ：12345678", "", "a run of digits"},
         {"SWIFT language", "", "a word, though its country fits"},
         {"微信：download", "", "a word"},
         {"经度：12.5", "", "too few decimals"}});
}

TEST_CASE("an account is a company's where a company or its bank is named, and no person") {
  check({{"户名：北京云帆众诚科技有限公司\n开户行：中国银行\n账号：12345678901234567\n",
          "D55=12345678901234567", "a company's"},
         {"开户行：中国银行北京分行，账号：12345678901234567", "D55=12345678901234567", "its bank"},
         {"户名：张伟\n开户行：中国银行\n账号：12345678901234567\n",
          "D25=张伟 D54=12345678901234567", "a person's"},
         {"开户行：中国银行\n\n存折账号：12345678901234567\n", "D54=12345678901234567",
          "another paragraph"}});
}

TEST_CASE("who acts for a company has no account beside it, who has one does") {
  check({{"户名：北京云帆众诚科技有限公司\n法定代表人：张伟\n开户行：中国银行\n账号：12345678901234"
          "567\n",
          "D25=张伟 D55=12345678901234567", "its legal representative"},
         {"北京云帆众诚科技有限公司\n开户行：中国银行\n账号：12345678901234567\n联系人：李娜 "
          "13800138000\n",
          "D55=12345678901234567 D25=李娜 D27=13800138000", "whom to call"},
         {"账户名称：北京远大贸易有限公司\n账    号：12345678901234567\n经 办 人：李娜",
          "D55=12345678901234567 D25=李娜", "who brings it, lined up"},
         {"户名：张伟\n工作单位：北京云帆众诚科技有限公司\n账号：12345678901234567\n",
          "D25=张伟 D39=北京云帆众诚科技有限公司 D54=12345678901234567", "his employer's"},
         {"工作单位：北京云帆众诚科技有限公司\n账号：12345678901234567\n户名：张伟\n",
          "D39=北京云帆众诚科技有限公司 D54=12345678901234567 D25=张伟", "named before him"},
         {"开户行：中国银行\n代理人：张伟\n账号：12345678901234567\n",
          "D25=张伟 D54=12345678901234567", "for no company"},
         {"北京云帆众诚科技有限公司 经办：王芳 户名：张伟\n账号：12345678901234567\n",
          "D25=张伟 D54=12345678901234567", "who acts is another"}});
  const auto row = [](const char* column, const char* person) {
    return test::summary(inspect(test::table(
        {{"供应商名称", "开户行全称", "银行账号", column},
         {"北京云帆众诚科技有限公司", "中国银行高新支行", "12345678901234567", person}})));
  };
  CHECK(row("联系人", "张伟") == "D55=12345678901234567 D25=张伟");
  CHECK(row("姓名", "张伟") == "D54=12345678901234567 D25=张伟");
}

}  // namespace
}  // namespace huxin::detect
