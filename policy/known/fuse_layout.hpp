#pragma once
#include <array>
#include <cstddef>
#include <cstdint>

namespace huxin::known {

/// Where a 3-wise binary fuse filter keeps what (Graf and Lemire, "Binary Fuse Filters: Fast and
/// Smaller Than Xor Filters", 2022, section 3). The array is cut into segments of a power of two; a
/// key has one byte in each of three neighbouring segments, and is in the filter when the three add
/// up (exclusive or) to its fingerprint. A value; the same for who builds and who asks.
struct FuseLayout {
  std::uint64_t seed = 0;
  std::uint32_t segment_length = 4;  ///< bytes; a power of two
  std::uint32_t segments = 1;        ///< in which a key can begin; the array has two more

  /// The layout for that many distinct keys: about 1.125 bytes a key from 100,000 on, more below.
  static FuseLayout for_keys(std::size_t keys, std::uint64_t seed);

  /// Bytes of the array.
  std::size_t length() const { return (std::size_t{segments} + 2) * segment_length; }
  /// Are these numbers a layout at all? For those read from outside.
  bool sane() const;

  /// Spreads a key; distinct keys stay distinct.
  std::uint64_t hash(std::uint64_t key) const;
  /// The three places of a hash, in ascending segments; each below length().
  std::array<std::uint32_t, 3> places(std::uint64_t hash) const {
    const std::uint32_t mask = segment_length - 1;
    const auto spread = static_cast<unsigned __int128>(hash) *
                        (static_cast<std::uint64_t>(segments) * segment_length);
    const auto first = static_cast<std::uint32_t>(spread >> 64U);
    return {first, (first + segment_length) ^ (static_cast<std::uint32_t>(hash >> 18U) & mask),
            (first + 2 * segment_length) ^ (static_cast<std::uint32_t>(hash) & mask)};
  }
  static std::uint8_t fingerprint(std::uint64_t hash) {
    return static_cast<std::uint8_t>(hash ^ (hash >> 32U));
  }
};

}  // namespace huxin::known
