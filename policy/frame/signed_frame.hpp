#pragma once
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::frame {

/// Ed25519 keys, in memory. The public key travels as SPKI, the private one as PKCS#8, both DER.
/// The private key leaves the process through a KeyStore alone.
struct SigningKey {
  Secret private_key;
  Bytes public_key;
};
/// kCrypto when the library cannot make one.
Result<SigningKey> make_signing_key();

/// One kind of signed message. Layout on disk and wire:
///
///   offset  size  what
///   0       8     magic
///   8       64    Ed25519 signature (RFC 8032) over the domain ‖ the rest
///   72      ...   contents
///
/// The frame has no lengths and no optional parts, so every byte is either the magic, the signature
/// or signed. No two kinds share a domain: what is signed as one is never taken for another.
/// Constants of the program; the domain is not on the wire.
struct Kind {
  std::string_view name;    ///< in errors: "bundle"
  std::string_view magic;   ///< 8 bytes
  std::string_view domain;  ///< ends with a zero byte
  std::size_t largest;      ///< bytes of the whole
};

/// Signs and frames: kInvalid for a key that is not Ed25519, kTooLarge over the kind's limit.
/// kCrypto where OpenSSL fails. The contents are not looked at.
Result<Bytes> sign(const Kind& kind, ByteView contents, const Secret& private_key);

/// Returns the contents, a view into `framed`, once the signature held: kCorrupt when it does not,
/// kTooLarge over the kind's limit, kInvalid for a public key that is not Ed25519. Call it before
/// parsing anything; contents are then as trusted as the key's holder. Leaves no errors in
/// OpenSSL's queue.
Result<ByteView> verify(const Kind& kind, ByteView framed, ByteView public_key);

}  // namespace huxin::frame
