#include "policy/base/sip_hash.hpp"

#include <catch2/catch_test_macros.hpp>

#include <numeric>

#include "policy/base/digest.hpp"

namespace huxin {
namespace {

// The key of the paper's appendix A and of the reference's vectors: 00 01 … 0f.
constexpr SipKey kReference{0x0706050403020100U, 0x0f0e0d0c0b0a0908U};

std::string counting(std::size_t size) {
  std::string text(size, '\0');
  std::iota(text.begin(), text.end(), '\0');
  return text;
}

}  // namespace

TEST_CASE("SipHash-2-4 gives the published values") {
  struct Row {
    std::size_t length;
    std::uint64_t hash;
  };
  constexpr Row kRows[] = {
      {0, 0x726fdb47dd0e0e31U},   // the reference's first vector
      {1, 0x74f839c593dc67fdU},   // a tail of one byte
      {8, 0x93f5f5799a932462U},   // a whole word and an empty tail
      {9, 0x9e0082df0ba9e4b0U},   // a tail behind a whole word
      {15, 0xa129ca6149be45e5U},  // the paper's appendix A
  };
  for (const Row& row : kRows) {
    CAPTURE(row.length);
    CHECK(sip_hash(kReference, counting(row.length)) == row.hash);
  }
}

TEST_CASE("SipHash-1-3 gives the values of those who use it") {
  struct Row {
    std::size_t length;
    std::uint64_t hash;
  };
  // The first is Rust's; the others a second implementation's, which gives Python's hashes too.
  constexpr Row kRows[] = {
      {0, 0xabac0158050fc4dcU},  {1, 0xc9f49bf37d57ca93U},  {7, 0xd3927d989bb11140U},
      {8, 0x369095118d299a8eU},  {9, 0x25a48eb36c063de4U},  {15, 0xd320d86d2a519956U},
      {16, 0xcc4fdd1a7d908b66U}, {63, 0x9d199062b7bbb3a8U},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.length);
    CHECK(table_hash(kReference, counting(row.length)) == row.hash);
  }
  // Python's hash() under PYTHONHASHSEED=0.
  CHECK(table_hash({}, "siphash") == 0x8264ceeccb16bcbeU);
  CHECK(table_hash({}, "110101199003077777") == 0xcbdaf27cef75ea50U);
}

TEST_CASE("every bit of the key changes what is digested") {
  const std::uint64_t before = sip_hash(kReference, "D01");
  for (unsigned bit = 0; bit < 128; ++bit) {
    SipKey other = kReference;
    other[bit / 64] ^= std::uint64_t{1} << (bit % 64);
    CHECK(sip_hash(other, "D01") != before);
  }
}

}  // namespace huxin
