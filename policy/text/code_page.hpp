#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "policy/base/bytes.hpp"

namespace huxin::text {

/// One character taken off the front of bytes in a legacy encoding. Two results for the same bytes
/// are the same: nothing is remembered between calls.
struct Taken {
  char32_t code = 0;       ///< 0 with length 1: the first byte is no character
  std::size_t length = 1;  ///< bytes it took, at least 1
  bool valid = false;
};

/// Takes one character of GB18030 (GBK and GB2312 are parts of it): one, two or four bytes. The
/// tables are ICU's, read once at first use; safe from any thread. GB 18030-2005. `bytes` must not
/// be empty, here and below.
Taken take_gb18030(ByteView bytes);

/// Takes one character of Big5 with the Hong Kong supplement: one or two bytes.
Taken take_big5(ByteView bytes);

/// Takes one character of UTF-16; a lone surrogate is two bytes that are no character.
Taken take_utf16(ByteView bytes, bool big_endian);

/// Length of the ASCII at the front.
inline std::size_t ascii_prefix(ByteView bytes) {
  const auto end = std::ranges::find_if(bytes, [](std::uint8_t byte) { return byte >= 0x80; });
  return static_cast<std::size_t>(end - bytes.begin());
}

}  // namespace huxin::text
