#pragma once
#include <functional>
#include <mutex>

#include "certs/authority.hpp"
#include "collector/http/message.hpp"
#include "collector/http/tally.hpp"
#include "collector/ingest/order_check.hpp"
#include "collector/ingest/pace.hpp"
#include "collector/store/store.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/secret.hpp"

namespace huxin::ingest {

/// The most that a terminal may send at once: its agent cuts batches well below this.
inline constexpr std::size_t kLargestBody = std::size_t{5} << 20U;

/// What terminals talk to. Bodies are protobuf (policy/record/record.proto), errors JSON:
/// {"error":{"code","message"}}.
///
///   POST /v1/enrol      EnrolRequest → EnrolReply      the one call without a client certificate
///   POST /v1/records    Batch → Ack                    the Ack is sent after the commit
///   POST /v1/heartbeat  Heartbeat → HeartbeatReply
///   GET  /v1/policy     the current bundle, X-Huxin-Digest (hex); 304 for If-None-Match,
///                                                      404 for none
///   POST /v1/renew      RenewRequest → RenewReply      the old certificate stays good until it
///                                                      expires
///
/// A terminal is who its certificate says; nothing in a body can change that. Every call asks the
/// store whether the certificate still stands, so that a revocation bites at once. A batch that is
/// wrong in itself is answered by an Ack with `error`; a store in trouble by 503 or 507, to be
/// tried again. Thread-safe; blocking.
class Service {
 public:
  /// What is borrowed outlives the service. The tally counts agent_refused, certificate_refused,
  /// enrolment_refused, batch_refused, record_unreadable, order_answer_unexpected and
  /// destruction_verified or _refused.
  struct Parts {
    store::Store& store;
    certs::Authority& authority;
    const Clock& clock;
    http::Tally& tally;
    /// Of bundles and of orders; terminals get it at enrolment and pin it.
    Bytes policy_key;  ///< Ed25519 public key (SPKI, DER)
    /// Of keyed digests; handed to every terminal at enrolment, over TLS, and known to no one else.
    Secret digest_key;  ///< 32 bytes
    /// Called on a pool thread, many at once; before the terminal has its Ack, so it must be quick.
    std::function<void(const store::StoredIncident&)>
        on_incident;  ///< after the commit; may be empty
  };
  explicit Service(Parts parts)
      : parts_(std::move(parts)), trust_{parts_.authority.root(), parts_.policy_key} {}

  /// Never throws for what a peer sent. Answers of 400 and more but 404 are counted.
  http::Response handle(const http::Request& request);

 private:
  http::Response dispatch(const http::Request& request);
  http::Response enrol(const http::Request& request);
  http::Response records(const http::Request& request);
  http::Response heartbeat(const http::Request& request);
  http::Response policy(const http::Request& request);
  http::Response renew(const http::Request& request);

  /// Refuses whoever may not speak for the terminal of the certificate; nullopt: admitted.
  std::optional<http::Response> turn_away(const http::Peer& peer);
  http::Response refuse(unsigned status, std::string_view code, std::string_view message);
  http::Response refuse(const Error& error);
  /// Counts what came with a batch and looks at the certificates in it.
  void look_at(const store::Accepted& accepted, const std::string& terminal);

  /// A bundle that terminals are being sent: held once, however many they are.
  struct HeldBundle {
    std::shared_ptr<const std::string> bytes;
    Bytes digest;
  };
  /// The one of that digest, or a newer one that came meanwhile.
  Result<HeldBundle> current_bundle(const Bytes& digest);

  Parts parts_;
  OrderTrust trust_;
  Pace pace_;
  std::mutex bundle_mutex_;
  HeldBundle bundle_;
};

/// The error body terminals get, also from the listener itself. Messages are English: their readers
/// are programs and logs. The agent acts on `code`.
http::Response render_error(unsigned status, std::string_view code, std::string_view message);

}  // namespace huxin::ingest
