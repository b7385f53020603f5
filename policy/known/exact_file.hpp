#pragma once
#include <cstring>
#include <string_view>

#include "policy/base/bytes.hpp"

/// Where things stand in an exact filter's file; see ExactHeader. For the room alone.
namespace huxin::known {

inline constexpr std::string_view kExactMagic = "HUXEXCT1";
inline constexpr std::size_t kDigestAt = 8, kDigestedFrom = 40, kSaltAt = 40, kKeysAt = 56,
                             kSeedAt = 64, kSegmentLengthAt = 72, kSegmentsAt = 76;

/// Reads and writes a little-endian number, wherever it lies; the caller has checked that it does.
template <class T>
T number_at(ByteView file, std::size_t at) {
  T number{};
  std::memcpy(&number, file.data() + at, sizeof number);
  return number;
}
template <class T>
void put_number(Bytes& file, std::size_t at, T number) {
  std::memcpy(file.data() + at, &number, sizeof number);
}

}  // namespace huxin::known
