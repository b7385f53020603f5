#include "policy/detect/recognise/address_parts.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLongestNumber = 16;
constexpr std::size_t kMostDigits = 6;  // in a row: a room has four or five, a telephone more

using enum AddressLevel;

// Longer ones stand before those they begin with.
constexpr auto kSuffixes = std::to_array<AddressSuffix>({
    {"特别行政区", kProvince},
    {"自治区", kProvince},
    {"省", kProvince},
    {"自治州", kPrefecture},
    {"地区", kPrefecture},
    {"市场", kEstate},
    {"市", kPrefecture},
    {"州", kPrefecture},
    {"盟", kPrefecture},
    {"自治县", kCounty},
    {"自治旗", kCounty},
    {"开发区", kCounty},
    {"新区", kCounty},
    {"新村", kEstate},
    {"新城", kEstate},
    {"区", kCounty},
    {"县", kCounty},
    {"旗", kCounty},
    {"街道办事处", kTown},
    {"街道", kTown},
    {"街坊", kEstate},
    {"街", kRoad},
    {"镇", kTown},
    {"乡", kTown},
    {"苏木", kTown},
    {"村民委员会", kVillage},
    {"村委会", kVillage},
    {"村", kVillage},
    {"社区", kVillage},
    {"居委会", kVillage},
    {"嘎查", kVillage},
    {"屯", kVillage},
    {"寨", kVillage},
    {"庄", kVillage},
    {"村民小组", kGroup, true},
    {"小组", kGroup, true},
    {"组", kGroup, true},
    {"队", kGroup, true},
    {"社", kGroup, true},
    {"大街", kRoad},
    {"大道", kRoad},
    {"大厦", kEstate},
    {"大楼", kEstate},
    {"大院", kEstate},
    {"公路", kRoad},
    {"公寓", kEstate},
    {"公馆", kEstate},
    {"胡同", kRoad},
    {"路", kRoad},
    {"道", kRoad},
    {"巷", kRoad},
    {"条", kRoad, true},
    {"弄堂", kRoad},
    {"号楼", kBuilding, true},
    {"号院", kHouse, true},
    {"号房", kRoom, true},
    {"号", kHouse, true},
    {"弄", kHouse, true},
    {"小区", kEstate},
    {"花园", kEstate},
    {"花苑", kEstate},
    {"家园", kEstate},
    {"家属院", kEstate},
    {"家属楼", kEstate},
    {"佳苑", kEstate},
    {"名苑", kEstate},
    {"名城", kEstate},
    {"苑", kEstate},
    {"广场", kEstate},
    {"中心", kEstate},
    {"国际", kEstate},
    {"商城", kEstate},
    {"商务楼", kEstate},
    {"别墅", kEstate},
    {"宿舍", kEstate},
    {"园区", kCounty},
    {"工业园", kEstate},
    {"产业园", kEstate},
    {"科技园", kEstate},
    {"期", kEstate, true},
    {"区", kEstate, true},
    {"栋", kBuilding, true},
    {"幢", kBuilding, true},
    {"座", kBuilding, true},
    {"楼", kBuilding, true},
    {"单元", kUnit, true},
    {"门", kUnit, true},
    {"梯", kUnit, true},
    {"层", kFloor, true},
    {"室", kRoom, true},
    {"房间", kRoom, true},
    {"房", kRoom, true},
    {"户", kRoom, true},
    {"铺", kRoom, true},
});

// By the last two bytes of their first character.
constexpr std::size_t slot(std::string_view utf8) {
  return (static_cast<unsigned char>(utf8[1]) & 0x3FU) << 6U |
         (static_cast<unsigned char>(utf8[2]) & 0x3FU);
}
constexpr std::size_t kSlots = 4096;

// What is numbered under a number that counts something else: 3号线, 12号令.
constexpr auto kNotHouses = std::to_array<std::string_view>(
    {"线",   "令",   "文",   "公告", "通知", "决定", "台风", "窗", "柜", "选手", "种子",
     "信封", "机",   "字",   "案",   "提案", "议案", "位",   "球", "召", "店",   "码头",
     "泊位", "病例", "仓",   "库",   "车间", "井",   "矿",   "炉", "门", "口",   "出口",
     "桥",   "标段", "地块", "监室", "会议", "厅",   "馆",   "展"});

constexpr HanSet kMayBeNoHouse = [] {
  HanSet set;
  for (const std::string_view word : kNotHouses) set.add(word.substr(0, kHanBytes));
  return set;
}();

bool is_house(std::string_view behind) {
  return !kMayBeNoHouse.has(behind) || std::ranges::none_of(kNotHouses, [&](std::string_view word) {
    return behind.starts_with(word);
  });
}

// Suffixes in the order of their slots, and where each slot's begin.
struct Index {
  std::array<std::uint8_t, kSuffixes.size()> order{};
  std::array<std::uint8_t, kSlots> first{};
  std::array<std::uint8_t, kSlots> count{};
};
constexpr Index kIndex = [] {
  Index index;
  std::size_t next = 0;
  for (std::size_t i = 0; i < kSuffixes.size(); ++i) {
    const std::size_t at = slot(kSuffixes[i].text);
    if (index.count[at] != 0) continue;
    index.first[at] = static_cast<std::uint8_t>(next);
    for (std::size_t j = i; j < kSuffixes.size(); ++j) {
      if (slot(kSuffixes[j].text) != at) continue;
      index.order[next++] = static_cast<std::uint8_t>(j);
      ++index.count[at];
    }
  }
  return index;
}();

std::size_t alnum_run(std::string_view utf8) {
  std::size_t end = 0;
  while (end < utf8.size() && is_ascii_alnum(utf8[end])) ++end;
  return end;
}

bool joins_number(char c) { return c == '-' || c == '#' || c == '/' || c == '~'; }

}  // namespace

const AddressSuffix* address_suffix(std::string_view utf8, bool numbered) {
  if (utf8.size() < kHanBytes || static_cast<unsigned char>(utf8[0]) < 0xE4) return nullptr;
  const std::size_t at = slot(utf8);
  for (std::size_t i = 0; i < kIndex.count[at]; ++i) {
    const AddressSuffix& suffix = kSuffixes[kIndex.order[kIndex.first[at] + i]];
    if (suffix.numbered != numbered || !utf8.starts_with(suffix.text)) continue;
    if (suffix.level == kHouse && !is_house(utf8.substr(suffix.text.size()))) return nullptr;
    return &suffix;
  }
  return nullptr;
}

std::size_t address_number(std::string_view utf8) {
  std::size_t end = 0;
  for (;;) {
    const std::size_t run = alnum_run(utf8.substr(end));
    const auto digits = std::ranges::count_if(utf8.substr(end, run), is_ascii_digit);
    if (run == 0 || digits > static_cast<std::ptrdiff_t>(kMostDigits)) break;
    end += run;
    if (end > kLongestNumber) return 0;
    if (end >= utf8.size() || !joins_number(utf8[end])) return end;
    ++end;
  }
  while (end > 0 && joins_number(utf8[end - 1]) && utf8[end - 1] != '#') --end;  // 12-, but 5#
  return end;
}

bool ends_in_han_numeral(std::string_view utf8) {
  static constexpr HanSet kNumerals =
      han_set("一二三四五六七八九十百零〇甲乙丙丁戊东南西北中前后左右");
  return utf8.size() >= kHanBytes && kNumerals.has(utf8.substr(utf8.size() - kHanBytes));
}

}  // namespace huxin::detect
