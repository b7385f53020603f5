// Numbers under labels that customers' have too, which are a bank's own: counted only where a
// customer stands on the record.
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

using test::check;

TEST_CASE("a label that a bank's own things have too asks for a customer beside it") {
  check({
      {"档案编号,题名\n310012345678,会议纪要汇编\n", "", "the archive's boxes"},
      {"姓名：张伟 档案编号：310012345678", "D25=张伟 D18=310012345678", "somebody's"},
      {"证书,编号,有效期至\n电梯检验,TS93585067,2028-09\n", "", "a certificate's"},
      {"卡号：4111111111111111 有效期：12/28",
       "D41=4111111111111111 D46=12/28 D85=4111111111111111 12/28", "a card's"},
      {"有效期：12/28", "", "of nothing that is told"},
      {"您申请的信用卡已寄出，挂号单号 XA915966591CN。", "", "a letter's"},
      {"SEQUENCE_NAME  LAST_NUMBER\nSEQ_CERT_NO    15698738509\n", "", "a sequence's"},
      {"户名：待清算资金 账号：12345678901234567", "", "an internal account"},
      {"姓名：张伟 账号：12345678901234567", "D25=张伟 D54=12345678901234567", "somebody's"},
      {"存折账号：12345678901234567", "D54=12345678901234567", "a passbook is somebody's"},
  });
}

TEST_CASE("a bill's number on paper asks for a customer or a company beside it") {
  check({
      {"重要空白凭证登记\n支票号码：13021030\n", "", "a blank form"},
      {"出票人：北京甲乙科技有限公司 支票号码：13021030", "D66=13021030", "a company's cheque"},
      {"出票人：XX银行股份有限公司 支票号码：13021030", "", "the bank's own"},
      {"收款人：张伟 支票号码：13021030", "D25=张伟 D66=13021030", "somebody's"},
      {"电票号码：130210302104120250123456789012", "D66=130210302104120250123456789012",
       "thirty digits are an electronic bill's alone"},
  });
}

TEST_CASE("a credit line asks for a customer or a company beside it") {
  check({
      {"行业,授信额度,逾期金额\n制造业,500000000.00,1200000.00\n", "", "an industry's"},
      {"贵公司授信额度为50万元，逾期金额为1,200.00元。", "D68=50万元 D68=1,200.00元",
       "who is written to"},
      {"张伟名下授信额度为50万元，逾期金额为1,200.00元。", "D25=张伟 D68=50万元 D68=1,200.00元",
       "whom it is about"},
  });
}

TEST_CASE("an amount under a customer's label is a bank's where it is too much or none's") {
  check({
      {"姓名：张伟 余额：31.65 亿元", "D25=张伟", "hundreds of millions"},
      {"姓名：张伟 卡均余额：2187 元", "D25=张伟", "an average"},
      {"姓名：张伟 rule: \"balance>500000\"", "D25=张伟", "a comparison"},
      {"<name>张伟</name><balance>5000.00</balance>", "D25=张伟 D64=5000.00", "a tag"},
  });
}

TEST_CASE("a label inside another thing's name says nothing") {
  check({
      {"密码键盘：ZL202420778151.0", "", "a device"},
      {"Station Name: Chang An", "", "a station"},
      {"Template Name: Li Cai", "", "a template"},
      {"Customer Name: Li Cai", "D26=li cai", "a customer"},
      {"QQ群号：102456785", "", "a group's"},
      {"图纸：浙B-91286-A2", "", "a drawing"},
  });
}

TEST_CASE("a long number that a counting word follows counts things") {
  check({{"采样点 13699626783 个，", "", "a count"},
         {"13699626783 个人客户", "D27=13699626783", "a word that begins so"}});
}

TEST_CASE("numbers of blank vouchers are a bank's own") {
  check({
      {"作废存单号码：62010700000011201", "", "voided"},
      {"重要空白凭证销毁清单\n\n定期存单号码 62010700000011399 打印错误\n", "", "by the title"},
      {"存单号码：62010700000011201 客户姓名：张伟", "D54=62010700000011201 D25=张伟",
       "a customer's"},
      {"姓名：张伟 作废存单号码：62010700000011201", "D25=张伟 D54=62010700000011201",
       "a customer's that was voided"},
  });
}

TEST_CASE("accounts between banks are no customers'") {
  check({
      {"存放同业 开户行：工行甘州分行营业部 账号：2702010109200118834", "",
       "where a bank keeps money"},
      {"开户行：工行甘州分行营业部 账号：2702010109200118834", "D55=2702010109200118834",
       "a company's"},
      {"存放同业 户名：甲乙商贸有限公司 开户行：工行甘州分行 账号：2702010109200118834",
       "D55=2702010109200118834", "a company is named"},
  });
}

TEST_CASE("an office's telephone is nobody's, unless somebody stands by it") {
  check({
      {"城西支行\n传真：3051178\n", "", "a branch's"},
      {"值班电话：0557-3028811", "", "an office's"},
      {"城西支行\n客户姓名：张伟\n联系电话：0557-3028811\n", "D25=张伟 D29=05573028811",
       "a customer's in a branch's form"},
      {"住宅电话：0557-3028811", "D29=05573028811", "a home's"},
  });
}

TEST_CASE("fields of a data dictionary and examples hold nobody's values") {
  check({
      {"T_CUST_SEC,A1,密保答案：VARCHAR2(128)\n", "", "a type"},
      {"出生日期：1990-03-07,"
       "为了与旧系统的接口一致而在这里保留的那一列，其写法与上面说过的那个完全相同，"
       "VARCHAR2(128)\n",
       "", "a type at the other end of the line"},
      {"密保答案：可以是中文吗", "", "a question"},
      {"密保答案：请勿使用生日", "", "advice"},
      {"密保答案：我的小学", "D52=我的小学", "an answer"},
      {"信贷业务培训讲义\n\n案例：授信额度30万元，逾期天数95天\n", "", "a lesson's case"},
      {"验证码：123456", "", "a template's"},
      {"台胞证：ABCDEFGHIJK1", "", "letters are no permit's"},
      {"台胞证：0123456789A", "D11=0123456789A", "ten digits and a letter"},
  });
}

