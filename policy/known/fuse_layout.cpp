#include "policy/known/fuse_layout.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

namespace huxin::known {
namespace {

constexpr std::uint32_t kLongestSegment = 1U << 18U;
constexpr std::uint64_t kLargest = std::uint64_t{1} << 28U;  // bytes; far above any limit of ours

}  // namespace

// The constants are the paper's for three places a key.
FuseLayout FuseLayout::for_keys(std::size_t keys, std::uint64_t seed) {
  FuseLayout layout{.seed = seed};
  if (keys < 2) return layout;
  const double count = static_cast<double>(keys);
  const double bits = std::floor(std::log(count) / std::log(3.33) + 2.25);
  layout.segment_length = std::min(kLongestSegment, 1U << static_cast<unsigned>(bits));
  const double factor = std::max(1.125, 0.875 + 0.25 * std::log(1e6) / std::log(count));
  const auto wanted = static_cast<std::size_t>(std::round(count * factor));
  const std::size_t pieces = (wanted + layout.segment_length - 1) / layout.segment_length;
  layout.segments = static_cast<std::uint32_t>(pieces > 2 ? pieces - 2 : 1);
  return layout;
}

bool FuseLayout::sane() const {
  return std::has_single_bit(segment_length) && segment_length >= 4 &&
         segment_length <= kLongestSegment && segments > 0 &&
         (std::uint64_t{segments} + 2) * segment_length <= kLargest;
}

// The finisher of MurmurHash3, a bijection.
std::uint64_t FuseLayout::hash(std::uint64_t key) const {
  std::uint64_t mixed = key + seed;
  mixed ^= mixed >> 33U;
  mixed *= 0xff51afd7ed558ccdU;
  mixed ^= mixed >> 33U;
  mixed *= 0xc4ceb9fe1a85ec53U;
  return mixed ^ (mixed >> 33U);
}

}  // namespace huxin::known
