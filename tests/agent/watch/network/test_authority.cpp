#include "tests/agent/watch/network/test_authority.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include "policy/base/digest.hpp"

namespace huxin::test {
namespace {

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

Certificate make_certificate(const std::string& name, EVP_PKEY* key) {
  Certificate certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), X509_VERSION_3);
  const Bytes serial = random_bytes(8);
  BIGNUM* number = BN_bin2bn(serial.data(), static_cast<int>(serial.size()), nullptr);
  BN_to_ASN1_INTEGER(number, X509_get_serialNumber(certificate.get()));
  BN_free(number);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -60);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate.get()), "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(name.c_str()), -1, -1, 0);
  X509_set_pubkey(certificate.get(), key);
  return certificate;
}

}  // namespace

Key make_key() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

std::string to_pem(X509* certificate) {
  BIO* memory = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(memory, certificate);
  char* data = nullptr;
  const long length = BIO_get_mem_data(memory, &data);
  std::string pem(data, static_cast<std::size_t>(length));
  BIO_free(memory);
  return pem;
}

TestAuthority::TestAuthority(const std::string& name)
    : key_(make_key()), certificate_(make_certificate(name, key_.get())) {
  X509* self = certificate_.get();
  X509_set_issuer_name(self, X509_get_subject_name(self));
  add_extension(self, self, NID_basic_constraints, "critical,CA:TRUE");
  add_extension(self, self, NID_subject_key_identifier, "hash");
  X509_sign(self, key_.get(), EVP_sha256());
}

Certificate TestAuthority::issue(const std::string& host, EVP_PKEY* public_key) const {
  Certificate leaf = make_certificate(host, public_key);
  X509_set_issuer_name(leaf.get(), X509_get_subject_name(certificate_.get()));
  const bool address = host.find_first_not_of("0123456789.:abcdef") == std::string::npos;
  add_extension(leaf.get(), certificate_.get(), NID_subject_alt_name,
                (address ? "IP:" : "DNS:") + host);
  X509_sign(leaf.get(), key_.get(), EVP_sha256());
  return leaf;
}

}  // namespace huxin::test
