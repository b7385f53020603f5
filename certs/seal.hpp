#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

/// Seals evidence so that two people are needed to read it: an inner CMS AuthEnvelopedData
/// (RFC 5083, AES-256-GCM, RFC 5084) to every officer's key, wrapped in an outer one to every
/// second reviewer's key. A second reviewer takes the outer envelope off and learns nothing; only
/// then can an officer read. Without second reviewers the inner envelope stands alone.
///
/// Keys are agreed on by ephemeral ECDH over P-256 with the X9.63 KDF and SHA-256 (RFC 5753), and
/// wrapped with AES-256. The sealer holds public keys only. Immutable; share freely between
/// threads.
///
/// An envelope names its recipients by issuer and serial number, so a reviewer's certificate must
/// be kept with its key.
class Sealer {
 public:
  /// Takes X.509 certificates (DER) with P-256 keys, at least one officer and at most 32 of each;
  /// kInvalid names the one that cannot be used, or that is on both sides.
  static Result<Sealer> make(const std::vector<Bytes>& officers,
                             const std::vector<Bytes>& reviewers);
  /// Returns the outermost envelope (CMS, DER). kTooLarge over 16 MiB. Different each time, and
  /// larger than `plain` by some hundred bytes a recipient.
  Result<Bytes> seal(ByteView plain) const;

 private:
  Sealer() = default;

  std::vector<Bytes> officers_, reviewers_;
};

/// Takes one envelope off (CMS, DER) with a recipient's certificate (DER) and private key (PKCS#8
/// DER). kDenied: not sealed to this key. kCorrupt: no such envelope, or changed since it was
/// sealed. Takes only what the sealer makes: an envelope of another shape is kCorrupt. kTooLarge
/// over 16 MiB and some.
Result<Secret> open_envelope(ByteView envelope, ByteView certificate, const Secret& private_key);

/// A reviewer's key pair: a self-signed P-256 certificate (5 years, key agreement only) and its
/// key, PKCS#8 PEM under a passphrase (PBES2, scrypt N=2^14 r=8 p=5, AES-256-CBC).
struct ReviewerKey {
  std::string certificate_pem;
  std::string private_key_pem;
};
/// kInvalid for a name that is empty or over 64 bytes, or a passphrase under 12 bytes. Takes 16 MiB
/// of memory and a moment, on purpose.
Result<ReviewerKey> make_reviewer_key(std::string_view name, const Secret& passphrase,
                                      Time now = SystemClock().now());
/// Checks a certificate (DER) that somebody made for themselves: P-256, version 3, named `name` and
/// nothing else, signed by its own key (so whoever made it holds the key), for key agreement and no
/// authority, good at `now`, and encoded the one way DER allows. kInvalid says what is wrong.
Status check_reviewer_certificate(ByteView der, std::string_view name,
                                  Time now = SystemClock().now());
/// Returns the key as PKCS#8 DER. kDenied: wrong passphrase. kInvalid: no such PEM.
Result<Secret> unlock_private_key(std::string_view private_key_pem, const Secret& passphrase);

}  // namespace huxin::certs
