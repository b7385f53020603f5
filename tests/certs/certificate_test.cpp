#include "certs/certificate.hpp"

#include <catch2/catch_test_macros.hpp>

#include "tests/support/bank.hpp"

namespace huxin::certs {
namespace {

using std::chrono::days;
using test::must;

const Time kNow = must(from_rfc3339("2026-03-01T08:30:00Z"));

}  // namespace

TEST_CASE("a certificate is renewed from two thirds of its life on") {
  test::Bank bank(kNow);
  const Certificate certificate = must(read_certificate(bank.terminal("T-1", kNow).certificate));
  CHECK(certificate.renew_from() > kNow + days(59));
  CHECK(certificate.renew_from() < kNow + days(61));
}

TEST_CASE("PEM and DER say the same") {
  test::Bank bank(kNow);
  CHECK(must(certificate_from_pem(certificate_to_pem(bank.root()))) == bank.root());
  for (const char* bad :
       {"", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "x"}) {
    CHECK(certificate_from_pem(bad).error().code == Errc::kInvalid);
  }
  Bytes trailing = bank.root();
  trailing.push_back(0);
  CHECK(read_certificate(trailing).error().code == Errc::kInvalid);
  CHECK(read_certificate({}).error().code == Errc::kInvalid);
}

TEST_CASE("an identity is good only whole, in time, for a terminal, under its own root") {
  test::Bank bank(kNow);
  test::Bank other(kNow);
  Identity good = bank.terminal("T-1", kNow);
  CHECK(check_terminal_identity(good, bank.root(), kNow));
  CHECK(check_terminal_identity(good, bank.root(), kNow + days(91)).error().code ==
        Errc::kUnauthenticated);
  CHECK(check_terminal_identity(good, other.root(), kNow).error().code == Errc::kUnauthenticated);
  CHECK(check_terminal_identity(bank.server({"a"}, kNow), bank.root(), kNow).error().code ==
        Errc::kUnauthenticated);
  const Identity swapped{good.certificate, good.chain,
                         bank.terminal("T-2", kNow).private_key.duplicate()};
  CHECK(check_terminal_identity(swapped, bank.root(), kNow).error().code == Errc::kUnauthenticated);
  good.chain.resize(good.chain.size() / 2);
  CHECK(check_terminal_identity(good, bank.root(), kNow).error().code == Errc::kInvalid);
}

TEST_CASE("a signature holds for its statement and its key alone") {
  test::Bank bank(kNow);
  const Identity one = bank.terminal("T-1", kNow);
  const Identity two = bank.terminal("T-2", kNow);
  const Bytes statement{1, 2, 3};
  Bytes signature = must(sign(one.private_key, statement));
  CHECK(verify_signature(one.certificate, statement, signature));
  CHECK(verify_signature(two.certificate, statement, signature).error().code == Errc::kCorrupt);
  CHECK(verify_signature(one.certificate, Bytes{1, 2, 4}, signature).error().code ==
        Errc::kCorrupt);
  CHECK(verify_signature(one.certificate, statement, {}).error().code == Errc::kCorrupt);
  signature.back() ^= 1;
  CHECK(verify_signature(one.certificate, statement, signature).error().code == Errc::kCorrupt);
  CHECK(sign(Secret(Bytes{1, 2}), statement).error().code == Errc::kInvalid);
}

}  // namespace huxin::certs
