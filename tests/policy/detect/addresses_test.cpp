#include <catch2/catch_test_macros.hpp>
#include <string>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

// The addresses found in a text, in order; nothing else is looked at.
std::string addresses(std::string_view text) {
  std::string all;
  for (const Finding& finding : test::inspect(text).findings) {
    if (finding.element != catalog::ElementId{34}) continue;
    all += (all.empty() ? "" : " | ") + finding.value;
  }
  return all;
}

TEST_CASE("an address is one span from its province to its room") {
  for (const char* address : {
           "浙江省杭州市西湖区文三路478号华星时代广场A座1203室",
           "广东省深圳市南山区科技园路12号3栋2单元501室",
           "广东省深圳市南山区科技园路 12 号 3 栋 2 单元 501 室",
           "杭州市拱墅区莫干山路 1418 号 7-2-301",
           "广东省深圳市龙岗区万科城市花园3期5栋2单元1203室",
           "北京市海淀区中关村大街27号1101室",
           "北京市朝阳区建国门外大街甲12号",
           "北京市西城区金融大街35号国际企业大厦",
           "北京市东城区东四十条胡同12号院3号楼2单元401",
           "上海市浦东新区张杨路500号",
           "上海市徐汇区龙华路123弄45号602室",
           "上海市静安区曹杨新村12号",
           "重庆市渝中区解放碑步行街12号附3号",
           "天津市和平区南京路189号3-2-501",
           "江苏省苏州市昆山市玉山镇人民路12号",
           "江苏省苏州工业园区星湖街328号",
           "湖北省恩施土家族苗族自治州利川市都亭街道清江大道12号",
           "新疆维吾尔自治区乌鲁木齐市天山区解放南路12号",
           "内蒙古自治区呼和浩特市赛罕区大学西街235号",
           "广西壮族自治区南宁市青秀区民族大道100号",
           "西藏自治区拉萨市城关区北京中路35号",
           "四川省凉山彝族自治州西昌市航天大道12号",
           "山东省枣庄市市中区建设街4号锦绣小区14号楼3单元1703室",
           "河南省周口市太康县城关镇李家村4组38号",
           "湖南省邵阳市大祥区双河乡东沟村3组18号",
           "甘肃省临夏回族自治州东乡族自治县迎宾大道184号9栋1106室",
           "安徽省合肥市蜀山区花园路12号阳光花园5栋三单元902",
           "海南省三亚市天涯区碧水湾3-2-501",
           "香港特别行政区油尖旺区弥敦道123号",
           "台北市信义区松仁路100号",
           "浙江杭州西湖区文三路478号",
           "江苏南京鼓楼区中山北路30号",
           "杭州市西湖区文三路478号",
           "深圳南山区科苑路15号科兴科学园B栋3单元12层",
           "北京市海淀区中关村大街（北段）27号",
           "辽宁省沈阳市和平区南五马路3号2门",
       }) {
    CAPTURE(address);
    CHECK(addresses(address) == address);
    CHECK(addresses(std::string("地址：") + address) == address);
    CHECK(addresses("客户现住" + std::string(address) + "，联系电话如下") == address);
    CHECK(addresses("姓名,地址,备注\n张伟," + std::string(address) + ",无\n") == address);
  }
}

TEST_CASE("an address behind its label may lack its town") {
  const std::pair<const char*, const char*> rows[] = {
      {"住址：文三路478号", "文三路478号"},
      {"家庭住址：阳光花园3栋2单元501", "阳光花园3栋2单元501"},
      {"通讯地址: 解放路12号院5号楼3门401", "解放路12号院5号楼3门401"},
      {"户籍地址：李家村4组38号", "李家村4组38号"},
      {"现住址：位于广东省深圳市南山区科技园路12号", "广东省深圳市南山区科技园路12号"},
      {"address: 浙江省 杭州市 西湖区 文三路 478号", "浙江省 杭州市 西湖区 文三路 478号"},
      {"收货地址：通化市二道江区新华街19号阳光花园9号楼4单元2606室",
       "通化市二道江区新华街19号阳光花园9号楼4单元2606室"},
      {"户口所在地：江苏省南京市鼓楼区", "江苏省南京市鼓楼区"},
      {"地址：", ""},
      {"地址：不详", ""},
      {"地址：同上", ""},
      {"地址：http://example.com/a/12号", ""},
      {"IP地址：192.168.1.1", ""},
      {"地址变更须提供房产证", ""},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(addresses(text) == expected);
  }
}

