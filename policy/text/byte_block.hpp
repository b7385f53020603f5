#pragma once
#include <cstdint>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace huxin::text {

/// Sixty-four bytes of a text, compared all at once: bit i of an answer speaks of byte i. SSE2
/// where the CPU has it, plain 64-bit arithmetic elsewhere.
class ByteBlock {
 public:
  static constexpr std::size_t kSize = 64;

  /// Reads kSize bytes from `data`, which need not be aligned.
  explicit ByteBlock(const char* data);

  /// Bytes that are `byte`.
  std::uint64_t equal(unsigned char byte) const;
  /// Bytes from `low` to `high`, both below 0x80.
  std::uint64_t between(unsigned char low, unsigned char high) const;
  /// Bytes of 0x80 and above.
  std::uint64_t high() const;

 private:
#if defined(__SSE2__)
  static constexpr int kParts = 4;
  using Part = __m128i;
  static std::uint64_t bits(Part part) {
    return static_cast<std::uint32_t>(_mm_movemask_epi8(part));
  }
#else
  static constexpr int kParts = 8;
  using Part = std::uint64_t;
  static constexpr std::uint64_t kOnes = 0x0101010101010101U;
  static constexpr std::uint64_t kTops = 0x8080808080808080U;
  /// Gathers the top bit of each byte.
  static std::uint64_t bits(Part part) {
    return ((part & kTops) >> 7U) * 0x0102040810204080U >> 56U;
  }
#endif
  template <class Test>
  std::uint64_t gather(const Test& test) const {
    std::uint64_t mask = 0;
    for (int i = 0; i < kParts; ++i) mask |= bits(test(parts_[i])) << (i * (64 / kParts));
    return mask;
  }

  Part parts_[kParts];
};

inline ByteBlock::ByteBlock(const char* data) { std::memcpy(parts_, data, kSize); }

#if defined(__SSE2__)

inline std::uint64_t ByteBlock::equal(unsigned char byte) const {
  const Part wanted = _mm_set1_epi8(static_cast<char>(byte));
  return gather([wanted](Part part) { return _mm_cmpeq_epi8(part, wanted); });
}

// Signed comparison: bytes of 0x80 and above are below every ASCII one.
inline std::uint64_t ByteBlock::between(unsigned char low, unsigned char high) const {
  const Part below = _mm_set1_epi8(static_cast<char>(low - 1));
  const Part above = _mm_set1_epi8(static_cast<char>(high + 1));
  return gather([below, above](Part part) {
    return _mm_and_si128(_mm_cmpgt_epi8(part, below), _mm_cmplt_epi8(part, above));
  });
}

inline std::uint64_t ByteBlock::high() const {
  return gather([](Part part) { return part; });
}

#else

// Each byte is below 0x80 once its top bit is off, so that no sum carries into the next.
inline std::uint64_t ByteBlock::equal(unsigned char byte) const {
  return gather([byte](Part part) {
    const Part other = part ^ (kOnes * byte);
    return ~(((other & ~kTops) + ~kTops) | other);
  });
}

inline std::uint64_t ByteBlock::between(unsigned char low, unsigned char high) const {
  return gather([low, high](Part part) {
    const Part ascii = part & ~kTops;
    const Part at_least = ascii + kOnes * (0x80U - low);
    const Part beyond = ascii + kOnes * (0x7FU - high);
    return at_least & ~beyond & ~part;
  });
}

inline std::uint64_t ByteBlock::high() const {
  return gather([](Part part) { return part; });
}

#endif

}  // namespace huxin::text
