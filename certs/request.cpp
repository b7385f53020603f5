#include "certs/request.hpp"

#include "certs/encoding.hpp"

namespace huxin::certs {
namespace {

Result<Bytes> encode_request(X509_REQ* request) {
  const int size = i2d_X509_REQ(request, nullptr);
  if (size <= 0) return fail_openssl(Errc::kCrypto, "encode request");
  Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_X509_REQ(request, &at);
  return der;
}

Result<Bytes> encode_public(EVP_PKEY* key) {
  const int size = i2d_PUBKEY(key, nullptr);
  if (size <= 0) return fail_openssl(Errc::kCrypto, "encode public key");
  Bytes der(static_cast<std::size_t>(size));
  unsigned char* at = der.data();
  i2d_PUBKEY(key, &at);
  return der;
}

}  // namespace

Result<KeyAndRequest> make_request(std::string_view common_name) {
  const Result<KeyPtr> key = make_p256_key();
  if (!key) return std::unexpected(key.error());
  const RequestPtr request(X509_REQ_new());
  if (!request) return fail_openssl(Errc::kCrypto, "make request");
  X509_NAME* const subject = X509_REQ_get_subject_name(request.get());
  const auto* const name = reinterpret_cast<const unsigned char*>(common_name.data());
  const int size = static_cast<int>(std::min<std::size_t>(common_name.size(), 64));
  if (X509_NAME_add_entry_by_NID(subject, NID_commonName, MBSTRING_UTF8, name, size, -1, 0) != 1 ||
      X509_REQ_set_pubkey(request.get(), key->get()) != 1 ||
      X509_REQ_sign(request.get(), key->get(), EVP_sha256()) == 0) {
    return fail_openssl(Errc::kCrypto, "make request");
  }
  Result<Bytes> der = encode_request(request.get());
  if (!der) return std::unexpected(der.error());
  Result<Secret> private_key = encode_private(key->get());
  if (!private_key) return std::unexpected(private_key.error());
  return KeyAndRequest{.private_key = std::move(*private_key), .request = std::move(*der)};
}

Result<Bytes> take_request(ByteView der) {
  if (der.size() > kLargestObject) return fail(Errc::kInvalid, "request: {} bytes", der.size());
  const unsigned char* at = der.data();
  const RequestPtr request(d2i_X509_REQ(nullptr, &at, static_cast<long>(der.size())));
  if (!request) return fail_openssl(Errc::kInvalid, "request");
  if (at != der.data() + der.size()) return fail(Errc::kInvalid, "request: bytes behind it");
  EVP_PKEY* const key = X509_REQ_get0_pubkey(request.get());
  if (!is_p256(key)) return fail_openssl(Errc::kInvalid, "request: not a P-256 key");
  if (X509_REQ_verify(request.get(), key) != 1) {
    return fail_openssl(Errc::kDenied, "request: no proof of possession of its key");
  }
  return encode_public(key);
}

}  // namespace huxin::certs
