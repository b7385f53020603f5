#include "certs/authority.hpp"

#include <sys/stat.h>

#include <array>
#include <fstream>
#include <set>

#include <catch2/catch_test_macros.hpp>

#include "certs/encoding.hpp"
#include "tests/support/bank.hpp"

namespace huxin::certs {
namespace {

using std::chrono::days;
using test::must;

const Time kNow = must(from_rfc3339("2026-03-01T08:30:00Z"));

/// OpenSSL's own verdict on a chain: X509_V_OK, or why not.
int verify(const Identity& identity, ByteView root, int purpose, Time at) {
  const CertificatePtr leaf = must(parse_certificate(identity.certificate));
  const CertificatesPtr chain = must(parse_certificates(identity.chain));
  const CertificatePtr anchor = must(parse_certificate(root));
  const StorePtr store(X509_STORE_new());
  X509_STORE_add_cert(store.get(), anchor.get());
  const VerificationPtr verification(X509_STORE_CTX_new());
  X509_STORE_CTX_init(verification.get(), store.get(), leaf.get(), chain.get());
  X509_STORE_CTX_set_purpose(verification.get(), purpose);
  X509_VERIFY_PARAM* const strict = X509_STORE_CTX_get0_param(verification.get());
  X509_VERIFY_PARAM_set_flags(strict, X509_V_FLAG_X509_STRICT);
  X509_VERIFY_PARAM_set_auth_level(strict, 2);
  X509_VERIFY_PARAM_set_time(
      strict, std::chrono::duration_cast<std::chrono::seconds>(at.time_since_epoch()).count());
  X509_verify_cert(verification.get());
  return X509_STORE_CTX_get_error(verification.get());
}

bool matches_host(const Identity& identity, const std::string& host) {
  const CertificatePtr leaf = must(parse_certificate(identity.certificate));
  return X509_check_host(leaf.get(), host.data(), host.size(), X509_CHECK_FLAG_NEVER_CHECK_SUBJECT,
                         nullptr) == 1 ||
         X509_check_ip_asc(leaf.get(), host.c_str(), 0) == 1;
}

}  // namespace

TEST_CASE(
    "OpenSSL takes terminals for clients and servers for servers, strictly, and nothing else") {
  test::Bank bank(kNow);
  test::Bank other(kNow);
  const Identity terminal = bank.terminal("T-0001", kNow);
  const Identity server = bank.server({"collector.bank.example", "10.1.2.3"}, kNow);
  struct Row {
    const Identity& identity;
    const Bytes& root;
    int purpose;
    Time at;
    int verdict;
    const char* why;
  };
  const std::array<Row, 10> rows{{
      {terminal, bank.root(), X509_PURPOSE_SSL_CLIENT, kNow, X509_V_OK, "a terminal at work"},
      {server, bank.root(), X509_PURPOSE_SSL_SERVER, kNow, X509_V_OK, "a server at work"},
      {terminal, bank.root(), X509_PURPOSE_SSL_CLIENT, kNow - std::chrono::minutes(30), X509_V_OK,
       "a slow clock"},
      {terminal, bank.root(), X509_PURPOSE_SSL_CLIENT, kNow + days(89), X509_V_OK, "the last day"},
      {terminal, bank.root(), X509_PURPOSE_SSL_SERVER, kNow, X509_V_ERR_INVALID_PURPOSE,
       "a terminal as server"},
      {server, bank.root(), X509_PURPOSE_SSL_CLIENT, kNow, X509_V_ERR_INVALID_PURPOSE,
       "a server as client"},
      {terminal, bank.root(), X509_PURPOSE_SSL_CLIENT, kNow + days(91), X509_V_ERR_CERT_HAS_EXPIRED,
       "expired"},
      {terminal, bank.root(), X509_PURPOSE_SSL_CLIENT, kNow - days(1),
       X509_V_ERR_CERT_NOT_YET_VALID, "not yet"},
      {terminal, other.root(), X509_PURPOSE_SSL_CLIENT, kNow, X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN,
       "another root"},
      {terminal, bank.root(), X509_PURPOSE_SMIME_SIGN, kNow, X509_V_ERR_INVALID_PURPOSE,
       "another trade"},
  }};
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK(verify(row.identity, row.root, row.purpose, row.at) == row.verdict);
  }
}

TEST_CASE("a terminal's certificate says its id and its end, whatever the request said") {
  test::Bank bank(kNow);
  const KeyAndRequest made = must(make_request("collector.bank.example"));
  const IssuedCertificate issued =
      must(bank.authority().issue_terminal(made.request, "T-0001", kNow));
  const Certificate certificate = must(read_certificate(issued.certificate));
  CHECK(certificate.common_name == "T-0001");
  CHECK(certificate.not_after == kNow + days(90));
  CHECK(issued.not_after == certificate.not_after);
  CHECK(issued.sha256 == certificate.sha256);
}

