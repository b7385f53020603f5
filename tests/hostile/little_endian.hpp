#pragma once
#include <cstdint>
#include <string>

namespace huxin::hostile {

/// Numbers as these formats write them: the least byte first.
template <class Number>
std::string little_endian(Number value) {
  std::string bytes;
  for (std::size_t i = 0; i < sizeof(Number); ++i)
    bytes.push_back(static_cast<char>((value >> (8 * i)) & 0xFFU));
  return bytes;
}
inline std::string u16(std::uint16_t value) { return little_endian(value); }
inline std::string u32(std::uint32_t value) { return little_endian(value); }
inline std::string u64(std::uint64_t value) { return little_endian(value); }

}  // namespace huxin::hostile
