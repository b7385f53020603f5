// Compiled for AVX2; called only where the CPU has it.
#include "policy/text/change_blocks.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

namespace huxin::text {
namespace {

struct Part {
  explicit Part(const char* data)
      : bytes(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(data))) {}
  __m256i is(int byte) const {
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(static_cast<char>(byte)));
  }
  __m256i bytes;
};

__m256i both(__m256i a, __m256i b) { return _mm256_and_si256(a, b); }
__m256i either(__m256i a, __m256i b) { return _mm256_or_si256(a, b); }

/// Third bytes of the full-width marks that stay, ，：；（）！？: bit 0 those of 8x, bit 1 those of
/// 9x.
__m256i is_plain_third(__m256i bytes) {
  const __m256i low = _mm256_setr_epi8(0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 0, 0, 2,  //
                                       0, 1, 0, 0, 0, 0, 0, 0, 1, 1, 2, 2, 1, 0, 0, 2);
  const __m256i high = _mm256_setr_epi8(0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0,  //
                                        0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 0, 0);
  const __m256i nibble = _mm256_set1_epi8(0x0F);
  const __m256i found = both(_mm256_shuffle_epi8(low, both(bytes, nibble)),
                             _mm256_shuffle_epi8(high, both(_mm256_srli_epi16(bytes, 4), nibble)));
  return _mm256_cmpgt_epi8(found, _mm256_setzero_si256());
}

std::uint32_t leads(const char* data) {
  const Part first(data);
  if (_mm256_movemask_epi8(first.bytes) == 0) return 0;
  const Part second(data + 1);
  const Part third(data + 2);
  const __m256i wide =
      both(first.is(0xE3), either(both(second.is(0x80), third.is(0x80)), second.is(0x83)));
  const __m256i plain = either(both(second.is(0xBC), is_plain_third(third.bytes)),
                               second.is(0xBF));  // U+FFC0 and beyond
  const __m256i full = _mm256_andnot_si256(plain, first.is(0xEF));
  const __m256i all = either(either(first.is(0xC2), first.is(0xE2)), either(wide, full));
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(all));
}

}  // namespace

ChangeBlock next_change_block_avx2(const char* data, std::size_t at, std::size_t size) {
  for (; at + 64 + 2 <= size; at += 64) {
    const std::uint64_t found = leads(data + at) | static_cast<std::uint64_t>(leads(data + at + 32))
                                                       << 32U;
    if (found != 0) return {at, found};
  }
  return {at, 0};
}

}  // namespace huxin::text

#endif
