#pragma once
// Internal to the uplink: brings Asio and Beast in.
#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/verb.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include "policy/base/result.hpp"

namespace huxin::uplink {

/// Where the collector is, and how long anything there may take.
struct Peer {
  std::string host;
  std::uint16_t port = 0;
  std::chrono::milliseconds connect_deadline{};  ///< each of: look up, connect, shake hands
  std::chrono::milliseconds request_deadline{};  ///< from the first byte sent to the last received
};

/// The target must stay until the reply is there.
struct HttpRequest {
  boost::beast::http::verb verb{};
  std::string_view target;  ///< one of record::wire's
  std::string body = {};
  /// The digest, hex, of a bundle that need not be sent again; empty: no such header.
  std::string if_none_match = {};
  /// Bytes of body; a longer one is kTooLarge.
  std::size_t largest_reply = 0;
  /// Beyond the peer's request_deadline, for what takes long on a slow line.
  std::chrono::milliseconds patience = {};
};

/// From the collector, after TLS: parsed as HTTP, nothing of it checked. A header of more than 16
/// KiB is kTooLarge.
struct HttpReply {
  unsigned status = 0;
  std::string body = {};
  std::string digest = {};                               ///< X-Huxin-Digest
  std::optional<std::chrono::seconds> retry_after = {};  ///< at most ten minutes
};

/// One HTTP/1.1 connection over TLS 1.3, kept alive between requests. Used by one coroutine.
///
/// Failures: kUnauthenticated when either side refuses the other's certificate, kTimeout, kProtocol
/// for what is no HTTP, kTooLarge for a reply over its limit, kUnavailable for everything else.
/// After any of them the connection is of no more use. Bodies are never compressed, and no redirect
/// is followed.
class Connection {
 public:
  /// Looks up, connects, shakes hands; the certificate must be for the peer's host. The context is
  /// no longer needed once this returns. The context names the root, and holds this terminal's own
  /// chain and key, if it is to show one.
  static boost::asio::awaitable<Result<std::unique_ptr<Connection>>> open(
      Peer peer, std::shared_ptr<boost::asio::ssl::context> context);

  /// Sends a request and waits for the whole reply, whatever its status.
  boost::asio::awaitable<Result<HttpReply>> exchange(HttpRequest request);

  /// Makes what is under way fail with kUnavailable. From the stream's thread.
  void abandon();

  /// How many requests were answered: with none, a failure is not that of a connection gone stale.
  std::uint64_t answered() const { return answered_; }
  /// Will the server take another request on it?
  bool alive() const { return alive_; }

 private:
  using Stream = boost::beast::ssl_stream<boost::beast::tcp_stream>;

  Connection(Peer peer, Stream stream) : peer_(std::move(peer)), stream_(std::move(stream)) {}

  Peer peer_;
  Stream stream_;
  boost::beast::flat_buffer buffer_;
  std::uint64_t answered_ = 0;
  bool alive_ = true;
};

/// Turns a refusal into a failure: 401 kUnauthenticated, 403 kDenied, 404 kNotFound, 413 kTooLarge,
/// other 4xx kInvalid, 5xx and the rest kUnavailable, with the collector's own words (at most 200
/// printable characters) in the context. Success for 2xx.
/// The words are untrusted: what is not printable ASCII is left out. 304 counts as the rest;
/// whoever sends If-None-Match looks for it first.
Status check_status(const HttpReply& reply, std::string_view target);

}  // namespace huxin::uplink