TEST_CASE("a request that asks to be an authority or another host gets neither") {
  const KeyPtr key = must(make_p256_key());
  const RequestPtr request(X509_REQ_new());
  X509_REQ_set_pubkey(request.get(), key.get());
  STACK_OF(X509_EXTENSION)* wishes = sk_X509_EXTENSION_new_null();
  for (const auto& [nid, value] : {std::pair{NID_basic_constraints, "critical,CA:TRUE"},
                                   std::pair{NID_subject_alt_name, "DNS:collector.bank.example"},
                                   std::pair{NID_ext_key_usage, "serverAuth"}}) {
    sk_X509_EXTENSION_push(wishes, X509V3_EXT_conf_nid(nullptr, nullptr, nid, value));
  }
  X509_REQ_add_extensions(request.get(), wishes);
  sk_X509_EXTENSION_pop_free(wishes, X509_EXTENSION_free);
  REQUIRE(X509_REQ_sign(request.get(), key.get(), EVP_sha256()) > 0);
  Bytes der(static_cast<std::size_t>(i2d_X509_REQ(request.get(), nullptr)));
  unsigned char* at = der.data();
  i2d_X509_REQ(request.get(), &at);

  test::Bank bank(kNow);
  const IssuedCertificate issued = must(bank.authority().issue_terminal(der, "T-0001", kNow));
  const CertificatePtr leaf = must(parse_certificate(issued.certificate));
  CHECK(X509_check_ca(leaf.get()) == 0);
  CHECK(X509_get_ext_by_NID(leaf.get(), NID_subject_alt_name, -1) == -1);
  CHECK((X509_get_extended_key_usage(leaf.get()) & XKU_SSL_SERVER) == 0);
}

TEST_CASE("a terminal id that could be taken for something else is refused") {
  test::Bank bank(kNow);
  const KeyAndRequest made = must(make_request("x"));
  for (const std::string& id : {std::string(), std::string(65, 'a'), std::string("a/b"),
                                std::string("a\0b", 3), std::string("终端"), std::string("a b")}) {
    INFO(id);
    CHECK(bank.authority().issue_terminal(made.request, id, kNow).error().code == Errc::kInvalid);
  }
}

TEST_CASE("a server certificate covers its names and addresses exactly") {
  test::Bank bank(kNow);
  const Identity server = bank.server({"Collector.Bank.example.", "10.1.2.3", "fd00::1"}, kNow);
  for (const char* host : {"collector.bank.example", "10.1.2.3", "fd00::1"})
    CHECK(matches_host(server, host));
  for (const char* host : {"bank.example", "x.collector.bank.example", "10.1.2.4", "fd00::2"}) {
    CHECK_FALSE(matches_host(server, host));
  }
  const std::string long_name = std::string(60, 'a') + "." + std::string(60, 'b') + ".example";
  const Identity anonymous = bank.server({long_name}, kNow);
  CHECK(matches_host(anonymous, long_name));
  CHECK(verify(anonymous, bank.root(), X509_PURPOSE_SSL_SERVER, kNow) == X509_V_OK);
  for (const char* name :
       {"*.bank.example", "", "a b", "DNS:evil.example", "a,DNS:evil.example", "10.0.0.256"}) {
    INFO(name);
    CHECK(bank.authority().issue_server({name}, kNow).error().code == Errc::kInvalid);
  }
  CHECK(bank.authority().issue_server({}, kNow).error().code == Errc::kInvalid);
}

TEST_CASE("serial numbers are long and never repeat") {
  test::Bank bank(kNow);
  std::set<std::string> seen;
  int longest = 0;
  for (int i = 0; i < 20; ++i) {
    const CertificatePtr leaf = must(parse_certificate(bank.terminal("T", kNow).certificate));
    const ASN1_INTEGER* const serial = X509_get0_serialNumber(leaf.get());
    CHECK_FALSE(ASN1_STRING_type(serial) == V_ASN1_NEG_INTEGER);
    const auto size = static_cast<std::size_t>(ASN1_STRING_length(serial));
    longest = std::max(longest, ASN1_STRING_length(serial));
    seen.insert(to_hex({ASN1_STRING_get0_data(serial), size}));
  }
  CHECK(seen.size() == 20);
  CHECK(longest == 16);
}

TEST_CASE("no certificate outlives its issuer, and an expired authority issues none") {
  test::Bank bank(kNow);
  CHECK(must(read_certificate(bank.terminal("T", kNow + days(1090)).certificate)).not_after ==
        kNow + days(1095));
  const KeyAndRequest made = must(make_request("T"));
  CHECK(bank.authority().issue_terminal(made.request, "T", kNow + days(1096)).error().code ==
        Errc::kInvalid);
}

TEST_CASE("an authority is made once, opens without its root key, and notices strangers") {
  const test::TempDir folder;
  const auto place = folder / "authority";
  REQUIRE(Authority::create(place, "测试银行", kNow));
  CHECK(Authority::create(place, "测试银行", kNow).error().code == Errc::kExists);
  std::filesystem::remove(place / "root.key");
  CHECK(Authority::open(place));
  CHECK(Authority::create(place, "测试银行", kNow).error().code == Errc::kExists);

  REQUIRE(Authority::create(folder / "other", "别的银行", kNow));
  std::filesystem::copy_file(folder / "other/issuing.crt", place / "issuing.crt",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(Authority::open(place).error().code == Errc::kCorrupt);
  std::filesystem::copy_file(folder / "other/issuing.key", place / "issuing.key",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(Authority::open(place).error().code == Errc::kCorrupt);
  REQUIRE(::chmod((folder / "other/issuing.key").c_str(), 0644) == 0);
  CHECK(Authority::open(folder / "other").error().code == Errc::kDenied);
  std::ofstream(place / "root.crt") << "nonsense";
  CHECK(Authority::open(place).error().code == Errc::kCorrupt);
  CHECK(Authority::open(folder / "nowhere").error().code == Errc::kNotFound);
}

}  // namespace huxin::certs
