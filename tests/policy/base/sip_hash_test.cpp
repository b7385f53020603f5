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
      {15, 0xa129ca6149be45e5U},  // the paper's appendix A
  };
  for (const Row& row : kRows) {
    CAPTURE(row.length);
    CHECK(sip_hash(kReference, counting(row.length)) == row.hash);
  }
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
