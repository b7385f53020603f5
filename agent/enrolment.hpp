#pragma once
#include <optional>
#include <string>

#include "agent/state.hpp"
#include "certs/key_store.hpp"
#include "certs/tls.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::agent {

/// Who this terminal is to the collector, and what the collector gave it. host and port: the
/// collector's, as given at enrolment and signed into nothing; the root decides whether what
/// answers there is the bank's.
struct Enrolment {
  std::string host;
  std::uint16_t port = 0;
  std::string terminal;      ///< "T-000001"
  certs::Identity identity;  ///< replaced by renewal
  Bytes root;                ///< the bank's root certificate, DER
  Bytes policy_key;          ///< SPKI, DER; verifies bundles
  Secret digest_key;         ///< 32 bytes
};

/// Keeps an enrolment: secrets in the key store, the rest in enrolment.json, which is replaced in
/// one step and names the key it belongs to. A crash in between leaves the old identity, whole. The
/// key file is called device-<first 8 bytes of the certificate's SHA-256, hex>.key; keys of earlier
/// certificates stay. Called at enrolment and, from the uplink's thread, at each renewal.
Status save_enrolment(const State& state, certs::KeyStore& keys, const Enrolment& enrolment);

/// Nothing when this terminal was never enrolled; kCorrupt names the file and what it lacks.
/// enrolment.json holds bytes as hex and is read up to 1 MiB. A key that the store lacks or cannot
/// open is its error; certificates are not verified here.
Result<std::optional<Enrolment>> load_enrolment(const State& state, certs::KeyStore& keys);

}  // namespace huxin::agent
