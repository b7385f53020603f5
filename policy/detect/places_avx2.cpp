// Compiled for AVX2; called only where the CPU has it.
#include "policy/detect/places.hpp"

#if defined(__x86_64__)
#include <immintrin.h>

#include <array>
#include <utility>

namespace huxin::detect {
namespace {

// A byte is looked up by its two halves: a class has it when both halves' entries have the class's
// bit. That is exact as long as a class is one upper half with a set of lower ones.
struct Halves {
  std::array<std::uint8_t, 32> low{};
  std::array<std::uint8_t, 32> high{};

  constexpr void add(unsigned byte, unsigned bit) {
    for (const unsigned lane : {0U, 16U}) {
      std::uint8_t& lower = low[lane + (byte & 0x0FU)];
      std::uint8_t& upper = high[lane + (byte >> 4U)];
      lower = static_cast<std::uint8_t>(lower | bit);
      upper = static_cast<std::uint8_t>(upper | bit);
    }
  }
};

constexpr unsigned kDigit = 1;
constexpr unsigned kJoint = 2;
constexpr unsigned kAt = 4;
constexpr unsigned kSpace = 8;
constexpr unsigned kVee = 32;
// Marks, a bit for each upper half.
constexpr unsigned kMark0 = 16;
constexpr unsigned kMark3 = 64;
constexpr unsigned kMark7 = 128;

constexpr Halves kAscii = [] {
  Halves halves;
  for (unsigned digit = '0'; digit <= '9'; ++digit) halves.add(digit, kDigit);
  for (const unsigned joint : {0x20U, 0x2DU, 0x2EU}) halves.add(joint, kJoint);
  for (const unsigned mark : {0x09U, 0x0AU, 0x0DU}) halves.add(mark, kMark0);
  for (const unsigned mark : {0x3AU, 0x3DU, 0x3EU}) halves.add(mark, kMark3);
  halves.add('@', kAt);
  halves.add(' ', kSpace);
  halves.add('(', kSpace);
  halves.add('|', kMark7);
  for (const char vee : {'v', 'V'}) halves.add(static_cast<unsigned>(vee), kVee);
  return halves;
}();

// The marks beyond ASCII, a bit each, by their first, second and third byte.
constexpr std::array<std::array<unsigned char, 3>, 7> kHan = {{{0xEF, 0xBC, 0x9A},
                                                               {0xEF, 0xBC, 0x88},
                                                               {0xEF, 0xBC, 0x9D},
                                                               {0xEF, 0xBD, 0x9C},
                                                               {0xE3, 0x80, 0x80},
                                                               {0xE4, 0xB8, 0xBA},
                                                               {0xE6, 0x98, 0xAF}}};
constexpr std::array<Halves, 3> kHanBytes = [] {
  std::array<Halves, 3> bytes{};
  for (std::size_t mark = 0; mark < kHan.size(); ++mark) {
    for (std::size_t i = 0; i < 3; ++i) bytes[i].add(kHan[mark][i], 1U << mark);
  }
  return bytes;
}();

__m256i load(const void* data) { return _mm256_loadu_si256(static_cast<const __m256i*>(data)); }

__m256i classes(__m256i bytes, const Halves& halves) {
  const __m256i nibble = _mm256_set1_epi8(0x0F);
  const __m256i low = _mm256_and_si256(bytes, nibble);
  const __m256i high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), nibble);
  return _mm256_and_si256(_mm256_shuffle_epi8(load(halves.low.data()), low),
                          _mm256_shuffle_epi8(load(halves.high.data()), high));
}

std::uint64_t none_of(__m256i found, unsigned bits) {
  const __m256i wanted = _mm256_and_si256(found, _mm256_set1_epi8(static_cast<char>(bits)));
  const __m256i none = _mm256_cmpeq_epi8(wanted, _mm256_setzero_si256());
  return static_cast<std::uint32_t>(_mm256_movemask_epi8(none));
}

std::uint64_t any_of(__m256i found, unsigned bits) { return none_of(found, bits) ^ 0xFFFF'FFFFU; }

Places half(const char* data) {
  const __m256i bytes = load(data);
  const __m256i found = classes(bytes, kAscii);
  Places places;
  places.high = static_cast<std::uint32_t>(_mm256_movemask_epi8(bytes));
  places.digits = any_of(found, kDigit);
  places.joints = any_of(found, kJoint);
  places.spaces = any_of(found, kSpace);
  places.ats = any_of(found, kAt);
  places.vees = any_of(found, kVee);
  places.marks = any_of(found, kMark0 | kMark3 | kMark7);
  if (places.high != 0) {
    const __m256i first = classes(bytes, kHanBytes[0]);
    const __m256i second = classes(load(data + 1), kHanBytes[1]);
    const __m256i third = classes(load(data + 2), kHanBytes[2]);
    places.marks |= any_of(_mm256_and_si256(_mm256_and_si256(first, second), third), 0x7F);
  }
  return places;
}

std::uint64_t join(std::uint64_t low, std::uint64_t high) { return low | high << 32U; }

}  // namespace

void find_places_avx2(const char* data, std::size_t count, Places* places) {
  for (std::size_t i = 0; i < count; ++i, data += kPlacesBytes) {
    const Places low = half(data);
    const Places high = half(data + 32);
    places[i] = {.digits = join(low.digits, high.digits),
                 .joints = join(low.joints, high.joints),
                 .marks = join(low.marks, high.marks),
                 .spaces = join(low.spaces, high.spaces),
                 .high = join(low.high, high.high),
                 .ats = join(low.ats, high.ats),
                 .vees = join(low.vees, high.vees)};
  }
}

}  // namespace huxin::detect

#endif
