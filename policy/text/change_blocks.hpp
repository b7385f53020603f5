#pragma once
#include <cstddef>
#include <cstdint>

namespace huxin::text {

/// A block of 64 bytes in which something may have to be normalised: bit i of `leads` is set where
/// such a character may start at byte `at` + i. More bits may be set than normalise() then changes.
struct ChangeBlock {
  std::size_t at = 0;
  std::uint64_t leads = 0;
};

/// Looks at blocks from `at` on for as long as nothing in them may change. Reads whole blocks and
/// two bytes beyond, all within `size`: `leads` is 0 where too little is left for that, and `at` is
/// where the rest begins.
ChangeBlock next_change_block(const char* data, std::size_t at, std::size_t size);

/// The two ways of doing it; the first needs AVX2.
ChangeBlock next_change_block_avx2(const char* data, std::size_t at, std::size_t size);
ChangeBlock next_change_block_portable(const char* data, std::size_t at, std::size_t size);

}  // namespace huxin::text
