#include "policy/frame/signed_frame.hpp"

#include <algorithm>
#include <memory>

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

namespace huxin::frame {
namespace {

constexpr std::size_t kSignatureSize = 64;

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
Bytes signed_text(const Kind& kind, ByteView contents) {
  Bytes text;
  text.reserve(kind.domain.size() + contents.size());
  text.insert(text.end(), kind.domain.begin(), kind.domain.end());
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

Status check_signature(const Kind& kind, ByteView signature, ByteView contents, EVP_PKEY* key) {
  const Context context(EVP_MD_CTX_new());
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) != 1) {
    return fail(Errc::kCrypto, "cannot set up the check of the {}'s signature", kind.name);
  }
  const Bytes text = signed_text(kind, contents);
  if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), text.data(),
                       text.size()) != 1) {
    return fail(Errc::kCorrupt, "the {}'s signature does not hold", kind.name);
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

Result<Bytes> sign(const Kind& kind, ByteView contents, const Secret& private_key) {
  const QuietErrors quiet;
  const auto key = private_key_from(private_key.view());
  if (!key) return std::unexpected(key.error());
  const std::size_t frame_size = kind.magic.size() + kSignatureSize;
  if (contents.size() > kind.largest - frame_size) {
    return fail(Errc::kTooLarge, "the {} would have {} bytes, {} at most", kind.name,
                contents.size() + frame_size, kind.largest);
  }
  Bytes framed(frame_size);
  framed.insert(framed.end(), contents.begin(), contents.end());
  std::ranges::copy(kind.magic, framed.begin());
  const Context context(EVP_MD_CTX_new());
  const Bytes text = signed_text(kind, contents);
  std::size_t written = kSignatureSize;
  if (!context || EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key->get()) != 1 ||
      EVP_DigestSign(context.get(), framed.data() + kind.magic.size(), &written, text.data(),
                     text.size()) != 1 ||
      written != kSignatureSize) {
    return fail(Errc::kCrypto, "cannot sign the {}", kind.name);
  }
  return framed;
}

Result<ByteView> verify(const Kind& kind, ByteView framed, ByteView public_key) {
  const QuietErrors quiet;
  if (framed.size() > kind.largest) {
    return fail(Errc::kTooLarge, "the {} has {} bytes, {} at most", kind.name, framed.size(),
                kind.largest);
  }
  const auto key = public_key_from(public_key);
  if (!key) return std::unexpected(key.error());
  if (framed.size() < kind.magic.size() + kSignatureSize ||
      as_text(framed.first(kind.magic.size())) != kind.magic) {
    return fail(Errc::kCorrupt, "not a {}: its first bytes say otherwise", kind.name);
  }
  const ByteView contents = framed.subspan(kind.magic.size() + kSignatureSize);
  const ByteView signature = framed.subspan(kind.magic.size(), kSignatureSize);
  if (const Status held = check_signature(kind, signature, contents, key->get()); !held)
    return std::unexpected(held.error());
  return contents;
}

}  // namespace huxin::frame
