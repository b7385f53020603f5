#include "policy/bundle/bundle.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::bundle {
namespace {

Contents sample() {
  Contents contents;
  contents.policy = "policy: {id: 网点, version: '1', mode: enforce}\nrules: []\n";
  contents.catalog = "version: 1\n";
  contents.officers = {Bytes{1, 2, 3}, Bytes{4}};
  contents.reviewers = {Bytes{5, 6}};
  contents.authorisations = {7, 8};
  contents.holds = {9};
  contents.version = "2026.11.1";
  contents.serial = 7;
  contents.created = Time(std::chrono::milliseconds(1'770'000'000'123));
  return contents;
}

}  // namespace

TEST_CASE("what is signed comes back as it was") {
  const SigningKey key = make_signing_key().value();
  const Bytes bundle = sign(sample(), key.private_key).value();
  const Contents back = verify(bundle, key.public_key, 7).value();
  CHECK(back.policy == sample().policy);
  CHECK(back.catalog == sample().catalog);
  CHECK(back.officers == sample().officers);
  CHECK(back.reviewers == sample().reviewers);
  CHECK(back.authorisations == sample().authorisations);
  CHECK(back.holds == sample().holds);
  CHECK(back.version == sample().version);
  CHECK(back.serial == 7);
  CHECK(back.created == sample().created);
}

TEST_CASE("an empty bundle is still signed") {
  const SigningKey key = make_signing_key().value();
  const Bytes bundle = sign(Contents{}, key.private_key).value();
  CHECK(bundle.size() == 72);
  CHECK(verify(bundle, key.public_key, 0));
}

TEST_CASE("a bundle with any one bit changed is refused") {
  const SigningKey key = make_signing_key().value();
  Bytes bundle = sign(sample(), key.private_key).value();
  for (std::size_t i = 0; i < bundle.size(); ++i) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      bundle[i] ^= static_cast<std::uint8_t>(1U << bit);
      const auto verified = verify(bundle, key.public_key, 0);
      REQUIRE_FALSE(verified);
      REQUIRE(verified.error().code == Errc::kCorrupt);
      bundle[i] ^= static_cast<std::uint8_t>(1U << bit);
    }
  }
  CHECK(verify(bundle, key.public_key, 0));
}

TEST_CASE("a bundle cut short or drawn out at any place is refused") {
  const SigningKey key = make_signing_key().value();
  const Bytes bundle = sign(sample(), key.private_key).value();
  for (std::size_t size = 0; size < bundle.size(); ++size) {
    REQUIRE(verify(ByteView(bundle).first(size), key.public_key, 0).error().code == Errc::kCorrupt);
  }
  Bytes longer = bundle;
  longer.push_back(0);
  CHECK(verify(longer, key.public_key, 0).error().code == Errc::kCorrupt);
}

TEST_CASE("a bundle signed by another key is refused") {
  const SigningKey bank = make_signing_key().value();
  const SigningKey other = make_signing_key().value();
  const Bytes bundle = sign(sample(), other.private_key).value();
  CHECK(verify(bundle, bank.public_key, 0).error().code == Errc::kCorrupt);
}

TEST_CASE("an older bundle is not taken back") {
  const SigningKey key = make_signing_key().value();
  const Bytes bundle = sign(sample(), key.private_key).value();
  CHECK(verify(bundle, key.public_key, 8).error().code == Errc::kDenied);
  CHECK(verify(bundle, key.public_key, 6));
}

TEST_CASE("limits hold on both sides and are named") {
  const SigningKey key = make_signing_key().value();
  Contents large = sample();
  large.policy.assign(std::size_t{32} << 20U, 'x');
  CHECK(sign(large, key.private_key).error().code == Errc::kTooLarge);
  Contents many = sample();
  many.officers.assign(65, Bytes{1});
  CHECK(sign(many, key.private_key).error().context.contains("64 at most"));
  Contents fat = sample();
  fat.reviewers = {Bytes((std::size_t{16} << 10U) + 1)};
  CHECK(sign(fat, key.private_key).error().code == Errc::kTooLarge);
  const Bytes beyond((std::size_t{32} << 20U) + 1);
  CHECK(verify(beyond, key.public_key, 0).error().code == Errc::kTooLarge);
}

TEST_CASE("keys that are not Ed25519 in DER are refused") {
  const SigningKey key = make_signing_key().value();
  const Bytes bundle = sign(sample(), key.private_key).value();
  CHECK(sign(sample(), Secret(Bytes{1, 2, 3})).error().code == Errc::kInvalid);
  CHECK(sign(sample(), Secret()).error().code == Errc::kInvalid);
  CHECK(verify(bundle, {}, 0).error().code == Errc::kInvalid);
  Bytes trailing = key.public_key;
  trailing.push_back(0);
  CHECK(verify(bundle, trailing, 0).error().code == Errc::kInvalid);
}

}  // namespace huxin::bundle
