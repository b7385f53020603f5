#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "certs/tls.hpp"
#include "collector/http/message.hpp"
#include "collector/http/tally.hpp"
#include "policy/base/result.hpp"

namespace huxin::http {

/// What one peer, and all of them together, may take. Beyond a limit: 4xx or a closed connection,
/// and a count in the tally. Counts begin with the server's name: "agents_timeout",
/// "_connection_refused", "_bad_request".
struct Limits {
  std::size_t connections = 1024;
  std::size_t connections_per_address = 0;  ///< 0: as many as `connections`
  /// 431 beyond.
  std::size_t header_bytes = std::size_t{16} << 10U;
  /// 413 beyond, by Content-Length, before any of it is read.
  std::size_t body_bytes = std::size_t{64} << 10U;
  std::size_t largest_body_bytes = 0;  ///< of requests that `body_limit` admits; 0: as body_bytes
  std::chrono::milliseconds handshake{10'000};
  std::chrono::milliseconds idle{75'000};     ///< until the whole header of the next request is in
  std::chrono::milliseconds request{60'000};  ///< until its whole body is in
  /// Until the answer is written. The handler itself has no deadline: its own calls have.
  std::chrono::milliseconds response{60'000};  ///< and the time for its bytes at 64 kB/s
};

/// kOptional: asked for in the handshake and verified when shown; without one the connection
/// stands. kNotAsked is for browsers, which would ask their user.
enum class ClientCertificates : std::uint8_t { kNotAsked, kOptional };

struct ServerOptions {
  std::string name;        ///< "agents"; begins the counts in the tally
  std::string address;     ///< "0.0.0.0", "::1"
  std::uint16_t port = 0;  ///< 0: any free one
  ClientCertificates clients = ClientCertificates::kNotAsked;
  Limits limits;
  /// Handshakes and bytes; pool_threads bounds how many handlers run at once.
  unsigned io_threads = 1;
  unsigned pool_threads = 2;
  Handler handler;
  /// How large a body a request may have that has sent its header only; at most
  /// `largest_body_bytes`. Called on an I/O thread: must not block. Empty: `body_bytes`.
  std::function<std::size_t(const Request& head)> body_limit;
  ErrorRenderer error;
};

/// An HTTPS/1.1 server: TLS 1.3, keep-alive, one request at a time a connection, bodies by
/// Content-Length only. Handlers run on a pool of its own, so its I/O threads never block.
///
/// start() binds and returns; stop() (also by destruction) refuses new connections, closes idle
/// ones, lets requests under way finish for up to five seconds, then closes what is left. start,
/// stop and use_identity belong to one thread. The tally outlives the server.
/// Requests must be HTTP/1.1 with exactly one Host; Transfer-Encoding is refused (411). A handler
/// that does not return keeps stop() waiting.
class Server {
 public:
  /// kInvalid for an address that is none, kIo when it cannot be bound, kCrypto for an identity
  /// that cannot be used. `root` is the authority that client certificates are verified against,
  /// DER. When it returns, connections are taken.
  static Result<std::unique_ptr<Server>> start(ServerOptions options,
                                               const certs::Identity& identity, ByteView root,
                                               Tally& tally);
  virtual ~Server() = default;

  /// The one that was bound, also when any was asked for.
  virtual std::uint16_t port() const = 0;
  virtual std::string address() const = 0;  ///< "127.0.0.1:8443"
  /// New connections meet this identity; those that are open keep the old one. kCrypto when
  /// certificate and key do not fit; then the old identity stays.
  virtual Status use_identity(const certs::Identity& identity) = 0;
  /// When it returns no handler runs any more. A second call does nothing.
  virtual void stop() = 0;
};

}  // namespace huxin::http
