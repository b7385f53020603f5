#pragma once
#include "collector/http/tally.hpp"
#include "collector/store/store.hpp"

namespace huxin::ingest {

/// What a certificate of destruction is checked against.
struct OrderTrust {
  Bytes root;       ///< the bank's, DER
  Bytes order_key;  ///< Ed25519 public key (SPKI, DER) that signs orders
};

/// Why the certificate that came with an answer does not hold; nullopt: it does. Beyond what
/// anybody can check of it alone (certs/destruction), the collector knows which order it sent,
/// which certificates the terminal has, and what the answer beside it says. The failing side is the
/// store's. English, one sentence, without anything the terminal wrote beyond what parsing names. A
/// revoked terminal's certificate still proves what it signed. `result` is hostile but for its
/// signed_order.
Result<std::optional<std::string>> certificate_fault(store::Store& store, const OrderTrust& trust,
                                                     const store::UncheckedResult& result);

/// Checks every certificate that nobody has looked at, and keeps what was found; counts
/// `destruction_verified` and `destruction_refused` by terminal. What a crash left over is taken up
/// by the next call. Thread-safe. At most 50 a call, oldest first; two calls at once judge each
/// only once. What fails is the store's trouble, and stops it.
Status check_certificates(store::Store& store, const OrderTrust& trust, const Clock& clock,
                          http::Tally& tally);

}  // namespace huxin::ingest
