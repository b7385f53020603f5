#pragma once
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

/// Seals evidence so that two people are needed to read it: an inner CMS AuthEnvelopedData
/// (RFC 5083, AES-256-GCM, RFC 5084) to every officer's key, wrapped in an outer one to every
/// second reviewer's key. A second reviewer takes the outer envelope off and learns nothing; only
/// then can an officer read. Without second reviewers the inner envelope stands alone.
class Sealer {
 public:
  /// Takes X.509 certificates (DER) with P-256 keys; kInvalid names the one that cannot be used.
  static Result<Sealer> make(const std::vector<Bytes>& officers,
                             const std::vector<Bytes>& reviewers);
  Result<Bytes> seal(ByteView plain) const;

 private:
  std::vector<Bytes> officers_, reviewers_;
};

/// Takes one envelope off (CMS, DER) with a recipient's certificate (DER) and private key (PKCS#8
/// DER). kDenied: not sealed to this key. kCorrupt: changed since it was sealed.
Result<Secret> open_envelope(ByteView envelope, ByteView certificate, const Secret& private_key);

/// A reviewer's key pair: a self-signed P-256 certificate and its key, PKCS#8 PEM under a
/// passphrase (PBES2, scrypt, AES-256-CBC).
struct ReviewerKey {
  std::string certificate_pem;
  std::string private_key_pem;
};
Result<ReviewerKey> make_reviewer_key(std::string_view name, const Secret& passphrase);
Result<Secret> unlock_private_key(std::string_view private_key_pem, const Secret& passphrase);

}  // namespace huxin::certs
