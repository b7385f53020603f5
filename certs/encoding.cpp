#include "certs/encoding.hpp"

#include <climits>
#include <cstring>
#include <ctime>

#include <openssl/ec.h>
#include <openssl/pem.h>

namespace huxin::certs {
namespace {

constexpr int kMostCertificates = 8;

/// Refuses the passphrase prompt that OpenSSL would open on the terminal.
int no_passphrase(char*, int, int, void*) { return -1; }

Result<CertificatePtr> next_certificate(ByteView& rest) {
  const unsigned char* at = rest.data();
  if (rest.size() > kLargestObject * kMostCertificates)
    return fail(Errc::kInvalid, "certificate: too large");
  CertificatePtr certificate(d2i_X509(nullptr, &at, static_cast<long>(rest.size())));
  if (!certificate) return fail_openssl(Errc::kInvalid, "certificate");
  rest = rest.subspan(static_cast<std::size_t>(at - rest.data()));
  return certificate;
}

}  // namespace

Result<CertificatePtr> parse_certificate(ByteView der) {
  if (der.size() > kLargestObject) return fail(Errc::kInvalid, "certificate: {} bytes", der.size());
  Result<CertificatePtr> certificate = next_certificate(der);
  if (certificate && !der.empty())
    return fail(Errc::kInvalid, "certificate: {} bytes behind it", der.size());
  return certificate;
}

Result<CertificatesPtr> parse_certificates(ByteView concatenated) {
  CertificatesPtr stack(sk_X509_new_null());
  if (!stack) return fail_openssl(Errc::kCrypto, "certificate chain");
  while (!concatenated.empty()) {
    if (sk_X509_num(stack.get()) == kMostCertificates) {
      return fail(Errc::kInvalid, "certificate chain: more than {}", kMostCertificates);
    }
    Result<CertificatePtr> certificate = next_certificate(concatenated);
    if (!certificate) return std::unexpected(certificate.error().within("certificate chain"));
    if (sk_X509_push(stack.get(), certificate->get()) == 0)
      return fail_openssl(Errc::kCrypto, "certificate chain");
    static_cast<void>(certificate->release());
  }
  return stack;
}

Result<KeyPtr> parse_private_key(const Secret& der) {
  if (der.size() > kLargestObject) return fail(Errc::kInvalid, "private key: {} bytes", der.size());
  const unsigned char* at = der.view().data();
  const BioPtr source(BIO_new_mem_buf(at, static_cast<int>(der.size())));
  KeyPtr key(source ? d2i_PrivateKey_bio(source.get(), nullptr) : nullptr);
  if (!key) return fail_openssl(Errc::kInvalid, "private key");
  return key;
}

Result<KeyPtr> parse_public_key(ByteView der) {
  if (der.size() > kLargestObject) return fail(Errc::kInvalid, "public key: {} bytes", der.size());
  const unsigned char* at = der.data();
  KeyPtr key(d2i_PUBKEY(nullptr, &at, static_cast<long>(der.size())));
  if (!key) return fail_openssl(Errc::kInvalid, "public key");
  if (at != der.data() + der.size()) return fail(Errc::kInvalid, "public key: bytes behind it");
  return key;
}

Result<Bytes> encode(X509* certificate) {
  const int size = i2d_X509(certificate, nullptr);
  if (size <= 0) return fail_openssl(Errc::kCrypto, "encode certificate");
  Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_X509(certificate, &at);
  return der;
}

Secret drain(BIO* memory) {
  char* data = nullptr;
  const long size = BIO_get_mem_data(memory, &data);
  if (data == nullptr || size <= 0) return {};
  Bytes copy(data, data + size);
  OPENSSL_cleanse(data, static_cast<std::size_t>(size));
  return Secret(std::move(copy));
}

Result<Secret> encode_private(EVP_PKEY* key) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out || i2d_PKCS8PrivateKey_bio(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return fail_openssl(Errc::kCrypto, "encode private key");
  }
  return drain(out.get());
}

Result<Secret> encode_private_pem(EVP_PKEY* key) {
  const BioPtr out(BIO_new(BIO_s_mem()));
  if (!out ||
      PEM_write_bio_PKCS8PrivateKey(out.get(), key, nullptr, nullptr, 0, nullptr, nullptr) != 1) {
    return fail_openssl(Errc::kCrypto, "encode private key");
  }
  return drain(out.get());
}

Result<KeyPtr> parse_private_key_pem(const Secret& pem) {
  const BioPtr source(BIO_new_mem_buf(pem.view().data(), static_cast<int>(pem.size())));
  KeyPtr key(source ? PEM_read_bio_PrivateKey(source.get(), nullptr, no_passphrase, nullptr)
                    : nullptr);
  if (!key) return fail_openssl(Errc::kInvalid, "private key");
  return key;
}

Result<KeyPtr> make_p256_key() {
  KeyPtr key(EVP_EC_gen("P-256"));
  if (!key) return fail_openssl(Errc::kCrypto, "make P-256 key");
  return key;
}

bool is_p256(EVP_PKEY* key) {
  char group[32] = {};
  std::size_t size = 0;
  return key != nullptr && EVP_PKEY_get_base_id(key) == EVP_PKEY_EC &&
         EVP_PKEY_get_group_name(key, group, sizeof group, &size) == 1 &&
         std::string_view(group, size) == "prime256v1";
}

Time to_time(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  return Time(std::chrono::seconds(::timegm(&parts)));
}

}  // namespace huxin::certs
