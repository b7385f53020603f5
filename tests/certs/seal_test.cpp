#include "certs/seal.hpp"

#include <algorithm>
#include <array>

#include <catch2/catch_test_macros.hpp>

#include "certs/certificate.hpp"
#include "certs/encoding.hpp"
#include "certs/issue.hpp"
#include "policy/base/digest.hpp"
#include "tests/support/bank.hpp"

namespace huxin::certs {
namespace {

using test::must;

struct Person {
  Bytes certificate;
  Secret key;
};

Secret passphrase() {
  const ByteView text = as_bytes("correct horse battery");
  return Secret(Bytes(text.begin(), text.end()));
}

Person make_person(std::string_view name) {
  const ReviewerKey made = must(make_reviewer_key(name, passphrase()));
  return {must(certificate_from_pem(made.certificate_pem)),
          must(unlock_private_key(made.private_key_pem, passphrase()))};
}

const Bytes& plain() {
  static const Bytes bytes = [] {
    const ByteView text = as_bytes("PLANTED 6222021234567890128");
    return Bytes(text.begin(), text.end());
  }();
  return bytes;
}

bool contains(ByteView haystack, ByteView needle) {
  return !std::ranges::search(haystack, needle).empty();
}

TEST_CASE("a certificate that somebody made for themselves is checked before sealing to it") {
  const Time now = SystemClock().now();
  const ReviewerKey made = must(make_reviewer_key("li.wei", passphrase()));
  const Bytes good = must(certificate_from_pem(made.certificate_pem));
  CHECK(check_reviewer_certificate(good, "li.wei", now));
  CHECK(check_reviewer_certificate(good, "wang", now).error().context.find("not named") !=
        std::string::npos);
  CHECK_FALSE(check_reviewer_certificate(good, "li.wei", now - std::chrono::days(1)));
  CHECK_FALSE(check_reviewer_certificate(good, "li.wei", now + std::chrono::days(1827)));
  for (std::size_t at = 0; at < good.size(); ++at) {
    Bytes changed = good;
    changed[at] ^= 1U;
    INFO("byte " << at);
    CHECK_FALSE(check_reviewer_certificate(changed, "li.wei", now));
  }
  Bytes longer = good;
  longer.push_back(0);
  CHECK_FALSE(check_reviewer_certificate(longer, "li.wei", now));
  CHECK_FALSE(check_reviewer_certificate({}, "li.wei", now));
}

}  // namespace

TEST_CASE("two people together read what was sealed, in the right order") {
  const Person officer = make_person("安全员甲");
  const Person deputy = make_person("安全员乙");
  const Person reviewer = make_person("复核员");
  const Sealer sealer =
      must(Sealer::make({officer.certificate, deputy.certificate}, {reviewer.certificate}));
  const Bytes outer = must(sealer.seal(plain()));
  CHECK_FALSE(contains(outer, plain()));

  CHECK(open_envelope(outer, officer.certificate, officer.key).error().code == Errc::kDenied);
  const Secret inner = must(open_envelope(outer, reviewer.certificate, reviewer.key));
  CHECK_FALSE(contains(inner.view(), plain()));
  CHECK(open_envelope(inner.view(), reviewer.certificate, reviewer.key).error().code ==
        Errc::kDenied);
  for (const Person* person : {&officer, &deputy}) {
    const Secret opened = must(open_envelope(inner.view(), person->certificate, person->key));
    CHECK(equal_in_constant_time(opened.view(), plain()));
  }
}

TEST_CASE("without second reviewers an officer reads alone, even nothing and a megabyte") {
  const Person officer = make_person("安全员");
  const Sealer sealer = must(Sealer::make({officer.certificate}, {}));
  for (const std::size_t size : {0UZ, 1UZ, 1UZ << 20U}) {
    const Bytes text(size, 'x');
    const Secret opened =
        must(open_envelope(must(sealer.seal(text)), officer.certificate, officer.key));
    CHECK(equal_in_constant_time(opened.view(), text));
  }
  CHECK(must(sealer.seal(plain())) != must(sealer.seal(plain())));
}

TEST_CASE("a stranger's key opens nothing, not even under a recipient's certificate") {
  const Person officer = make_person("安全员");
  const Person stranger = make_person("外人");
  const Bytes envelope = must(must(Sealer::make({officer.certificate}, {})).seal(plain()));
  CHECK(open_envelope(envelope, stranger.certificate, stranger.key).error().code == Errc::kDenied);
  CHECK_FALSE(open_envelope(envelope, officer.certificate, stranger.key));
  CHECK_FALSE(open_envelope(envelope, stranger.certificate, officer.key));
}

// A few bytes of CMS carry no meaning (version numbers): changing those may still open, but never
// to another text.
TEST_CASE("an envelope changed in any byte opens to the same text or not at all") {
  const Person officer = make_person("安全员");
  const Bytes envelope = must(must(Sealer::make({officer.certificate}, {})).seal(plain()));
  std::size_t opened = 0;
  for (std::size_t i = 0; i < envelope.size(); ++i) {
    Bytes bad = envelope;
    bad[i] ^= 0x01;
    const Result<Secret> text = open_envelope(bad, officer.certificate, officer.key);
    if (!text) continue;
    INFO(i);
    CHECK(equal_in_constant_time(text->view(), plain()));
    ++opened;
  }
  CHECK(opened < 16);
  const Result<Secret> last = [&] {
    Bytes bad = envelope;
    bad.back() ^= 1;
    return open_envelope(bad, officer.certificate, officer.key);
  }();
  REQUIRE_FALSE(last);
  CHECK(last.error().code == Errc::kCorrupt);
}

TEST_CASE("an envelope whose mac was cut short is corrupt, whatever the bytes left say") {
  const Person officer = make_person("安全员");
  const Bytes envelope = must(must(Sealer::make({officer.certificate}, {})).seal(plain()));
  // The outer three lengths take two bytes each (82 xx xx); the mac is the last element: 04 10 ….
  Bytes cut(envelope.begin(), envelope.end() - 15);
  cut.at(cut.size() - 2) = 1;
  const auto shorten = [&](std::size_t at) {
    const std::size_t length = cut.at(at) * 256U + cut.at(at + 1) - 15;
    cut.at(at) = static_cast<std::uint8_t>(length >> 8U);
    cut.at(at + 1) = static_cast<std::uint8_t>(length);
  };
  REQUIRE(cut.at(1) == 0x82);
  shorten(2);
  REQUIRE((cut.at(17) == 0xa0 && cut.at(18) == 0x82));
  shorten(19);
  REQUIRE((cut.at(21) == 0x30 && cut.at(22) == 0x82));
  shorten(23);
  const Result<Secret> opened = open_envelope(cut, officer.certificate, officer.key);
  REQUIRE_FALSE(opened);
  CHECK(opened.error().context.find("making") != std::string::npos);
}

TEST_CASE("what is no authenticated envelope is corrupt") {
  const Person officer = make_person("安全员");
  const CertificatePtr certificate = must(parse_certificate(officer.certificate));
  const CertificatesPtr recipients(sk_X509_new_null());
  X509_up_ref(certificate.get());
  sk_X509_push(recipients.get(), certificate.get());
  const BioPtr source(BIO_new_mem_buf(plain().data(), static_cast<int>(plain().size())));
  const CmsPtr cbc(CMS_encrypt(recipients.get(), source.get(), EVP_aes_256_cbc(), CMS_BINARY));
  Bytes unauthenticated(static_cast<std::size_t>(i2d_CMS_ContentInfo(cbc.get(), nullptr)));
  unsigned char* at = unauthenticated.data();
  i2d_CMS_ContentInfo(cbc.get(), &at);
  Bytes padded = must(must(Sealer::make({officer.certificate}, {})).seal(plain()));
  padded.push_back(0);
  for (const Bytes& bad : {unauthenticated, padded, Bytes(), Bytes(50, 0x30)}) {
    const Result<Secret> opened = open_envelope(bad, officer.certificate, officer.key);
    REQUIRE_FALSE(opened);
    CHECK(opened.error().code == Errc::kCorrupt);
  }
}

TEST_CASE("nobody is officer and second reviewer at once: one key would open evidence") {
  const Person officer = make_person("安全员");
  const Person both = make_person("两职");
  const auto made = Sealer::make({officer.certificate, both.certificate}, {both.certificate});
  REQUIRE_FALSE(made);
  CHECK(made.error().code == Errc::kInvalid);
  CHECK(made.error().context.starts_with("officer 2 and reviewer 1 have the same key"));
}

TEST_CASE("a sealer names the recipient it cannot use") {
  const Person officer = make_person("安全员");
  const KeyPtr rsa(EVP_RSA_gen(2048));
  const Profile profile{.common_name = "rsa", .life = std::chrono::days(1)};
  const Bytes rsa_certificate =
      must(encode(must(issue(profile, rsa.get(), {}, SystemClock().now())).get()));
  CHECK(Sealer::make({}, {officer.certificate}).error().code == Errc::kInvalid);
  for (const Bytes& bad : {rsa_certificate, Bytes{1, 2, 3}, Bytes{}}) {
    CHECK(Sealer::make({officer.certificate, bad}, {}).error().context.find("officer 2") !=
          std::string::npos);
    CHECK(Sealer::make({officer.certificate}, {bad}).error().context.find("reviewer 1") !=
          std::string::npos);
  }
  CHECK(Sealer::make(std::vector<Bytes>(33, officer.certificate), {}).error().code ==
        Errc::kInvalid);
}

TEST_CASE("a reviewer's key rests encrypted and opens under its passphrase only") {
  const ReviewerKey made = must(make_reviewer_key("安全员", passphrase()));
  CHECK(made.private_key_pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----"));
  CHECK(unlock_private_key(made.private_key_pem, passphrase()));
  CHECK(unlock_private_key(made.private_key_pem, Secret(Bytes(21, 'x'))).error().code ==
        Errc::kDenied);
  CHECK(unlock_private_key("nonsense", passphrase()).error().code == Errc::kInvalid);
  CHECK(make_reviewer_key("安全员", Secret(Bytes(11, 'x'))).error().code == Errc::kInvalid);
  CHECK(make_reviewer_key("", passphrase()).error().code == Errc::kInvalid);
  CHECK(must(read_certificate(must(certificate_from_pem(made.certificate_pem)))).common_name ==
        "安全员");
}

}  // namespace huxin::certs
