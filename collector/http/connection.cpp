#include "collector/http/connection.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/span_body.hpp>
#include <boost/beast/http/write.hpp>

#include <array>
#include <ctime>

#include <openssl/ssl.h>
#include <spdlog/spdlog.h>

namespace huxin::http {
namespace {

namespace beast = boost::beast;
namespace wire = boost::beast::http;

constexpr auto kAwait = net::as_tuple(net::use_awaitable);
constexpr auto kGoodbye = std::chrono::seconds(2);
constexpr std::size_t kSlowest = 64;  // bytes a millisecond: what a large answer is waited for

std::string http_date() {
  const std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 64> text{};
  const std::size_t size =
      std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &utc);
  return {text.data(), size};
}

/// Why a header cannot be served, before its body is read; empty when it can.
struct Refusal {
  unsigned status = 0;
  std::string_view code, message;
};

Refusal judge(const wire::request_header<>& header, const boost::optional<std::uint64_t>& length,
              std::size_t limit) {
  if (header.version() != 11) return {505, "http_version", "only HTTP/1.1 is spoken here"};
  if (header.count(wire::field::host) != 1)
    return {400, "bad_host", "exactly one Host header is needed"};
  if (header.count(wire::field::transfer_encoding) != 0) {
    return {411, "length_required", "Transfer-Encoding is not taken; send Content-Length"};
  }
  if (length && *length > limit) return {413, "body_too_large", "the body is over the limit"};
  if (header.target().empty() || header.target().front() != '/') {
    return {400, "bad_target", "the request target must be a path"};
  }
  return {};
}

std::string lower_case(std::string_view name) {
  std::string lower(name);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

/// The request without its body.
Request head_of(const wire::request<wire::string_body>& message, const Peer& peer) {
  Request request;
  request.method = message.method_string();
  const std::string_view target(message.target().data(), message.target().size());
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  if (mark != std::string_view::npos) request.query = target.substr(mark + 1);
  for (const auto& field : message) {
    const auto name = field.name_string();
    request.headers.emplace_back(lower_case({name.data(), name.size()}), field.value());
  }
  request.peer = peer;
  return request;
}

Request to_request(wire::request<wire::string_body>&& message, const Peer& peer) {
  Request request = head_of(message, peer);
  request.body = std::move(message.body());
  return request;
}

std::size_t largest_body(const Limits& limits) {
  return std::max(limits.body_bytes, limits.largest_body_bytes);
}

/// Runs the handler on the pool. A free coroutine: it owns what it was given.
net::awaitable<Response> on_pool(std::shared_ptr<Shared> shared, Request request) {
  try {
    co_return shared->options.handler(request);
  } catch (const std::exception& error) {
    spdlog::error("{}: {} {}: {}", shared->options.name, request.method, request.path,
                  error.what());
    co_return shared->options.error(500, "internal", "the server failed; see its log");
  }
}

}  // namespace

Connection::Connection(std::shared_ptr<Shared> shared, net::ip::tcp::socket socket,
                       std::shared_ptr<net::ssl::context> tls, std::string address)
    : shared_(std::move(shared)),
      tls_(std::move(tls)),
      stream_(std::move(socket), *tls_),
      buffer_(shared_->options.limits.header_bytes + shared_->options.limits.body_bytes + 4096) {
  peer_.address = std::move(address);
}

net::awaitable<void> Connection::run(std::shared_ptr<Connection> self) {
  if (!co_await self->handshake()) co_return;
  while (co_await self->serve_one()) {
  }
  co_await self->say_goodbye();
}

void Connection::close_if_idle() {
  net::post(stream_.get_executor(), [self = shared_from_this()] {
    if (self->idle_) beast::get_lowest_layer(self->stream_).close();
  });
}

void Connection::close_now() {
  net::post(stream_.get_executor(),
            [self = shared_from_this()] { beast::get_lowest_layer(self->stream_).close(); });
}

net::awaitable<bool> Connection::handshake() {
  beast::get_lowest_layer(stream_).expires_after(shared_->options.limits.handshake);
  idle_ = true;
  const auto [error] = co_await stream_.async_handshake(net::ssl::stream_base::server, kAwait);
  idle_ = false;
  if (error) {
    shared_->count("handshake_failed",
                   error == beast::error::timeout ? "timeout" : error.message());
    co_return false;
  }
  if (X509* shown = SSL_get0_peer_certificate(stream_.native_handle()); shown != nullptr) {
    peer_.common_name = certs::common_name(shown);
    peer_.certificate_sha256 = certs::certificate_sha256(shown);
  }
  co_return true;
}

net::awaitable<bool> Connection::serve_one() {
  const Limits& limits = shared_->options.limits;
  Parser parser;
  parser.header_limit(static_cast<std::uint32_t>(limits.header_bytes));
  parser.body_limit(largest_body(limits));
  beast::get_lowest_layer(stream_).expires_after(limits.idle);
  idle_ = true;
  if (shared_->stopping) co_return false;
  const auto [error, size] = co_await wire::async_read_header(stream_, buffer_, parser, kAwait);
  idle_ = false;
  if (error) co_return co_await read_failed(error, "header");
  const Refusal refusal = judge(parser.get(), parser.content_length(), body_limit(parser));
  if (refusal.status != 0) {
    co_return co_await refuse(refusal.status, refusal.code, refusal.message);
  }
  if (!co_await read_body(parser)) co_return false;
  const bool keep_alive = parser.get().keep_alive() && !shared_->stopping;
  co_return co_await answer(to_request(parser.release(), peer_), keep_alive);
}

std::size_t Connection::body_limit(const Parser& parser) const {
  const ServerOptions& options = shared_->options;
  const auto length = parser.content_length();
  if (!options.body_limit || !length || *length <= options.limits.body_bytes)
    return options.limits.body_bytes;
  return std::min(options.body_limit(head_of(parser.get(), peer_)), largest_body(options.limits));
}

net::awaitable<bool> Connection::read_body(Parser& parser) {
  beast::get_lowest_layer(stream_).expires_after(shared_->options.limits.request);
  const auto expectation = parser.get()[wire::field::expect];
  if (beast::iequals(expectation, "100-continue")) {
    static constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto [error, size] = co_await net::async_write(stream_, net::buffer(kContinue), kAwait);
    if (error) co_return false;
  }
  const auto [error, size] = co_await wire::async_read(stream_, buffer_, parser, kAwait);
  if (error) co_return co_await read_failed(error, "body");
  co_return true;
}

net::awaitable<bool> Connection::read_failed(boost::system::error_code error,
                                             std::string_view part) {
  if (error == wire::error::end_of_stream || error == net::ssl::error::stream_truncated ||
      error == net::error::connection_reset || error == net::error::operation_aborted) {
    co_return false;
  }
  if (error == beast::error::timeout) {
    if (part == "body" || buffer_.size() > 0) shared_->count("timeout", part);
    co_return false;
  }
  if (error == wire::error::header_limit || error == wire::error::buffer_overflow) {
    co_return co_await refuse(431, "header_too_large", "the header is over the limit");
  }
  if (error == wire::error::body_limit) {
    co_return co_await refuse(413, "body_too_large", "the body is over the limit");
  }
  if (error.category() == make_error_code(wire::error::bad_method).category()) {
    co_return co_await refuse(400, "bad_request", error.message());
  }
  co_return false;
}

net::awaitable<bool> Connection::answer(Request request, bool keep_alive) {
  const bool head = request.method == "HEAD";
  beast::get_lowest_layer(stream_).expires_never();
  Response response = co_await net::co_spawn(shared_->pool, on_pool(shared_, std::move(request)),
                                             net::use_awaitable);
  co_return co_await write(std::move(response), head, keep_alive && !shared_->stopping);
}

net::awaitable<bool> Connection::refuse(unsigned status, std::string_view code,
                                        std::string_view message) {
  shared_->count("bad_request", code);
  co_await write(shared_->options.error(status, code, message), false, false);
  co_await linger();
  co_return false;
}

net::awaitable<bool> Connection::write(Response response, bool head, bool keep_alive) {
  const std::string& content = response.content();
  wire::response<wire::span_body<const char>> message;
  message.result(response.status);
  message.version(11);
  for (auto& [name, value] : response.headers) message.insert(name, value);
  message.set(wire::field::date, http_date());
  message.keep_alive(keep_alive);
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!bodiless) message.content_length(content.size());
  if (!head && !bodiless) message.body() = {content.data(), content.size()};
  const std::chrono::milliseconds slow(content.size() / kSlowest);
  beast::get_lowest_layer(stream_).expires_after(shared_->options.limits.response + slow);
  wire::response_serializer<wire::span_body<const char>> serializer(message);
  serializer.split(head || bodiless);
  if (head || bodiless) {
    const auto [error, size] = co_await wire::async_write_header(stream_, serializer, kAwait);
    co_return !error && keep_alive;
  }
  const auto [error, size] = co_await wire::async_write(stream_, serializer, kAwait);
  if (error == beast::error::timeout) shared_->count("timeout", "response");
  co_return !error && keep_alive;
}

/// Ends TLS after a refusal, then reads on for a moment: closing over unread bytes would reset the
/// connection before the peer has read why.
net::awaitable<void> Connection::linger() {
  auto& tcp = beast::get_lowest_layer(stream_);
  tcp.expires_after(kGoodbye);
  co_await stream_.async_shutdown(kAwait);
  std::array<char, 16384> discarded;
  std::size_t left = largest_body(shared_->options.limits) * 2;
  while (left > 0 && tcp.socket().is_open()) {
    const auto [error, size] = co_await tcp.async_read_some(net::buffer(discarded), kAwait);
    if (error) break;
    left -= std::min(left, size);
  }
  tcp.close();
}

net::awaitable<void> Connection::say_goodbye() {
  if (!beast::get_lowest_layer(stream_).socket().is_open()) co_return;
  beast::get_lowest_layer(stream_).expires_after(kGoodbye);
  co_await stream_.async_shutdown(kAwait);
}

}  // namespace huxin::http
