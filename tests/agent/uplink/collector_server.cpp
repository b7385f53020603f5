#include "tests/agent/uplink/collector_server.hpp"

#include <atomic>
#include <list>
#include <mutex>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>

#include "certs/tls.hpp"
#include "policy/record/chain.hpp"
#include "tests/support/bank.hpp"

namespace huxin::test {
namespace {

namespace asio = boost::asio;
namespace http = boost::beast::http;
using Stream = asio::ssl::stream<asio::ip::tcp::socket>;

void identify(Stream& stream, Asked& asked) {
  X509* const peer = SSL_get0_peer_certificate(stream.native_handle());
  if (peer == nullptr) return;
  asked.peer = certs::common_name(peer);
  unsigned char* der = nullptr;
  const int size = i2d_X509(peer, &der);
  asked.peer_certificate.assign(der, der + size);
  OPENSSL_free(der);
}

std::string text(boost::beast::string_view view) { return {view.data(), view.size()}; }

http::response<http::string_body> compose(const Answer& answer) {
  http::response<http::string_body> reply(http::status::ok, 11);
  reply.result(answer.status);
  if (!answer.digest.empty()) reply.set("X-Huxin-Digest", answer.digest);
  if (!answer.retry_after.empty()) reply.set(http::field::retry_after, answer.retry_after);
  reply.keep_alive(answer.way == Answer::Way::kWhole);
  reply.body() = answer.body;
  if (answer.status != 304) reply.prepare_payload();
  return reply;
}

}  // namespace

class CollectorServer::Impl {
 public:
  Impl(const certs::Identity& identity, const Bytes& root, Script script, std::uint16_t port)
      : script_(std::move(script)),
        acceptor_(context_, {asio::ip::make_address("127.0.0.1"), port}),
        port_(acceptor_.local_endpoint().port()) {
    must(certs::configure_server(tls_.native_handle(), identity, root, false));
    thread_ = std::thread([this] { accept(); });
  }

  ~Impl() {
    stopping_ = true;
    {
      boost::system::error_code ignored;
      asio::ip::tcp::socket knock(context_);
      knock.connect({asio::ip::make_address("127.0.0.1"), port_}, ignored);
    }
    thread_.join();
    drop_connections();
    for (std::thread& session : sessions_) session.join();
  }

  std::uint16_t port() const { return port_; }

  std::vector<Asked> asked(const std::string& target) const {
    const std::scoped_lock lock(mutex_);
    std::vector<Asked> found;
    for (const Asked& one : asked_) {
      if (one.target == target) found.push_back(one);
    }
    return found;
  }

  std::size_t connections() const { return connections_; }

  void drop_connections() {
    const std::scoped_lock lock(mutex_);
    for (Stream* stream : open_) ::shutdown(stream->lowest_layer().native_handle(), SHUT_RDWR);
  }

 private:
  void accept() {
    for (;;) {
      boost::system::error_code error;
      asio::ip::tcp::socket socket = acceptor_.accept(error);
      if (stopping_) return;
      if (!error)
        sessions_.emplace_back(
            [this, taken = std::move(socket)]() mutable { serve(std::move(taken)); });
    }
  }

  void serve(asio::ip::tcp::socket socket) {
    Stream stream(std::move(socket), tls_);
    {
      const std::scoped_lock lock(mutex_);
      open_.push_back(&stream);
    }
    boost::system::error_code error;
    stream.handshake(Stream::server, error);
    if (!error) ++connections_;
    boost::beast::flat_buffer buffer;
    while (!error && exchange(stream, buffer)) {
    }
    const std::scoped_lock lock(mutex_);
    open_.remove(&stream);
  }

  bool exchange(Stream& stream, boost::beast::flat_buffer& buffer) {
    boost::system::error_code error;
    http::request_parser<http::string_body> parser;
    parser.body_limit(std::uint64_t{8} << 20U);
    http::read(stream, buffer, parser, error);
    if (error) return false;
    auto& request = parser.get();
    Asked asked{.method = text(request.method_string()),
                .target = text(request.target()),
                .body = request.body(),
                .if_none_match = text(request[http::field::if_none_match])};
    identify(stream, asked);
    const Answer answer = decide(asked);
    return carry_out(stream, answer);
  }

  Answer decide(const Asked& asked) {
    const std::scoped_lock lock(mutex_);
    asked_.push_back(asked);
    return script_(asked);
  }

  static bool carry_out(Stream& stream, const Answer& answer) {
    boost::system::error_code error;
    switch (answer.way) {
      case Answer::Way::kWhole:
      case Answer::Way::kThenClose:
        http::write(stream, compose(answer), error);
        return !error && answer.way == Answer::Way::kWhole;
      case Answer::Way::kHalf:
        asio::write(
            stream,
            asio::buffer(std::string_view("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")),
            error);
        return false;
      case Answer::Way::kNoHttp:
        asio::write(stream, asio::buffer(std::string_view("SSH-2.0-OpenSSH_9.2\r\n\r\n")), error);
        return false;
      case Answer::Way::kSilence: {
        char byte = 0;
        stream.read_some(asio::buffer(&byte, 1), error);
        return false;
      }
      case Answer::Way::kCut:
        return false;
    }
    return false;
  }

  Script script_;
  asio::io_context context_;
  asio::ssl::context tls_{asio::ssl::context::tls_server};
  asio::ip::tcp::acceptor acceptor_;
  std::uint16_t port_;
  std::atomic<bool> stopping_ = false;
  std::atomic<std::size_t> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<Asked> asked_;
  std::list<Stream*> open_;
  std::list<std::thread> sessions_;
  std::thread thread_;
};

CollectorServer::CollectorServer(certs::Identity identity, Bytes root, Script script,
                                 std::uint16_t port)
    : impl_(std::make_unique<Impl>(identity, root, std::move(script), port)) {}

CollectorServer::~CollectorServer() = default;

std::uint16_t CollectorServer::port() const { return impl_->port(); }

std::vector<Asked> CollectorServer::asked(const std::string& target) const {
  return impl_->asked(target);
}

std::size_t CollectorServer::connections() const { return impl_->connections(); }

void CollectorServer::drop_connections() { impl_->drop_connections(); }

record::Ack Ledger::accept(const Asked& asked) {
  record::Ack ack;
  record::Batch batch;
  if (!batch.ParseFromString(asked.body) || batch.records_size() == 0) {
    ack.set_error("no batch");
    return ack;
  }
  const record::Record& last = *batch.records().rbegin();
  const Bytes statement = record::head_statement(last.sequence(), as_bytes(last.hash()));
  if (Status held = certs::verify_signature(asked.peer_certificate, statement,
                                            as_bytes(batch.head_signature()));
      !held) {
    ack.set_error(held.error().context);
  }
  largest_batch_ = std::max(largest_batch_, static_cast<std::size_t>(batch.records_size()));
  for (const record::Record& link : batch.records()) {
    if (kept_.contains(link.sequence())) {
      ++repeated_;
      continue;
    }
    if (Status held = record::check_link(link, kept_.size() + 1, as_bytes(head_)); !held) {
      ack.set_error(held.error().context);
      break;
    }
    kept_.emplace(link.sequence(), link.payload());
    head_ = link.hash();
  }
  ack.set_accepted_through(kept_.size());
  return ack;
}

}  // namespace huxin::test
