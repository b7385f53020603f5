#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace huxin::detect {

/// The parts of a Chinese postal address in their order, from the largest (GB/T 23705-2009).
enum class AddressLevel : std::uint8_t {
  kNone,
  kProvince,
  kPrefecture,
  kCounty,
  kTown,      ///< 镇 乡 街道
  kVillage,   ///< 村 社区
  kGroup,     ///< 组 队 of a village
  kRoad,      ///< 路 街 巷
  kHouse,     ///< 号 弄
  kEstate,    ///< 小区 花园 大厦, 3期
  kBuilding,  ///< 栋 幢 座 号楼
  kUnit,      ///< 单元 门
  kFloor,     ///< 层 楼
  kRoom,      ///< 室, a bare number at the end
};

/// How a kind of part ends. `numbered`: only behind a number, as in 12号; otherwise behind a name.
struct AddressSuffix {
  std::string_view text;
  AddressLevel level{};
  bool numbered = false;
};

/// Finds the suffix that a text starts with, the longest of a sort; nullptr when there is none. A
/// numbered one may be spelled like one that is not: 楼, 社.
const AddressSuffix* address_suffix(std::string_view utf8, bool numbered);

/// Bytes of the number a text starts with, as addresses write them: 12, A, 3-2-501, 5#, 12-甲; at
/// most sixteen. A telephone number is none. 0: none.
std::size_t address_number(std::string_view utf8);

/// Says whether a text ends in a numeral of Han: 三 in 第三单元, 东 in 东单元, 甲.
bool ends_in_han_numeral(std::string_view utf8);

}  // namespace huxin::detect
