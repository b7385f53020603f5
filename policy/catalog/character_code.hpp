#pragma once
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace huxin::catalog {

inline constexpr std::size_t kCharacterBytes =
    3;  ///< of a Han character of the basic plane, in UTF-8

/// The first three bytes of a text as a number, which orders as they do; zeros stand for those that
/// it has not.
constexpr std::uint32_t character_code(std::string_view utf8) {
  std::uint32_t code = 0;
  for (std::size_t i = 0; i < kCharacterBytes; ++i)
    code = code << 8U | (i < utf8.size() ? static_cast<unsigned char>(utf8[i]) : 0U);
  return code;
}

}  // namespace huxin::catalog
