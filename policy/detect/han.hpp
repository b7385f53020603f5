#pragma once
#include <cstddef>
#include <string_view>

namespace huxin::detect {

inline constexpr std::size_t kHanBytes = 3;  ///< of a Han character of the common planes, in UTF-8

/// Whether valid UTF-8 begins with a Han character of the common planes: U+3400 to U+9FFF (GB
/// 18030-2022, implementation level 1, has no other).
constexpr bool is_han(std::string_view rest) {
  if (rest.size() < kHanBytes) return false;
  const auto lead = static_cast<unsigned char>(rest[0]);
  return (lead > 0xE3 && lead <= 0xE9) ||
         (lead == 0xE3 && static_cast<unsigned char>(rest[1]) >= 0x90);
}

}  // namespace huxin::detect
