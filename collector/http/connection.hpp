#pragma once
#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <atomic>
#include <memory>

#include "collector/http/server.hpp"

namespace huxin::http {

namespace net = boost::asio;

/// What every connection of one server shares. Outlives them: each holds a shared_ptr. The tally is
/// borrowed from the server's owner and outlives the connections.
struct Shared {
  ServerOptions options;
  Tally* tally = nullptr;
  std::atomic<bool> stopping = false;
  net::thread_pool pool;

  explicit Shared(ServerOptions given) : options(std::move(given)), pool(options.pool_threads) {}
  /// Counts under the server's name: "agents_timeout".
  void count(std::string_view event, std::string_view detail) {
    tally->add(options.name + "_" + std::string(event), detail);
  }
};

/// One TLS connection: handshake, then requests one after the other. Runs on its own strand; only
/// close_if_idle and close_now are called from elsewhere, and post to it.
/// It ends itself: by a request that does not ask to be kept alive, by a fault (answered where that
/// is possible), by a deadline, or when the server stops. What it has not read of a request that it
/// refuses is thrown away for up to two seconds, so that the answer arrives.
///
/// Refused before the handler hears of it, each with its word: 505 `http_version` (1.1 alone is
/// spoken), 400 `bad_host`, `bad_target` and `bad_request`, 411 `length_required` (no
/// Transfer-Encoding), 413 `body_too_large`, 431 `header_too_large`. A refusal ends the connection
/// and is counted.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// The socket's executor is its strand; `address` is the peer's, without the port.
  Connection(std::shared_ptr<Shared> shared, net::ip::tcp::socket socket,
             std::shared_ptr<net::ssl::context> tls, std::string address);

  /// Serves until either side ends. Never throws out.
  static net::awaitable<void> run(std::shared_ptr<Connection> self);
  /// Closes unless a request is being read or answered.
  void close_if_idle();
  /// Whatever is under way is cut off; a handler that runs goes on, its answer is dropped.
  void close_now();
  const std::string& address() const { return peer_.address; }

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  /// These return whether the connection goes on.
  net::awaitable<bool> handshake();
  net::awaitable<bool> serve_one();
  /// How large a body the request may have whose header was read.
  std::size_t body_limit(const Parser& parser) const;
  net::awaitable<bool> read_body(Parser& parser);
  net::awaitable<bool> answer(Request request, bool keep_alive);
  net::awaitable<bool> refuse(unsigned status, std::string_view code, std::string_view message);
  net::awaitable<bool> write(Response response, bool head, bool keep_alive);
  /// Up to two seconds and twice the largest body.
  net::awaitable<void> linger();
  net::awaitable<void> say_goodbye();
  /// Refuses what can be answered; a peer that is gone is no fault.
  net::awaitable<bool> read_failed(boost::system::error_code error, std::string_view part);

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<net::ssl::context> tls_;
  boost::beast::ssl_stream<boost::beast::tcp_stream> stream_;
  boost::beast::flat_buffer buffer_;
  Peer peer_;
  /// Handshaking, or waiting for a header: nothing is lost by closing.
  bool idle_ = false;
};

}  // namespace huxin::http
