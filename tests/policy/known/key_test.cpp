#include "policy/known/key.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::known {

TEST_CASE("a derived key depends on the bank's key, the purpose and the salt") {
  const Bytes bank(32, 1), other_bank(32, 2), salt(16, 3), other_salt(16, 4);
  const SipKey key = derive_key(bank, "exact", salt);
  CHECK(derive_key(bank, "exact", salt) == key);
  CHECK(derive_key(other_bank, "exact", salt) != key);
  CHECK(derive_key(bank, "other", salt) != key);
  CHECK(derive_key(bank, "exact", other_salt) != key);
}

TEST_CASE("a key travels as 16 bytes and no other number of them") {
  CHECK(sip_key_from(to_bytes(SipKey{0x0706050403020100U, 0x0f0e0d0c0b0a0908U})).value() ==
        SipKey{0x0706050403020100U, 0x0f0e0d0c0b0a0908U});
  CHECK(sip_key_from(Bytes(15)).error().code == Errc::kInvalid);
  CHECK(sip_key_from(Bytes(17)).error().code == Errc::kInvalid);
}

}  // namespace huxin::known
