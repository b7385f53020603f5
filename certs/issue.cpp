#include "certs/issue.hpp"

#include "certs/encoding.hpp"
#include "policy/base/digest.hpp"

namespace huxin::certs {
namespace {

constexpr std::size_t kLongestCommonName = 64;  // ub-common-name, RFC 5280 appendix A.1

using BignumPtr = std::unique_ptr<BIGNUM, FreeWith<BN_free>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, FreeWith<X509_EXTENSION_free>>;
using GeneralNamePtr = std::unique_ptr<GENERAL_NAME, FreeWith<GENERAL_NAME_free>>;
using GeneralNamesPtr = std::unique_ptr<GENERAL_NAMES, FreeWith<GENERAL_NAMES_free>>;

std::time_t to_seconds(Time time) {
  return static_cast<std::time_t>(
      std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
}

bool set_serial(X509* certificate) {
  const Bytes number = random_bytes(16);
  const BignumPtr serial(BN_bin2bn(number.data(), static_cast<int>(number.size()), nullptr));
  return serial && BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr;
}

bool set_validity(X509* certificate, Time from, Time to) {
  return ASN1_TIME_set(X509_getm_notBefore(certificate), to_seconds(from)) != nullptr &&
         ASN1_TIME_set(X509_getm_notAfter(certificate), to_seconds(to)) != nullptr;
}

bool add_name(X509_NAME* name, int nid, std::string_view text) {
  return text.empty() ||
         X509_NAME_add_entry_by_NID(name, nid, MBSTRING_UTF8,
                                    reinterpret_cast<const unsigned char*>(text.data()),
                                    static_cast<int>(text.size()), -1, 0) == 1;
}

/// A host name too long for a common name is in the alternative names alone.
bool set_subject(X509* certificate, const Profile& profile) {
  X509_NAME* const name = X509_get_subject_name(certificate);
  const bool fits = profile.common_name.size() <= kLongestCommonName || profile.hosts.empty();
  return add_name(name, NID_organizationName, profile.organisation) &&
         add_name(name, NID_commonName, fits ? profile.common_name : std::string_view{});
}

bool add_extension(X509* certificate, X509V3_CTX* context, int nid, const char* value) {
  if (value == nullptr) return true;
  const ExtensionPtr extension(X509V3_EXT_conf_nid(nullptr, context, nid, value));
  return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Built from bytes rather than from configuration text, so that no name can smuggle in another.
GeneralNamePtr general_name(const HostName& host) {
  GeneralNamePtr name(GENERAL_NAME_new());
  ASN1_STRING* const value = host.address.empty() ? ASN1_IA5STRING_new() : ASN1_OCTET_STRING_new();
  if (!name || value == nullptr) {
    ASN1_STRING_free(value);
    return nullptr;
  }
  GENERAL_NAME_set0_value(name.get(), host.address.empty() ? GEN_DNS : GEN_IPADD, value);
  const ByteView bytes = host.address.empty() ? as_bytes(host.text) : ByteView(host.address);
  if (ASN1_STRING_set(value, bytes.data(), static_cast<int>(bytes.size())) != 1) return nullptr;
  return name;
}

bool add_hosts(X509* certificate, const std::vector<HostName>& hosts) {
  if (hosts.empty()) return true;
  const GeneralNamesPtr names(GENERAL_NAMES_new());
  for (const HostName& host : hosts) {
    GeneralNamePtr name = general_name(host);
    if (!names || !name || sk_GENERAL_NAME_push(names.get(), name.get()) == 0) return false;
    static_cast<void>(name.release());
  }
  const bool anonymous = X509_NAME_entry_count(X509_get_subject_name(certificate)) == 0;
  return X509_add1_ext_i2d(certificate, NID_subject_alt_name, names.get(), anonymous ? 1 : 0,
                           X509V3_ADD_DEFAULT) == 1;
}

bool add_extensions(X509* certificate, X509* issuer, const Profile& profile) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  return add_extension(certificate, &context, NID_basic_constraints, profile.basic_constraints) &&
         add_extension(certificate, &context, NID_key_usage, profile.key_usage) &&
         add_extension(certificate, &context, NID_ext_key_usage, profile.extended_key_usage) &&
         add_extension(certificate, &context, NID_subject_key_identifier, "hash") &&
         add_extension(certificate, &context, NID_authority_key_identifier, "keyid:always") &&
         add_hosts(certificate, profile.hosts);
}

}  // namespace

Result<CertificatePtr> issue(const Profile& profile, EVP_PKEY* subject_key, const Issuer& issuer,
                             Time now) {
  CertificatePtr certificate(X509_new());
  if (!certificate) return fail_openssl(Errc::kCrypto, "make certificate");
  X509* const parent = issuer.certificate == nullptr ? certificate.get() : issuer.certificate;
  EVP_PKEY* const signer = issuer.key == nullptr ? subject_key : issuer.key;
  Time until = now + profile.life;
  if (issuer.certificate != nullptr) {
    const Time parent_until = to_time(X509_get0_notAfter(issuer.certificate));
    if (parent_until <= now) {
      return fail(Errc::kInvalid, "the issuing authority expired at {}", to_rfc3339(parent_until));
    }
    until = std::min(until, parent_until);
  }
  X509_set_version(certificate.get(), X509_VERSION_3);
  if (!set_serial(certificate.get()) || !set_validity(certificate.get(), now - kClockSkew, until) ||
      !set_subject(certificate.get(), profile) ||
      X509_set_issuer_name(certificate.get(), X509_get_subject_name(parent)) != 1 ||
      X509_set_pubkey(certificate.get(), subject_key) != 1 ||
      !add_extensions(certificate.get(), parent, profile) ||
      X509_sign(certificate.get(), signer, EVP_sha256()) == 0) {
    return fail_openssl(Errc::kCrypto, "make certificate");
  }
  return certificate;
}

}  // namespace huxin::certs
