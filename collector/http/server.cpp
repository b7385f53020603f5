#include "collector/http/server.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <condition_variable>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include <openssl/ssl.h>
#include <spdlog/spdlog.h>

#include "collector/http/connection.hpp"

namespace huxin::http {
namespace {

using net::ip::tcp;

constexpr auto kGrace = std::chrono::seconds(5);

class AsioServer final : public Server {
 public:
  AsioServer(ServerOptions options, ByteView root, Tally& tally)
      : shared_(std::make_shared<Shared>(std::move(options))),
        root_(root.begin(), root.end()),
        acceptor_(net::make_strand(io_)) {
    shared_->tally = &tally;
  }
  ~AsioServer() override { stop(); }
  AsioServer(const AsioServer&) = delete;
  AsioServer& operator=(const AsioServer&) = delete;

  Status bind();
  void run();
  std::uint16_t port() const override { return endpoint_.port(); }
  std::string address() const override {
    const std::string host = endpoint_.address().to_string();
    return fmt::format(fmt::runtime(endpoint_.address().is_v6() ? "[{}]:{}" : "{}:{}"), host,
                       endpoint_.port());
  }
  Status use_identity(const certs::Identity& identity) override;
  void stop() override;

 private:
  net::awaitable<void> accept_forever();
  void admit(tcp::socket socket);
  bool has_room(const std::string& address);
  void forget(const std::shared_ptr<Connection>& connection);
  void each_connection(void (Connection::*call)());
  bool wait_until_empty(std::chrono::milliseconds limit);

  std::shared_ptr<Shared> shared_;
  Bytes root_;
  net::io_context io_;
  tcp::acceptor acceptor_;
  tcp::endpoint endpoint_;
  std::vector<std::jthread> threads_;

  std::mutex mutex_;  // guards what follows
  std::condition_variable empty_;
  std::shared_ptr<net::ssl::context> tls_;
  std::set<std::shared_ptr<Connection>> connections_;
  std::map<std::string, std::size_t> by_address_;
};

Status AsioServer::bind() {
  boost::system::error_code error;
  const net::ip::address address = net::ip::make_address(shared_->options.address, error);
  if (error) return fail(Errc::kInvalid, "{} is not an address", shared_->options.address);
  const tcp::endpoint wanted(address, shared_->options.port);
  acceptor_.open(wanted.protocol(), error);
  if (!error) acceptor_.set_option(net::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(wanted, error);
  if (!error) acceptor_.listen(net::socket_base::max_listen_connections, error);
  if (!error) endpoint_ = acceptor_.local_endpoint(error);
  if (error) {
    return fail(Errc::kIo, "listen on {}:{}: {}", shared_->options.address, shared_->options.port,
                error.message());
  }
  return {};
}

Status AsioServer::use_identity(const certs::Identity& identity) {
  auto fresh = std::make_shared<net::ssl::context>(net::ssl::context::tls_server);
  Status configured = certs::configure_server(fresh->native_handle(), identity, root_, false);
  if (!configured) return configured;
  // A browser that is asked for a certificate bothers its user with the question.
  if (shared_->options.clients == ClientCertificates::kNotAsked) {
    SSL_CTX_set_verify(fresh->native_handle(), SSL_VERIFY_NONE, nullptr);
  }
  const std::lock_guard lock(mutex_);
  tls_ = std::move(fresh);
  return {};
}

void AsioServer::run() {
  net::co_spawn(acceptor_.get_executor(), accept_forever(), net::detached);
  for (unsigned i = 0; i < std::max(1U, shared_->options.io_threads); ++i) {
    threads_.emplace_back([this] { io_.run(); });
  }
}

net::awaitable<void> AsioServer::accept_forever() {
  while (acceptor_.is_open()) {
    auto [error, socket] =
        co_await acceptor_.async_accept(net::make_strand(io_), net::as_tuple(net::use_awaitable));
    if (!error) {
      admit(std::move(socket));
      continue;
    }
    if (!acceptor_.is_open()) co_return;
    // Out of descriptors, most likely: try again when some may have been given back.
    shared_->count("accept_failed", error.message());
    net::steady_timer pause(acceptor_.get_executor(), std::chrono::milliseconds(100));
    co_await pause.async_wait(net::as_tuple(net::use_awaitable));
  }
}

bool AsioServer::has_room(const std::string& address) {
  const Limits& limits = shared_->options.limits;
  if (connections_.size() >= limits.connections) {
    shared_->count("connection_refused", "server full");
    return false;
  }
  const auto found = by_address_.find(address);
  if (limits.connections_per_address != 0 && found != by_address_.end() &&
      found->second >= limits.connections_per_address) {
    shared_->count("connection_refused", "address full");
    return false;
  }
  return true;
}

void AsioServer::admit(tcp::socket socket) {
  boost::system::error_code error;
  std::string address = socket.remote_endpoint(error).address().to_string();
  if (error) return;
  socket.set_option(tcp::no_delay(true), error);
  std::shared_ptr<Connection> connection;
  const auto executor = socket.get_executor();
  {
    const std::lock_guard lock(mutex_);
    if (shared_->stopping || !has_room(address)) return;
    connection = std::make_shared<Connection>(shared_, std::move(socket), tls_, address);
    connections_.insert(connection);
    ++by_address_[std::move(address)];
  }
  net::co_spawn(executor, Connection::run(connection),
                [this, connection](const std::exception_ptr& thrown) {
                  if (thrown) shared_->count("connection_failed", "exception");
                  forget(connection);
                });
}

void AsioServer::forget(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(mutex_);
  connections_.erase(connection);
  const auto found = by_address_.find(connection->address());
  if (found != by_address_.end() && --found->second == 0) by_address_.erase(found);
  if (connections_.empty()) empty_.notify_all();
}

void AsioServer::each_connection(void (Connection::*call)()) {
  const std::lock_guard lock(mutex_);
  for (const auto& connection : connections_) ((*connection).*call)();
}

bool AsioServer::wait_until_empty(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  return empty_.wait_for(lock, limit, [this] { return connections_.empty(); });
}

void AsioServer::stop() {
  if (shared_->stopping.exchange(true)) return;
  net::post(acceptor_.get_executor(), [this] {
    boost::system::error_code ignored;
    acceptor_.close(ignored);
  });
  if (!threads_.empty()) {
    each_connection(&Connection::close_if_idle);
    if (!wait_until_empty(kGrace)) {
      each_connection(&Connection::close_now);
      wait_until_empty(kGrace);
    }
  }
  shared_->pool.join();
  io_.stop();
  threads_.clear();
}

}  // namespace

Result<std::unique_ptr<Server>> Server::start(ServerOptions options,
                                              const certs::Identity& identity, ByteView root,
                                              Tally& tally) {
  auto server = std::make_unique<AsioServer>(std::move(options), root, tally);
  if (Status ready = server->use_identity(identity); !ready) return std::unexpected(ready.error());
  if (Status bound = server->bind(); !bound) return std::unexpected(bound.error());
  server->run();
  return server;
}

}  // namespace huxin::http
