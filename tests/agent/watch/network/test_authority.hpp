#pragma once
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>
#include <string>

#include "policy/base/bytes.hpp"

namespace huxin::test {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;

Key make_key();
std::string to_pem(X509* certificate);

/// A certificate authority that lives as long as a test.
class TestAuthority {
 public:
  explicit TestAuthority(const std::string& name);
  Certificate issue(const std::string& host, EVP_PKEY* public_key) const;
  std::string pem() const { return to_pem(certificate_.get()); }

 private:
  Key key_;
  Certificate certificate_;
};

}  // namespace huxin::test
