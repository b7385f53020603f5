#pragma once
#include <chrono>
#include <cstdint>
#include <string>

#include "certs/certificate.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::uplink {

/// Everything a terminal must keep to be one.
struct Enrolment {
  certs::Identity identity;
  Bytes root;         ///< DER: the token's fingerprint is its
  Secret digest_key;  ///< 32 bytes, for keyed digests
  Bytes policy_key;   ///< Ed25519 public key (SPKI, DER) that signs bundles
  std::string terminal;
};

struct EnrolmentRequest {
  std::string host;
  std::uint16_t port = 0;
  /// As the collector printed it: names the root's fingerprint.
  std::string token;
  std::string hostname;                        ///< of this terminal, for people
  std::chrono::milliseconds deadline{30'000};  ///< of each step: look up, connect, shake hands, ask
};

/// Makes a key, proves it to the collector with a one-time token, and brings back the terminal's
/// identity. The collector is trusted only as far as its chain ends in the root that the token
/// names, and what it answers is checked against that root. Blocks; the private key is nowhere but
/// in the result, so a failure after the token was used means a new token.
///
/// kInvalid: no token, no host name. kUnauthenticated: not the token's collector, or the token is
/// not valid (any more). kProtocol: the answer does not hold together. kTimeout, kUnavailable: try
/// again. The key is P-256 and made here; only its certificate request leaves the terminal (RFC
/// 2986).
Result<Enrolment> enrol(EnrolmentRequest request, const Clock& clock);

}  // namespace huxin::uplink
