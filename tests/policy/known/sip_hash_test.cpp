#include "policy/known/sip_hash.hpp"

#include <catch2/catch_test_macros.hpp>

#include <numeric>

#include "policy/base/digest.hpp"

namespace huxin::known {
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

TEST_CASE("a derived key depends on the bank's key, the purpose and the salt") {
  const Bytes bank(32, 1), other_bank(32, 2), salt(16, 3), other_salt(16, 4);
  const SipKey key = derive_key(bank, "exact", salt);
  CHECK(derive_key(bank, "exact", salt) == key);
  CHECK(derive_key(other_bank, "exact", salt) != key);
  CHECK(derive_key(bank, "other", salt) != key);
  CHECK(derive_key(bank, "exact", other_salt) != key);
}

TEST_CASE("a key travels as 16 bytes and no other number of them") {
  CHECK(sip_key_from(to_bytes(kReference)).value() == kReference);
  CHECK(sip_key_from(Bytes(15)).error().code == Errc::kInvalid);
  CHECK(sip_key_from(Bytes(17)).error().code == Errc::kInvalid);
}

}  // namespace huxin::known
