#include "policy/bundle/bundle.hpp"

#include <algorithm>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include "policy/bundle/bundle.pb.h"

namespace huxin::bundle {
namespace {

constexpr std::string_view kMagic = "HUXBNDL1";
constexpr std::string_view kDomain{"huxin-bundle-1\0", 15};
constexpr std::size_t kSignatureSize = 64;
constexpr std::size_t kFrameSize = kMagic.size() + kSignatureSize;
constexpr std::size_t kMaxBundle = std::size_t{16} << 20U;
constexpr int kMaxCertificates = 64;
constexpr std::size_t kMaxCertificate = std::size_t{16} << 10U;
constexpr std::size_t kMaxVersion = 64;

struct FreeKey {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreePkcs8 {
  void operator()(PKCS8_PRIV_KEY_INFO* info) const { PKCS8_PRIV_KEY_INFO_free(info); }
};
using Key = std::unique_ptr<EVP_PKEY, FreeKey>;
using Context = std::unique_ptr<EVP_MD_CTX, FreeContext>;

/// Leaves the thread's OpenSSL error queue as empty as it was, so that the next TLS call on this
/// thread does not take our refusal for its own.
struct QuietErrors {
  QuietErrors() = default;
  QuietErrors(const QuietErrors&) = delete;
  QuietErrors& operator=(const QuietErrors&) = delete;
  ~QuietErrors() { ERR_clear_error(); }
};

/// What the signature covers. One copy of the contents: EdDSA signs in one piece.
Bytes signed_text(ByteView contents) {
  Bytes text;
  text.reserve(kDomain.size() + contents.size());
  text.insert(text.end(), kDomain.begin(), kDomain.end());
  text.insert(text.end(), contents.begin(), contents.end());
  return text;
}

Result<Key> ed25519_or_fail(EVP_PKEY* raw, bool whole, std::string_view what) {
  Key key(raw);
  if (!key || !whole || EVP_PKEY_get_id(key.get()) != EVP_PKEY_ED25519) {
    return fail(Errc::kInvalid, "not an Ed25519 {} key in DER", what);
  }
  return key;
}

Result<Key> private_key_from(ByteView der) {
  const std::uint8_t* at = der.data();
  EVP_PKEY* const raw = d2i_AutoPrivateKey(nullptr, &at, static_cast<long>(der.size()));
  return ed25519_or_fail(raw, at == der.data() + der.size(), "private");
}

Result<Key> public_key_from(ByteView der) {
  const std::uint8_t* at = der.data();
  EVP_PKEY* const raw = d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size()));
  return ed25519_or_fail(raw, at == der.data() + der.size(), "public");
}

Status check_limits(const wire::Contents& message) {
  if (message.version().size() > kMaxVersion) {
    return fail(Errc::kTooLarge, "the bundle's version has {} bytes, {} at most",
                message.version().size(), kMaxVersion);
  }
  for (const auto* const list : {&message.officers(), &message.reviewers()}) {
    if (list->size() > kMaxCertificates) {
      return fail(Errc::kTooLarge, "the bundle has {} certificates in one list, {} at most",
                  list->size(), kMaxCertificates);
    }
    for (const std::string& certificate : *list) {
      if (certificate.size() > kMaxCertificate) {
        return fail(Errc::kTooLarge, "a certificate in the bundle has {} bytes, {} at most",
                    certificate.size(), kMaxCertificate);
      }
    }
  }
  return {};
}

wire::Contents to_wire(const Contents& contents) {
  wire::Contents message;
  message.set_policy(contents.policy);
  message.set_catalog(contents.catalog);
  for (const Bytes& each : contents.officers) message.add_officers(std::string(as_text(each)));
  for (const Bytes& each : contents.reviewers) message.add_reviewers(std::string(as_text(each)));
  message.set_version(contents.version);
  message.set_serial(contents.serial);
  message.set_created_ms(contents.created.time_since_epoch().count());
  return message;
}

Bytes bytes_of(std::string_view text) {
  const ByteView view = as_bytes(text);
  return Bytes(view.begin(), view.end());
}

Contents from_wire(const wire::Contents& message) {
  Contents contents;
  contents.policy = message.policy();
  contents.catalog = message.catalog();
  for (const std::string& each : message.officers()) contents.officers.push_back(bytes_of(each));
  for (const std::string& each : message.reviewers()) contents.reviewers.push_back(bytes_of(each));
  contents.version = message.version();
  contents.serial = message.serial();
  contents.created = Time(std::chrono::milliseconds(message.created_ms()));
  return contents;
}

Status check_signature(ByteView signature, ByteView contents, EVP_PKEY* key) {
  const Context context(EVP_MD_CTX_new());
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) != 1) {
    return fail(Errc::kCrypto, "cannot set up the check of a bundle's signature");
  }
  const Bytes text = signed_text(contents);
  if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), text.data(),
                       text.size()) != 1) {
    return fail(Errc::kCorrupt, "the bundle's signature does not hold");
  }
  return {};
}

}  // namespace

