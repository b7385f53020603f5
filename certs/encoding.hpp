#pragma once
// Between OpenSSL's objects and the bytes that travel and rest. Internal to certs/.
#include <string>
#include <string_view>

#include "certs/openssl.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

/// Over this, nothing is taken for a certificate, a request or a key.
inline constexpr std::size_t kLargestObject = 16 * 1024;

/// Reads exactly one certificate (DER); kInvalid for anything else, trailing bytes included.
Result<CertificatePtr> parse_certificate(ByteView der);
/// Reads certificates one after the other (DER), at most 8. kInvalid when it ends in the midst of
/// one.
Result<CertificatesPtr> parse_certificates(ByteView concatenated);
/// Reads a private key (PKCS#8, DER, not encrypted). Any kind of key: see is_p256. kInvalid: no
/// key, or over kLargestObject.
Result<KeyPtr> parse_private_key(const Secret& der);
/// Reads a public key (SPKI, DER).
Result<KeyPtr> parse_public_key(ByteView der);

/// DER.
Result<Bytes> encode(X509* certificate);
/// PKCS#8, DER, not encrypted.
Result<Secret> encode_private(EVP_PKEY* key);
/// Writes a private key as PEM (PKCS#8, not encrypted), for files that their mode protects.
Result<Secret> encode_private_pem(EVP_PKEY* key);
/// One under a passphrase is kInvalid; nobody is asked for it.
Result<KeyPtr> parse_private_key_pem(const Secret& pem);

Result<KeyPtr> make_p256_key();
bool is_p256(EVP_PKEY* key);

/// To the second, UTC; for times of certificates that parsed.
Time to_time(const ASN1_TIME* time);

/// Copies what a memory BIO holds and wipes it there.
Secret drain(BIO* memory);

}  // namespace huxin::certs
