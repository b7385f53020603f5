#pragma once
// The one place where certificates are put together. Internal to certs/.
#include <string>
#include <vector>

#include "certs/host_name.hpp"
#include "certs/openssl.hpp"
#include "policy/base/clock.hpp"

namespace huxin::certs {

/// Certificates are valid from this much before they were made, for clocks that are slow.
inline constexpr std::chrono::hours kClockSkew{1};

/// What a certificate is to say (RFC 5280). Usages are in OpenSSL's configuration syntax and come
/// from constants, never from input.
struct Profile {
  std::string common_name;
  std::string organisation = {};
  const char* basic_constraints = "critical,CA:FALSE";
  const char* key_usage = "critical,digitalSignature";
  /// Null: any.
  const char* extended_key_usage = nullptr;
  /// subjectAltName; empty: none.
  std::vector<HostName> hosts = {};
  std::chrono::days life{};
};

/// Whose name and key stand behind a certificate. Both null: it signs itself. Borrowed for the
/// call. The certificate's name is taken as it stands.
struct Issuer {
  X509* certificate = nullptr;
  EVP_PKEY* key = nullptr;
};

/// Makes a version 3 certificate with a random 128-bit serial number, SKI and AKI, signed with
/// SHA-256; valid for `life`, though never past its issuer. `subject_key` needs its private half
/// only when it signs itself. kInvalid when the issuer has expired. A common name over 64 bytes
/// (RFC 5280, appendix A.1) is left out where hosts are named.
Result<CertificatePtr> issue(const Profile& profile, EVP_PKEY* subject_key, const Issuer& issuer,
                             Time now);

}  // namespace huxin::certs