Result<SigningKey> make_signing_key() {
  const Key key(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
  if (!key) return fail(Errc::kCrypto, "cannot make an Ed25519 key");
  const std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreePkcs8> info(EVP_PKEY2PKCS8(key.get()));
  const int private_size = info ? i2d_PKCS8_PRIV_KEY_INFO(info.get(), nullptr) : 0;
  const int public_size = i2d_PUBKEY(key.get(), nullptr);
  if (private_size <= 0 || public_size <= 0)
    return fail(Errc::kCrypto, "cannot write an Ed25519 key");
  SigningKey made{.private_key = Secret(static_cast<std::size_t>(private_size)),
                  .public_key = Bytes(static_cast<std::size_t>(public_size))};
  std::uint8_t* out = made.private_key.writable().data();
  i2d_PKCS8_PRIV_KEY_INFO(info.get(), &out);
  out = made.public_key.data();
  i2d_PUBKEY(key.get(), &out);
  return made;
}

Result<Bytes> sign(const Contents& contents, const Secret& private_key) {
  const QuietErrors quiet;
  const auto key = private_key_from(private_key.view());
  if (!key) return std::unexpected(key.error());
  const wire::Contents message = to_wire(contents);
  if (Status within = check_limits(message); !within) return std::unexpected(within.error());
  const std::size_t size = message.ByteSizeLong();
  if (size > kMaxBundle - kFrameSize) {
    return fail(Errc::kTooLarge, "the bundle would have {} bytes, {} at most", size + kFrameSize,
                kMaxBundle);
  }
  Bytes bundle(kFrameSize + size);
  std::ranges::copy(kMagic, bundle.begin());
  const std::span<std::uint8_t> body = std::span(bundle).subspan(kFrameSize);
  if (!message.SerializeToArray(body.data(), static_cast<int>(size))) {
    return fail(Errc::kInternal, "cannot serialise a bundle");
  }
  const Context context(EVP_MD_CTX_new());
  const Bytes text = signed_text(body);
  std::size_t written = kSignatureSize;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key->get()) != 1 ||
      EVP_DigestSign(context.get(), bundle.data() + kMagic.size(), &written, text.data(),
                     text.size()) != 1 ||
      written != kSignatureSize) {
    return fail(Errc::kCrypto, "cannot sign a bundle");
  }
  return bundle;
}

Result<Contents> verify(ByteView bundle, ByteView public_key, std::uint64_t least_serial) {
  const QuietErrors quiet;
  if (bundle.size() > kMaxBundle) {
    return fail(Errc::kTooLarge, "the bundle has {} bytes, {} at most", bundle.size(), kMaxBundle);
  }
  const auto key = public_key_from(public_key);
  if (!key) return std::unexpected(key.error());
  if (bundle.size() < kFrameSize || as_text(bundle.first(kMagic.size())) != kMagic) {
    return fail(Errc::kCorrupt, "not a policy bundle");
  }
  const ByteView body = bundle.subspan(kFrameSize);
  const Status held =
      check_signature(bundle.subspan(kMagic.size(), kSignatureSize), body, key->get());
  if (!held) return std::unexpected(held.error());
  wire::Contents message;
  if (!message.ParseFromArray(body.data(), static_cast<int>(body.size()))) {
    return fail(Errc::kCorrupt, "the bundle is signed, but its contents are malformed");
  }
  if (Status within = check_limits(message); !within) return std::unexpected(within.error());
  if (message.serial() < least_serial) {
    return fail(Errc::kDenied,
                "the bundle's serial {} is below {}: an older policy is not taken back",
                message.serial(), least_serial);
  }
  return from_wire(message);
}

}  // namespace huxin::bundle
