#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "certs/key_store.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"

namespace huxin::certs {

/// The authority of one terminal that vouches, on that terminal only, for the hosts whose TLS is
/// inspected. Its key never leaves the guardian process; the network worker asks for certificates
/// name by name, over keys of its own. Thread-safe. P-256; the certificate names the host, for
/// people who look at their browser's list.
class DeviceAuthority {
 public:
  /// Loads the authority from the entries "device-authority.key" and ".crt", or makes it (2 years;
  /// name constraints are not used: any host is inspected). One that ends within 30 days is
  /// replaced by a new one, whose certificate the caller must install anew. kCorrupt: the entries
  /// do not belong together.
  static Result<std::unique_ptr<DeviceAuthority>> open(KeyStore& keys, std::string_view hostname,
                                                       Time now);
  virtual ~DeviceAuthority() = default;

  /// To be installed as trusted on this terminal.
  virtual const std::string& certificate_pem() const = 0;
  /// Signs a leaf for `host` (a DNS name or an address) over the worker's public key (SPKI, DER):
  /// 7 days, server authentication. kInvalid for a name that is no host name, or a key that is
  /// neither P-256 nor RSA of 2048 bits or more.
  virtual Result<Bytes> issue(std::string_view host, ByteView public_key, Time now) = 0;
};

}  // namespace huxin::certs
