#include "collector/store/head_signature.hpp"

#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace huxin::store {

bool signed_by(ByteView certificate, ByteView statement, ByteView signature) {
  const std::uint8_t* der = certificate.data();
  const std::unique_ptr<X509, decltype(&X509_free)> parsed(
      d2i_X509(nullptr, &der, static_cast<long>(certificate.size())), &X509_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  const bool holds =
      parsed != nullptr && context != nullptr &&
      EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, X509_get0_pubkey(parsed.get())) == 1 &&
      EVP_DigestVerify(context.get(), signature.data(), signature.size(), statement.data(), statement.size()) == 1;
  ERR_clear_error();
  return holds;
}

}  // namespace huxin::store
