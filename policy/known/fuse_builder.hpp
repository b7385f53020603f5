#pragma once
#include <span>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/known/fuse_layout.hpp"

namespace huxin::known {

/// A finished filter: FuseLayout::length() bytes.
struct Fuse {
  FuseLayout layout;
  Bytes array;
};

/// Says whether a key is in the filter; wrongly so for one in 256 that are not. `array` has
/// layout.length() bytes.
inline bool fuse_contains(const FuseLayout& layout, ByteView array, std::uint64_t key) {
  const std::uint64_t hash = layout.hash(key);
  const auto [a, b, c] = layout.places(hash);
  return (array[a] ^ array[b] ^ array[c]) == FuseLayout::fingerprint(hash);
}

/// Builds the filter of distinct keys, in linear time with about 28 bytes a key beside them.
///
/// One seed in a few does not work out; further ones follow from the first, which the caller draws.
/// Every key is looked up in the end: kInternal, never a filter that misses, where a hundred seeds
/// did not do, as with keys that are not distinct.
Result<Fuse> build_fuse(std::span<const std::uint64_t> keys, std::uint64_t seed);

}  // namespace huxin::known
