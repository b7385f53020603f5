#include "certs/device_authority.hpp"

#include <catch2/catch_test_macros.hpp>

#include "certs/encoding.hpp"
#include "tests/support/bank.hpp"

namespace huxin::certs {
namespace {

using std::chrono::days;
using test::must;

const Time kNow = must(from_rfc3339("2026-03-01T08:30:00Z"));

Bytes worker_key() { return must(take_request(must(make_request("worker")).request)); }

bool browser_accepts(const Bytes& leaf_der, const std::string& authority_pem,
                     const std::string& host, Time at) {
  const CertificatePtr leaf = must(parse_certificate(leaf_der));
  const CertificatePtr anchor = must(parse_certificate(must(certificate_from_pem(authority_pem))));
  const StorePtr store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), anchor.get());
  const VerificationPtr verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store.get(), leaf.get(), nullptr);
  X509_STORE_CTX_set_purpose(verification.get(), X509_PURPOSE_SSL_SERVER);
  X509_VERIFY_PARAM* const param = X509_STORE_CTX_get0_param(verification.get());
  X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_X509_STRICT);
  X509_VERIFY_PARAM_set_time(
      param, std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
  if (X509_VERIFY_PARAM_set1_ip_asc(param, host.c_str()) != 1) {
    X509_VERIFY_PARAM_set1_host(param, host.data(), host.size());
  }
  return X509_verify_cert(verification.get()) == 1;
}

}  // namespace

TEST_CASE("a leaf is good for its host, for a week, on this terminal alone") {
  const test::TempDir folder;
  auto keys = must(open_file_key_store(folder / "keys"));
  const auto authority = must(DeviceAuthority::open(*keys, "teller-07", kNow));
  auto other_keys = must(open_file_key_store(folder / "other"));
  const auto other = must(DeviceAuthority::open(*other_keys, "teller-08", kNow));
  for (const std::string host : {"mail.example.com", "192.0.2.7", "2001:db8::7"}) {
    INFO(host);
    const Bytes leaf = must(authority->issue(host, worker_key(), kNow));
    CHECK(browser_accepts(leaf, authority->certificate_pem(), host, kNow));
    CHECK_FALSE(browser_accepts(leaf, authority->certificate_pem(), "elsewhere.example", kNow));
    CHECK_FALSE(browser_accepts(leaf, authority->certificate_pem(), host, kNow + days(8)));
    CHECK_FALSE(browser_accepts(leaf, other->certificate_pem(), host, kNow));
  }
}

TEST_CASE("an authority comes back as it was, and is replaced before it ends") {
  const test::TempDir folder;
  auto keys = must(open_file_key_store(folder / "keys"));
  const std::string first =
      must(DeviceAuthority::open(*keys, "teller-07", kNow))->certificate_pem();
  CHECK(must(DeviceAuthority::open(*keys, "teller-07", kNow + days(600)))->certificate_pem() ==
        first);
  CHECK(must(DeviceAuthority::open(*keys, "teller-07", kNow + days(701)))->certificate_pem() !=
        first);
}

TEST_CASE("an authority that does not hold together is corrupt, and one half made starts over") {
  const test::TempDir folder;
  auto keys = must(open_file_key_store(folder / "keys"));
  static_cast<void>(must(DeviceAuthority::open(*keys, "teller-07", kNow)));
  REQUIRE(keys->save("device-authority.key", must(make_request("x")).private_key));
  CHECK(DeviceAuthority::open(*keys, "teller-07", kNow).error().code == Errc::kCorrupt);
  REQUIRE(keys->remove("device-authority.crt"));
  CHECK(DeviceAuthority::open(*keys, "teller-07", kNow));
  REQUIRE(keys->save("device-authority.crt", Secret(Bytes{1, 2})));
  CHECK(DeviceAuthority::open(*keys, "teller-07", kNow).error().code == Errc::kCorrupt);
}

TEST_CASE("a name that is no host, or a key too weak, gets no leaf") {
  const test::TempDir folder;
  auto keys = must(open_file_key_store(folder / "keys"));
  const auto authority = must(DeviceAuthority::open(*keys, "teller-07", kNow));
  CHECK(authority->issue("*.example.com", worker_key(), kNow).error().code == Errc::kInvalid);
  CHECK(authority->issue("a\nb", worker_key(), kNow).error().code == Errc::kInvalid);
  CHECK(authority->issue("example.com", Bytes{1, 2, 3}, kNow).error().code == Errc::kInvalid);
  const KeyPtr weak(EVP_RSA_gen(1024));
  Bytes weak_public(static_cast<std::size_t>(i2d_PUBKEY(weak.get(), nullptr)));
  unsigned char* at = weak_public.data();
  i2d_PUBKEY(weak.get(), &at);
  CHECK(authority->issue("example.com", weak_public, kNow).error().code == Errc::kInvalid);
}

}  // namespace huxin::certs
