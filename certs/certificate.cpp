#include "certs/certificate.hpp"

#include <openssl/pem.h>

#include "certs/encoding.hpp"
#include "certs/tls.hpp"
#include "policy/base/digest.hpp"

namespace huxin::certs {
namespace {

constexpr std::size_t kLargestPem = 64 * 1024;

using DigestContextPtr = std::unique_ptr<EVP_MD_CTX, FreeWith<EVP_MD_CTX_free>>;

/// Verifies as OpenSSL's own TLS server would, at a given time.
Status verify_as_client(X509* leaf, STACK_OF(X509) * chain, X509* root, Time now) {
  const StorePtr store(X509_STORE_new());
  const VerificationPtr verification(X509_STORE_CTX_new());
  if (!store || !verification || X509_STORE_add_cert(store.get(), root) != 1 ||
      X509_STORE_CTX_init(verification.get(), store.get(), leaf, chain) != 1 ||
      X509_STORE_CTX_set_purpose(verification.get(), X509_PURPOSE_SSL_CLIENT) != 1) {
    return fail_openssl(Errc::kCrypto, "verify certificate");
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(now).time_since_epoch().count();
  X509_STORE_CTX_set_time(verification.get(), 0, static_cast<std::time_t>(seconds));
  if (X509_verify_cert(verification.get()) == 1) return {};
  const int reason = X509_STORE_CTX_get_error(verification.get());
  return fail_openssl(Errc::kUnauthenticated, X509_verify_cert_error_string(reason));
}

}  // namespace

std::string common_name(x509_st* certificate) {
  X509_NAME* const subject = X509_get_subject_name(certificate);
  const int at = X509_NAME_get_index_by_NID(subject, NID_commonName, -1);
  if (at < 0) return {};
  unsigned char* text = nullptr;
  const int size =
      ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, at)));
  if (size < 0) return {};
  std::string name(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return name;
}

std::string certificate_sha256(x509_st* certificate) {
  const Result<Bytes> der = encode(certificate);
  return der ? to_hex(sha256(*der)) : std::string{};
}

Result<Certificate> read_certificate(ByteView der) {
  const Result<CertificatePtr> parsed = parse_certificate(der);
  if (!parsed) return std::unexpected(parsed.error());
  X509* const certificate = parsed->get();
  return Certificate{.common_name = common_name(certificate),
                     .sha256 = to_hex(sha256(der)),
                     .not_before = to_time(X509_get0_notBefore(certificate)),
                     .not_after = to_time(X509_get0_notAfter(certificate))};
}

Result<std::vector<Bytes>> split_chain(ByteView chain) {
  const Result<CertificatesPtr> parsed = parse_certificates(chain);
  if (!parsed) return std::unexpected(parsed.error());
  std::vector<Bytes> parts;
  for (int i = 0; i < sk_X509_num(parsed->get()); ++i) {
    Result<Bytes> der = encode(sk_X509_value(parsed->get(), i));
    if (!der) return std::unexpected(der.error());
    parts.push_back(std::move(*der));
  }
  return parts;
}

std::string certificate_to_pem(ByteView der) {
  const Result<CertificatePtr> certificate = parse_certificate(der);
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!certificate || !out || PEM_write_bio_X509(out.get(), certificate->get()) != 1) return {};
  const Secret text = drain(out.get());
  return std::string(as_text(text.view()));
}

Result<Bytes> certificate_from_pem(std::string_view pem) {
  if (pem.size() > kLargestPem) return fail(Errc::kInvalid, "certificate: {} bytes", pem.size());
  const BioPtr source(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const CertificatePtr certificate(
      source ? PEM_read_bio_X509(source.get(), nullptr, nullptr, nullptr) : nullptr);
  if (!certificate) return fail_openssl(Errc::kInvalid, "certificate");
  return encode(certificate.get());
}

Status check_terminal_chain(ByteView certificate, ByteView chain, ByteView root, Time now) {
  const Result<CertificatePtr> leaf = parse_certificate(certificate);
  if (!leaf) return std::unexpected(leaf.error());
  const Result<CertificatesPtr> issuers = parse_certificates(chain);
  if (!issuers) return std::unexpected(issuers.error());
  const Result<CertificatePtr> anchor = parse_certificate(root);
  if (!anchor) return std::unexpected(anchor.error().within("root"));
  return verify_as_client(leaf->get(), issuers->get(), anchor->get(), now);
}

Status check_terminal_identity(const Identity& identity, ByteView root, Time now) {
  const Result<CertificatePtr> leaf = parse_certificate(identity.certificate);
  if (!leaf) return std::unexpected(leaf.error());
  const Result<KeyPtr> key = parse_private_key(identity.private_key);
  if (!key) return std::unexpected(key.error());
  if (X509_check_private_key(leaf->get(), key->get()) != 1) {
    return fail_openssl(Errc::kUnauthenticated, "the key is not this certificate's");
  }
  return check_terminal_chain(identity.certificate, identity.chain, root, now);
}

Result<Bytes> sign(const Secret& private_key, ByteView statement) {
  const Result<KeyPtr> key = parse_private_key(private_key);
  if (!key) return std::unexpected(key.error());
  if (!is_p256(key->get())) return fail(Errc::kInvalid, "the signing key is not P-256");
  const DigestContextPtr context(EVP_MD_CTX_new());
  std::size_t size = 0;
  if (!context ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key->get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &size, statement.data(), statement.size()) != 1) {
    return fail_openssl(Errc::kCrypto, "sign");
  }
  Bytes signature(size);
  if (EVP_DigestSign(context.get(), signature.data(), &size, statement.data(), statement.size()) !=
      1) {
    return fail_openssl(Errc::kCrypto, "sign");
  }
  signature.resize(size);
  return signature;
}

Status verify_signature(ByteView certificate, ByteView statement, ByteView signature) {
  const Result<CertificatePtr> parsed = parse_certificate(certificate);
  if (!parsed) return std::unexpected(parsed.error());
  EVP_PKEY* const key = X509_get0_pubkey(parsed->get());
  if (!is_p256(key)) return fail(Errc::kInvalid, "the certificate's key is not P-256");
  const DigestContextPtr context(EVP_MD_CTX_new());
  if (!context || EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) != 1) {
    return fail_openssl(Errc::kCrypto, "verify signature");
  }
  if (EVP_DigestVerify(context.get(), signature.data(), signature.size(), statement.data(),
                       statement.size()) != 1) {
    return fail_openssl(Errc::kCorrupt, "the signature does not hold");
  }
  return {};
}

}  // namespace huxin::certs
