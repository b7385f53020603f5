#include <algorithm>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/x509v3.h>

#include "certs/certificate.hpp"
#include "certs/encoding.hpp"
#include "certs/issue.hpp"
#include "certs/seal.hpp"
#include "certs/tls.hpp"
#include "policy/base/digest.hpp"

namespace huxin::certs {
namespace {

constexpr std::chrono::days kLife{1826};
constexpr std::size_t kShortestPassphrase = 12;
constexpr std::size_t kLongestName = 64;
constexpr std::uint64_t kScryptN = 1U << 14U;  // 16 MiB; OpenSSL opens nothing over 32 MiB
constexpr std::uint64_t kScryptR = 8;
constexpr std::uint64_t kScryptP = 5;

using AlgorithmPtr = std::unique_ptr<X509_ALGOR, FreeWith<X509_ALGOR_free>>;
using EncryptedKeyPtr = std::unique_ptr<X509_SIG, FreeWith<X509_SIG_free>>;
using PlainKeyPtr = std::unique_ptr<PKCS8_PRIV_KEY_INFO, FreeWith<PKCS8_PRIV_KEY_INFO_free>>;

const char* text_of(const Secret& secret) {
  return reinterpret_cast<const char*>(secret.view().data());
}

Result<std::string> lock(EVP_PKEY* key, const Secret& passphrase) {
  Bytes salt = random_bytes(16);
  Bytes iv = random_bytes(16);
  AlgorithmPtr scheme(PKCS5_pbe2_set_scrypt(EVP_aes_256_cbc(), salt.data(),
                                            static_cast<int>(salt.size()), iv.data(), kScryptN,
                                            kScryptR, kScryptP));
  const PlainKeyPtr plain(EVP_PKEY2PKCS8(key));
  if (!scheme || !plain) return fail_openssl(Errc::kCrypto, "lock private key");
  const EncryptedKeyPtr locked(PKCS8_set0_pbe(
      text_of(passphrase), static_cast<int>(passphrase.size()), plain.get(), scheme.get()));
  if (!locked) return fail_openssl(Errc::kCrypto, "lock private key");
  static_cast<void>(scheme.release());  // set0: it belongs to `locked` now
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || PEM_write_bio_PKCS8(out.get(), locked.get()) != 1)
    return fail_openssl(Errc::kCrypto, "lock private key");
  const Secret pem = drain(out.get());
  return std::string(as_text(pem.view()));
}

}  // namespace

Result<ReviewerKey> make_reviewer_key(std::string_view name, const Secret& passphrase, Time now) {
  if (name.empty() || name.size() > kLongestName)
    return fail(Errc::kInvalid, "a reviewer's name has 1 to 64 bytes");
  if (passphrase.size() < kShortestPassphrase) {
    return fail(Errc::kInvalid, "a reviewer's passphrase has at least {} bytes",
                kShortestPassphrase);
  }
  const Result<KeyPtr> key = make_p256_key();
  if (!key) return std::unexpected(key.error());
  const Profile profile{
      .common_name = std::string(name), .key_usage = "critical,keyAgreement", .life = kLife};
  const Result<CertificatePtr> certificate = issue(profile, key->get(), {}, now);
  if (!certificate) return std::unexpected(certificate.error());
  const Result<Bytes> der = encode(certificate->get());
  if (!der) return std::unexpected(der.error());
  Result<std::string> locked = lock(key->get(), passphrase);
  if (!locked) return std::unexpected(locked.error());
  return ReviewerKey{.certificate_pem = certificate_to_pem(*der),
                     .private_key_pem = std::move(*locked)};
}

Status check_reviewer_certificate(ByteView der, std::string_view name, Time now) {
  const Result<CertificatePtr> parsed = parse_certificate(der);
  if (!parsed) return std::unexpected(parsed.error());
  X509* const certificate = parsed->get();
  const Result<Bytes> again = encode(certificate);
  if (!again || !std::ranges::equal(*again, der)) return fail(Errc::kInvalid, "not DER");
  EVP_PKEY* const key = X509_get0_pubkey(certificate);
  if (!is_p256(key)) return fail(Errc::kInvalid, "the key is not P-256");
  const X509_NAME* const subject = X509_get_subject_name(certificate);
  if (X509_NAME_entry_count(subject) != 1 || common_name(certificate) != name)
    return fail(Errc::kInvalid, "the certificate is not named {}", name);
  if (X509_get_version(certificate) != X509_VERSION_3 ||
      X509_NAME_cmp(subject, X509_get_issuer_name(certificate)) != 0 ||
      X509_verify(certificate, key) != 1) {
    return fail_openssl(Errc::kInvalid, "the certificate is not signed by its own key");
  }
  if (X509_check_ca(certificate) != 0 || X509_get_key_usage(certificate) != KU_KEY_AGREEMENT)
    return fail(Errc::kInvalid, "the certificate is not for key agreement alone");
  const Time from = to_time(X509_get0_notBefore(certificate));
  const Time until = to_time(X509_get0_notAfter(certificate));
  if (now < from || now >= until || until - from > kLife + std::chrono::days(2))
    return fail(Errc::kInvalid, "the certificate is not good now, or for too long");
  return {};
}

Result<Secret> unlock_private_key(std::string_view private_key_pem, const Secret& passphrase) {
  if (private_key_pem.size() > kLargestObject)
    return fail(Errc::kInvalid, "private key: {} bytes", private_key_pem.size());
  const BioPtr source(
      BIO_new_mem_buf(private_key_pem.data(), static_cast<int>(private_key_pem.size())));
  const EncryptedKeyPtr locked(source ? PEM_read_bio_PKCS8(source.get(), nullptr, nullptr, nullptr)
                                      : nullptr);
  if (!locked) return fail_openssl(Errc::kInvalid, "not an encrypted private key (PEM)");
  const PlainKeyPtr plain(
      PKCS8_decrypt(locked.get(), text_of(passphrase), static_cast<int>(passphrase.size())));
  if (!plain) return fail_openssl(Errc::kDenied, "wrong passphrase, or a damaged private key");
  const KeyPtr key(EVP_PKCS82PKEY(plain.get()));
  if (!key) return fail_openssl(Errc::kDenied, "wrong passphrase, or a damaged private key");
  return encode_private(key.get());
}

}  // namespace huxin::certs
