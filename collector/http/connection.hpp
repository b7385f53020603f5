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

/// What every connection of one server shares. Outlives them: each holds a shared_ptr.
struct Shared {
  ServerOptions options;
  Tally* tally = nullptr;
  std::atomic<bool> stopping = false;
  net::thread_pool pool;

  explicit Shared(ServerOptions given) : options(std::move(given)), pool(options.pool_threads) {}
  void count(std::string_view event, std::string_view detail) {
    tally->add(options.name + "_" + std::string(event), detail);
  }
};

/// One TLS connection: handshake, then requests one after the other. Runs on its own strand; only
/// close_if_idle and close_now are called from elsewhere, and post to it.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<Shared> shared, net::ip::tcp::socket socket,
             std::shared_ptr<net::ssl::context> tls, std::string address);

  /// Serves until either side ends. Never throws out.
  static net::awaitable<void> run(std::shared_ptr<Connection> self);
  void close_if_idle();
  void close_now();
  const std::string& address() const { return peer_.address; }

 private:
  using Parser = boost::beast::http::request_parser<boost::beast::http::string_body>;

  net::awaitable<bool> handshake();
  net::awaitable<bool> serve_one();
  /// How large a body the request may have whose header was read.
  std::size_t body_limit(const Parser& parser) const;
  net::awaitable<bool> read_body(Parser& parser);
  net::awaitable<bool> answer(Request request, bool keep_alive);
  net::awaitable<bool> refuse(unsigned status, std::string_view code, std::string_view message);
  net::awaitable<bool> write(Response response, bool head, bool keep_alive);
  net::awaitable<void> linger();
  net::awaitable<void> say_goodbye();
  net::awaitable<bool> read_failed(boost::system::error_code error, std::string_view part);

  std::shared_ptr<Shared> shared_;
  std::shared_ptr<net::ssl::context> tls_;
  boost::beast::ssl_stream<boost::beast::tcp_stream> stream_;
  boost::beast::flat_buffer buffer_;
  Peer peer_;
  bool idle_ = false;
};

}  // namespace huxin::http
