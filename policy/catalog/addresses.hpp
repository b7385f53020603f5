#pragma once
#include <cstdint>
#include <string_view>

namespace huxin::catalog {

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

/// Finds the suffix that a text starts with, the longest of a sort; nullptr when there is none, or
/// when what follows 号 is no house (3号线). A numbered one may be spelled like one that is not:
/// 楼, 社.
const AddressSuffix* address_suffix(std::string_view utf8, bool numbered);

}  // namespace huxin::catalog