TEST_CASE("who helps with programs has accounts of his own") {
  check({
      {"技术支持QQ：2859913377", "", "a supplier's"},
      {"运维微信：hrzn_wb_08", "", "a supplier's"},
      {"QQ：2859913377", "D33=2859913377", "somebody's"},
  });
}

TEST_CASE("a code of a bank's branch is a company's only beside one") {
  check({
      {"机构代码：D2143569-X", "", "a branch's code may pass its check"},
      {"北京甲乙科技有限公司 机构代码：D2143569-X", "D60=D2143569X", "a company's"},
      {"组织机构代码：D2143569-X", "D60=D2143569X", "branches have none"},
  });
}

TEST_CASE("a works is a company, its rooms are none") {
  check({
      {"授信额度：5000万元 五级分类：正常 抵押物为厂房", "", "a mortgaged building"},
      {"甲乙电子厂 授信额度：5000万元 五级分类：正常", "D68=5000万元 D68=正常", "a company"},
  });
}

TEST_CASE("a factory is a company as a limited company is") {
  check({{"2026-02-23,龙岩甲乙电子设备厂,对方账号：5503016138922495735895",
          "D55=5503016138922495735895", "its account"}});
}

TEST_CASE("a number that needs a company beside it takes no other number's place") {
  check({
      {"账号：13800138000", "D27=13800138000", "a mobile that somebody signs on with"},
      {"收款人账号：6222021234567890128 收款人：李娜", "D40=6222021234567890128 D25=李娜",
       "a card"},
      {"收款人账号：0109032456001201050123 收款人：李娜", "D54=0109032456001201050123 D25=李娜",
       "a person's account"},
      {"收款人账号：0109032456001201050123 收款人名称：星河科技有限公司",
       "D55=0109032456001201050123", "a company's"},
      {"付款人账号,付款人名称\n6222021234567890128,李娜\n", "D40=6222021234567890128 D25=李娜",
       "in a list"},
  });
}

TEST_CASE("words that stand in other words make nobody's of nothing") {
  check({
      {"姓名：张伟 出生日期：1980-01-02 地址：成都市成华区熊猫大道1375号",
       "D25=张伟 D36=19800102 D34=成都市成华区熊猫大道1375号", "an address with an animal in it"},
      {"客户张伟 逾期天数：120天起诉至法院 五级分类：次级", "D25=张伟 D68=120天 D68=次级", "sued"},
  });
}

TEST_CASE("a number that proves nothing makes no example somebody's") {
  check({{"填写样例\n身份证号：110105194912310000 密保答案：我的小学", "D01=110105194912310000",
          "rounded"}});
}

}  // namespace
TEST_CASE("what programs write where they know no birth is nobody's") {
  check({
      {"2,李四,13800138001,110101190001010000", "D25=李四 D27=13800138001",
       "an identity number made of it"},
      {"const string DEFAULT_BIRTH = \"19000101\"", "", "a default"},
      {"出生日期：1900-01-02 姓名：张伟", "D36=19000102 D25=张伟", "the day after"},
  });
}

TEST_CASE("a unit between dots is no name") {
  check({
      {"姓名：平方米·月", "", "a rent's"},
      {"姓名：约翰·李", "D25=约翰·李", "a surname may be of one character"},
      {"姓名：买买提·吐尔逊", "D25=买买提·吐尔逊", "a name"},
  });
}

TEST_CASE("where a bank's offices stand is nobody's, unless a customer stands by it") {
  check({{"网点：城东支行，经度：104.06573，纬度：30.65946", "", "a branch"},
         {"客户张伟，手机13800138000，在城东支行网点登录，经度：104.06573，纬度：30.65946",
          "D25=张伟 D27=13800138000 D81=104.06573 D81=30.65946", "a customer in one"},
         {"登录经度：104.06573，登录纬度：30.65946", "D81=104.06573 D81=30.65946", "a device"}});
}

TEST_CASE("a full stop between two sentences makes no foreign name of them") {
  check({{"用户名：可靠.目前支持的有三种", "", "sentences"},
         {"以该用户名建立连接.如果失败请重试", "", "in prose"},
         {"姓名：阿依古丽.买买提", "D25=阿依古丽.买买提", "a name"},
         {"姓名：约翰.史密斯", "D25=约翰.史密斯", "another"}});
}

TEST_CASE("numbers and addresses of programs are under no label") {
  check({
      {"(3937, \"请出示监护人证件\", 7637595079L)", "", "a long integer's suffix"},
      {"登录 ID: 0x0E96D66", "", "an address in memory"},
  });
}

TEST_CASE("an address that names a bank's office is no customer's") {
  check({
      {"地点：沈阳市浑南区全运路41号总行会议中心", "", "where a meeting is"},
      {"联系地址：沈阳市和平区南京北大街17号分行家属院3单元",
       "D34=沈阳市和平区南京北大街17号分行家属院3单元", "where people live"},
  });
}

TEST_CASE("longer labels than a customer's are another thing's") {
  check({
      {"审批单号：20260202964076", "", "not 批单号, an insurance's"},
      {"批单号：P20260202964076", "D82=P20260202964076", "an insurance's"},
      {"库存积分总额 15371740805；本年到期 7370454360", "", "an amount that looks like a mobile"},
  });
}

}  // namespace huxin::detect
