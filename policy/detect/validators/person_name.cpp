#include "policy/detect/validators/person_name.hpp"

#include <algorithm>
#include <array>

#include "policy/catalog/tables.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kHanBytes = 3;  // every character of the common planes, in UTF-8
constexpr std::string_view kMiddleDot = "·";

bool is_han(std::string_view character) {
  return character >= "\xe3\x90\x80" && character <= "\xe9\xbf\xbf";
}

// Number of Han characters when there is nothing else; 0 otherwise.
std::size_t han_count(std::string_view utf8) {
  if (utf8.empty() || utf8.size() % kHanBytes != 0) return 0;
  for (std::size_t i = 0; i < utf8.size(); i += kHanBytes) {
    if (!is_han(utf8.substr(i, kHanBytes))) return 0;
  }
  return utf8.size() / kHanBytes;
}

bool is_dotted_name(std::string_view utf8) {
  std::size_t characters = 0;
  std::size_t parts = 0;
  for (std::string_view rest = utf8; parts < 5;) {
    const std::size_t dot = rest.find(kMiddleDot);
    const std::size_t count = han_count(rest.substr(0, std::min(dot, rest.size())));
    if (count == 0) return false;
    characters += count;
    ++parts;
    if (dot == std::string_view::npos) break;
    rest.remove_prefix(dot + kMiddleDot.size());
  }
  return parts >= 2 && characters + parts - 1 <= 16;
}

// Words that begin with a surname's character and stand where a name might.
constexpr auto kWords = std::to_array<std::string_view>(
    {"安全", "安排", "包括", "单位", "单元", "方便", "方法", "方面", "方式", "高度", "高级",
     "高新", "关于", "管理", "和平", "何时", "经理", "江苏", "金额", "金融", "时间", "时候",
     "任何", "任务", "常用", "常见", "成功", "成立", "成员", "程序", "全国", "全部", "全体",
     "平安", "平台", "平方", "权限", "水平", "万元", "温馨", "文件", "文化", "文明", "项目",
     "向日", "信用", "信息", "许可", "应用", "应当", "应该", "有限", "有效", "余额", "元月",
     "张江", "章程", "支付", "支行", "周期", "周末", "周年", "周一", "周二", "周三", "周四",
     "周五", "周六", "周日", "农行", "明细", "明天", "华夏", "华东", "华南", "华北", "后台",
     "海外", "海南", "广东", "广州", "河南", "河北", "湖南", "湖北", "云南", "山东", "山西",
     "宁波", "宁夏", "甘肃", "贵州", "国家", "国际", "同意", "通知", "通过", "能力", "能够",
     "利率", "利息", "严格", "严重", "相关", "米饭", "商业", "商品", "马上", "石油", "钱包",
     "解决", "解释", "符合", "牛奶", "白色", "黄色", "黄金", "花园", "空间", "东城", "西城",
     "南京", "北京", "上海", "重庆", "成都", "武汉", "温州", "苏州", "常州", "徐州", "杭州",
     "郑州", "柳州", "惠州", "台州", "连云", "连接", "曲线", "那么", "那个", "于是", "由于",
     "从而", "计算", "计划", "终端", "查询", "查看", "别名", "年度", "年龄", "公司", "公民",
     "公开", "公告"});

// Says cheaply that no word starts with a character, by its last two bytes.
constexpr std::size_t slot(std::string_view character) {
  return (static_cast<unsigned char>(character[1]) & 0x3FU) << 6U |
         (static_cast<unsigned char>(character[2]) & 0x3FU);
}
constexpr auto kMayStart = [] {
  std::array<bool, 4096> table{};
  for (const std::string_view word : kWords) table[slot(word)] = true;
  return table;
}();

bool is_word(std::string_view utf8) {
  return kMayStart[slot(utf8)] && std::ranges::find(kWords, utf8) != std::ranges::end(kWords);
}

bool starts_with_word(std::string_view utf8) {
  return kMayStart[slot(utf8)] &&
         std::ranges::any_of(kWords, [&](std::string_view word) { return utf8.starts_with(word); });
}

}  // namespace

bool is_person_name(std::string_view utf8) {
  if (utf8.contains(kMiddleDot)) return is_dotted_name(utf8);
  const std::size_t count = han_count(utf8);
  if (count < 2 || count > 4 || is_word(utf8)) return false;
  const std::size_t surname = catalog::surname_prefix(utf8) / kHanBytes;
  if (surname == 0 || surname >= count) return false;
  return count - surname <= (surname == 1 ? 3U : 2U);
}

bool is_common_person_name(std::string_view utf8) {
  if (utf8.contains(kMiddleDot) || !is_person_name(utf8) || starts_with_word(utf8)) return false;
  const std::size_t surname = catalog::surname_prefix(utf8);
  if ((utf8.size() - surname) / kHanBytes > 2) return false;
  for (std::size_t i = surname; i < utf8.size(); i += kHanBytes) {
    if (catalog::given_name_rank(utf8.substr(i, kHanBytes)) == 0) return false;
  }
  return true;
}

}  // namespace huxin::detect
