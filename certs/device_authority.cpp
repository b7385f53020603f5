#include "certs/device_authority.hpp"

#include "certs/certificate.hpp"
#include "certs/encoding.hpp"
#include "certs/issue.hpp"

namespace huxin::certs {
namespace {

using std::chrono::days;

constexpr days kAuthorityLife{730};
constexpr days kLeafLife{7};
constexpr days kReplaceBefore{30};
constexpr int kSmallestRsa = 2048;
constexpr std::string_view kKeyName = "device-authority.key";
constexpr std::string_view kCertificateName = "device-authority.crt";

bool is_usable(EVP_PKEY* key) {
  return is_p256(key) ||
         (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA && EVP_PKEY_get_bits(key) >= kSmallestRsa);
}

class LocalDeviceAuthority final : public DeviceAuthority {
 public:
  LocalDeviceAuthority(CertificatePtr certificate, KeyPtr key, std::string pem)
      : certificate_(std::move(certificate)), key_(std::move(key)), pem_(std::move(pem)) {}

  const std::string& certificate_pem() const override { return pem_; }

  Result<Bytes> issue(std::string_view host, ByteView public_key, Time now) override {
    Result<HostName> name = parse_host_name(host);
    if (!name) return std::unexpected(name.error());
    const Result<KeyPtr> key = parse_public_key(public_key);
    if (!key) return std::unexpected(key.error());
    if (!is_usable(key->get()))
      return fail(Errc::kInvalid, "public key: neither P-256 nor RSA from 2048 bits");
    Profile profile{
        .common_name = name->text, .extended_key_usage = "serverAuth", .life = kLeafLife};
    profile.hosts.push_back(std::move(*name));
    const Issuer issuer{.certificate = certificate_.get(), .key = key_.get()};
    const Result<CertificatePtr> leaf = certs::issue(profile, key->get(), issuer, now);
    if (!leaf) return std::unexpected(leaf.error());
    return encode(leaf->get());
  }

 private:
  CertificatePtr certificate_;
  KeyPtr key_;
  std::string pem_;
};

Result<std::unique_ptr<DeviceAuthority>> adopt(ByteView der, KeyPtr key) {
  Result<CertificatePtr> certificate = parse_certificate(der);
  if (!certificate)
    return fail(Errc::kCorrupt, "{}: {}", kCertificateName, certificate.error().context);
  if (X509_check_private_key(certificate->get(), key.get()) != 1) {
    return fail_openssl(Errc::kCorrupt, "device-authority.key is not device-authority.crt's");
  }
  return std::make_unique<LocalDeviceAuthority>(std::move(*certificate), std::move(key),
                                                certificate_to_pem(der));
}

Result<std::unique_ptr<DeviceAuthority>> make(KeyStore& keys, std::string_view hostname, Time now) {
  Result<KeyPtr> key = make_p256_key();
  if (!key) return std::unexpected(key.error());
  const Profile profile{.common_name = fmt::format("Huxin on {}", hostname.substr(0, 50)),
                        .basic_constraints = "critical,CA:TRUE,pathlen:0",
                        .key_usage = "critical,keyCertSign",
                        .extended_key_usage = "serverAuth",
                        .life = kAuthorityLife};
  const Result<CertificatePtr> certificate = issue(profile, key->get(), {}, now);
  if (!certificate) return std::unexpected(certificate.error());
  Result<Bytes> der = encode(certificate->get());
  if (!der) return std::unexpected(der.error());
  const Result<Secret> pkcs8 = encode_private(key->get());
  if (!pkcs8) return std::unexpected(pkcs8.error());
  // The certificate is dropped first and saved last: a crash between leaves a key alone, and that
  // starts over.
  if (Status dropped = keys.remove(kCertificateName); !dropped)
    return std::unexpected(dropped.error());
  if (Status saved = keys.save(kKeyName, *pkcs8); !saved) return std::unexpected(saved.error());
  if (Status saved = keys.save(kCertificateName, Secret(Bytes(*der))); !saved)
    return std::unexpected(saved.error());
  return adopt(*der, std::move(*key));
}

}  // namespace

Result<std::unique_ptr<DeviceAuthority>> DeviceAuthority::open(KeyStore& keys,
                                                               std::string_view hostname,
                                                               Time now) {
  const Result<Secret> der = keys.load(kCertificateName);
  if (!der && der.error().code == Errc::kNotFound) return make(keys, hostname, now);
  if (!der) return std::unexpected(der.error());
  const Result<Certificate> certificate = read_certificate(der->view());
  if (!certificate)
    return fail(Errc::kCorrupt, "{}: {}", kCertificateName, certificate.error().context);
  if (certificate->not_after < now + kReplaceBefore) return make(keys, hostname, now);
  const Result<Secret> pkcs8 = keys.load(kKeyName);
  if (!pkcs8) return std::unexpected(pkcs8.error());
  Result<KeyPtr> key = parse_private_key(*pkcs8);
  if (!key) return fail(Errc::kCorrupt, "{}: {}", kKeyName, key.error().context);
  return adopt(der->view(), std::move(*key));
}

}  // namespace huxin::certs
