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

/// Who this terminal is to the collector, and what the collector gave it.
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
/// one step and names the key it belongs to. A crash in between leaves the old identity, whole.
Status save_enrolment(const State& state, certs::KeyStore& keys, const Enrolment& enrolment);

/// Nothing when this terminal was never enrolled; kCorrupt names the file and what it lacks.
Result<std::optional<Enrolment>> load_enrolment(const State& state, certs::KeyStore& keys);

}  // namespace huxin::agent
