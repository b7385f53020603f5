#include "tests/policy/detect/passage_table.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "policy/detect/validators/check_digits.hpp"
#include "tests/policy/detect/element_table.hpp"

namespace huxin::detect::test {
namespace {

std::string with_check(const std::string& base) {
  for (const char c : std::string_view("0123456789X")) {
    if (passes_mod_11_2(base + c)) return base + c;
  }
  return base;
}

// ISO/IEC 19794-2: "FMR", a version, and bytes beyond what an icon has.
std::string fingerprint() {
  std::string base64 = "Rk1SACAyMAAA";
  for (int i = 0; base64.size() < 1400; ++i) base64 += "aB3dE5gH7jK9"[i % 12];
  return base64;
}

std::string children_and_customers() {
  std::string list;
  for (int i = 0; i < 10; ++i)
    list +=
        fmt::format("张伟,{}\n", with_check(fmt::format("110105199{}0101{:03}", i, 11 + 2 * i)));
  return list;
}

const std::string kSubject = "被查询者姓名：张三 证件号码：11010519491231002X\n";
const std::string kZone =
    "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10";
const std::string kTrack1 = "%B4111111111111111^ZHANG/SAN^2512101123400001?";
const std::string kTrack2 = ";6205500000000000004=271220186324020?";
const std::string kTrack3 = ";996200000000000005=1561560500050123456789012345678900000000000=0?";

std::vector<Passage> texts() {
  const std::string child = with_check("11010520160301001");
  return {
      {"D08", "", kZone, "\n", kZone},
      {"D16", "军官证号：", "南字第1234567号", "", "南字第1234567号"},
      {"D19", "车辆", "京A12345", "停在门口", "京A12345"},
      {"D25", "姓名：", "张伟", "，男", "张伟"},
      {"D26", "持卡人：", "ZHANG SAN", "", "zhang san"},
      {"D31", "联系", "zhang.san@example.com", "即可", "zhang.san@example.com"},
      {"D34", "地址：", "北京市海淀区中关村大街27号", "，电话", "北京市海淀区中关村大街27号"},
      {"D36", "出生日期：", "1949年12月31日", "", "19491231"},
      {"D37", "姓名：张伟，民族：", "汉族", "，婚姻状况：已婚", "汉族"},
      {"D38", "姓名：张伟，年收入：", "20万元", "", "20万元"},
      {"D39", "姓名：张伟，工作单位：", "北京云帆众诚科技有限公司", "", "北京云帆众诚科技有限公司"},
      {"D42", "", kTrack1, "\n", kTrack1},
      {"D43", "", kTrack2, "\n", kTrack2},
      {"D44", "", kTrack3, "\n", kTrack3},
      {"D49", "登录密码：", "Zk9#mQ27x", "", "Zk9#mQ27x"},
      {"D50", "指纹模板：", fingerprint(), "", ""},
      {"D52", "密保答案：", "育才小学", "", "育才小学"},
      {"D53", "登录名：", "zhangwei88", "", "zhangwei88"},
      {"D64", "姓名：张伟，余额：", "5,000.00元", "", ""},
      {"D65",
       "户名：张三 "
       "账号：6200000000000005\n交易日期,摘要,借方,贷方,余额\n2026-01-01,工资,,5000.00,6000.00\n",
       "", "2026-01-02,消费,100.00,,5900.00\n", ""},
      {"D66", "户名：张伟，票据号码：", "130210302104120250123456789012", "",
       "130210302104120250123456789012"},
      {"D68", "名下授信额度：500,000.00元，五级分类：", "正常", "", "正常"},
      {"D69", kSubject, "", "个人基本信息\n信息概要\n公共信息明细\n查询记录\n本人声明\n", ""},
      {"D70", "个人征信查询授权书\n", "", kSubject, ""},
      {"D71", "重点可疑交易报告\n", "", kSubject + "发现过程\n可疑点分析\n初步判断\n", ""},
      {"D72", "大额交易报告\n客户号,大额交易发生日期,交易金额,交易方式\n", "",
       std::string("20260001,2026-01-01,500000.00,现金\n20260002,2026-01-02,600000.00,转账\n") +
           kSubject,
       ""},
      {"D73", "客户洗钱风险等级评定表\n", "", kSubject + "洗钱风险等级：高\n评定日期：2026年1月\n",
       ""},
      {"D74", "反洗钱调查通知书\n", "", kSubject, ""},
      {"D83", "",
       "-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n"
       "-----END PRIVATE KEY-----",
       "\n", ""},
      {"D84", "监护人代办，身份证号：", child, "", child},
      {"D85", "卡号", "6200000000000005，安全码：123", "", ""},
      {"D86", "姓名,身份证号\n", "", children_and_customers(), "10"},
  };
}

std::vector<Passage> all() {
  std::vector<Passage> all = texts();
  for (const Specimen& specimen : specimens())
    all.push_back({specimen.element, specimen.label, specimen.value, "", specimen.found});
  std::ranges::sort(all, {},
                    [](const Passage& each) { return std::tie(each.element, each.value); });
  return all;
}

}  // namespace

const std::vector<Passage>& passages() {
  static const std::vector<Passage> kAll = all();
  return kAll;
}

}  // namespace huxin::detect::test