TEST_CASE("an address ends where it ends") {
  const std::pair<const char*, const char*> rows[] = {
      {"家住北京市海淀区中关村大街27号附近", "北京市海淀区中关村大街27号"},
      {"北京市海淀区中关村大街27号 13800138000", "北京市海淀区中关村大街27号"},
      {"北京市海淀区中关村大街 27 号 2024-01-02", "北京市海淀区中关村大街 27 号"},
      {"家庭住址：杭州市拱墅区莫干山路 7-2-301", "杭州市拱墅区莫干山路"},
      {"北京市海淀区中关村大街 27 号 8-12 时", "北京市海淀区中关村大街 27 号"},
      {"北京市海淀区中关村大街27号1101室13800138000", "北京市海淀区中关村大街27号1101室"},
      {"张伟 浙江省杭州市西湖区文三路478号 已婚", "浙江省杭州市西湖区文三路478号"},
      {"寄往浙江省杭州市西湖区文三路478号的快递", "浙江省杭州市西湖区文三路478号"},
      {"北京市海淀区中关村大街27号、上海市浦东新区张杨路500号",
       "北京市海淀区中关村大街27号 | 上海市浦东新区张杨路500号"},
      {"文三路478号华星时代广场A座1203室", "文三路478号华星时代广场A座1203室"},
      {"北京市朝阳区建国路88号SOHO现代城A座1001", "北京市朝阳区建国路88号SOHO现代城A座1001"},
      {"浙江省(自治区/直辖市) 杭州市(县) 西湖区(镇) 文三路478号",
       "浙江省(自治区/直辖市) 杭州市(县) 西湖区(镇) 文三路478号"},
      {R"({"city": "杭州市", "street": "文三路478号"})", "文三路478号"},
  };
  for (const auto& [text, expected] : rows) {
    CAPTURE(text);
    CHECK(addresses(text) == expected);
  }
}

TEST_CASE("prose that names places holds no address") {
  for (const char* text : {
           "大会在北京市朝阳区举行。",
           "新华社北京3月1日电",
           "北京市海淀区人民法院",
           "上海市浦东新区市场监督管理局",
           "杭州市西湖区人民政府关于印发2023年第12号文件的通知",
           "上海地铁2号线浦东国际机场站",
           "北京市轨道交通12号线开通",
           "江苏省南京市中级人民法院（2023）苏01民终123号民事判决书",
           "记者从浙江省杭州市西湖区文三路派出所了解到",
           "中国人民银行令〔2016〕第3号",
           "下午3号线停运",
           "请到3号窗口办理",
           "第12号台风在广东省湛江市登陆",
           "广东省深圳市南山区2023年第3季度报告",
           "2023年北京市海淀区第5号公告",
           "北京市的天气很好，上海市的房价也很高",
           "上海市浦东新区的房价",
           "我们去南京路和北京东路逛街",
           "张江高科技园区12号楼正在施工",
           "重庆市渝中区发布暴雨红色预警信号",
           "招商银行深圳分行科技园支行",
           "山东省济南市历下区、市中区两地共有3号病例",
           "坐5路公交车到2号门下车",
           "1号店、2号仓库和3号车间",
           "会议室在3楼5号",
           "本小区共12栋楼、36单元",
           "四川省成都市和重庆市共建双城经济圈",
           "第3组第5号选手",
           "路由器、街道办、村委会、小区、大厦、号码",
           "版本3室内机型12号",
           "天津港2号码头12号泊位",
       }) {
    CAPTURE(text);
    CHECK(addresses(text).empty());
  }
}

TEST_CASE("divisions alone are an address only as a field of their own") {
  CHECK(addresses("江苏省南京市鼓楼区") == "江苏省南京市鼓楼区");
  CHECK(addresses("姓名,籍贯\n张伟,江苏省南京市鼓楼区\n") == "江苏省南京市鼓楼区");
  CHECK(addresses("他在江苏省南京市鼓楼区工作").empty());
  CHECK(addresses("江苏省南京市").empty());
}

TEST_CASE("hostile runs of places and numbers cost no more than they are long") {
  const auto repeat = [](std::string_view part, std::size_t size) {
    std::string text;
    while (text.size() < size) text += part;
    return text;
  };
  for (const char* part : {"北京", "北京市", "1号", "北京1号", "北京市海淀区", "北京市1号", "路1号",
                           "北京市（", "地址：北京", "东东东东", "1-1-1-", "北京市海淀区路"}) {
    CAPTURE(part);
    const std::string text = repeat(part, 400'000);
    CHECK(addresses(text).size() <= 2 * text.size());
  }
}

TEST_CASE("an address is one, whichever of its house and its provinces leads to it") {
  CHECK(addresses("李娜,北京市海淀区中关村大街27号,广东省深圳市南山区科技园路12号\n") ==
        "北京市海淀区中关村大街27号 | 广东省深圳市南山区科技园路12号");
  CHECK(addresses("广西壮族自治区南宁市青秀区民族大道100号，北京市海淀区中关村大街27号") ==
        "广西壮族自治区南宁市青秀区民族大道100号 | 北京市海淀区中关村大街27号");
  CHECK(addresses("来自北京市海淀区中关村大街27号") == "北京市海淀区中关村大街27号");
}

}  // namespace
}  // namespace huxin::detect
