#include "certs/request.hpp"

#include <catch2/catch_test_macros.hpp>

#include "certs/encoding.hpp"
#include "tests/support/bank.hpp"

namespace huxin::certs {

using test::must;

TEST_CASE("a request carries its own public key and nothing of the private one") {
  const KeyAndRequest made = must(make_request("T-0001"));
  const KeyPtr own = must(parse_private_key(made.private_key));
  const KeyPtr taken = must(parse_public_key(must(take_request(made.request))));
  CHECK(EVP_PKEY_eq(own.get(), taken.get()) == 1);
}

TEST_CASE("a request changed anywhere is no proof of possession") {
  const Bytes good = must(make_request("T-0001")).request;
  REQUIRE(take_request(good));
  std::size_t denied = 0;
  for (std::size_t i = 0; i < good.size(); ++i) {
    Bytes bad = good;
    bad[i] ^= 1;
    const Result<Bytes> taken = take_request(bad);
    INFO(i);
    REQUIRE_FALSE(taken);
    CHECK((taken.error().code == Errc::kDenied || taken.error().code == Errc::kInvalid));
    denied += taken.error().code == Errc::kDenied ? 1 : 0;
  }
  CHECK(denied > 64);
}

TEST_CASE("a request of another kind of key, cut, padded or too large is invalid") {
  const KeyPtr rsa(EVP_RSA_gen(2048));
  const RequestPtr request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), rsa.get());
  REQUIRE(X509_REQ_sign(request.get(), rsa.get(), EVP_sha256()) > 0);
  Bytes rsa_request(static_cast<std::size_t>(i2d_X509_REQ(request.get(), nullptr)));
  unsigned char* at = rsa_request.data();
  i2d_X509_REQ(request.get(), &at);
  const Bytes good = must(make_request("T-0001")).request;
  Bytes padded = good;
  padded.push_back(0);
  for (const Bytes& bad : {rsa_request, padded, Bytes(good.begin(), good.end() - 1), Bytes(),
                           Bytes(100, 0x30), Bytes(kLargestObject + 1, 0x30)}) {
    const Result<Bytes> taken = take_request(bad);
    REQUIRE_FALSE(taken);
    CHECK(taken.error().code == Errc::kInvalid);
  }
}

}  // namespace huxin::certs
