#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Views text as bytes and bytes as text; neither copies. What they give lives as long as what was
/// viewed.
inline ByteView as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}
inline std::string_view as_text(ByteView bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// Says whether a character is a hexadecimal digit of either case.
bool is_hex_digit(char c);

/// Writes bytes as lower-case hexadecimal.
std::string to_hex(ByteView bytes);

/// Reads hexadecimal of either case; kInvalid for an odd length or another character.
Result<Bytes> from_hex(std::string_view hex);

/// A half-open range of byte offsets, [begin, end). The one convention for places in text.
struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;

  std::size_t size() const { return end - begin; }
  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }
  bool operator==(const Span&) const = default;
};

}  // namespace huxin
