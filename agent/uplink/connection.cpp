#include "agent/uplink/connection.hpp"

#include <charconv>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/http/write.hpp>
#include <boost/json/parse.hpp>

#include "agent/uplink/resolve.hpp"
#include "certs/tls.hpp"
#include "policy/record/wire.hpp"

namespace huxin::uplink {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

constexpr auto kTake = asio::as_tuple(asio::use_awaitable);
constexpr std::uint32_t kLargestHeader = 16 * 1024;
constexpr std::size_t kLongestRemark = 200;
constexpr std::chrono::seconds kLongestRetryAfter{600};

Errc classify(const boost::system::error_code& error) {
  if (error == beast::error::timeout) return Errc::kTimeout;
  if (error == http::error::body_limit || error == http::error::header_limit)
    return Errc::kTooLarge;
  if (error == http::error::end_of_stream || error == http::error::partial_message)
    return Errc::kUnavailable;
  if (error.category() == asio::error::get_ssl_category()) return Errc::kUnauthenticated;
  if (error.category() == make_error_code(http::error::bad_version).category())
    return Errc::kProtocol;
  return Errc::kUnavailable;
}

std::unexpected<Error> fail_network(const boost::system::error_code& error, const Peer& peer,
                                    std::string_view doing) {
  return fail(classify(error), "{} {}:{}: {}", doing, peer.host, peer.port, error.message());
}

std::optional<std::chrono::seconds> read_retry_after(std::string_view text) {
  long seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::min(std::chrono::seconds(seconds), kLongestRetryAfter);
}

http::request<http::string_body> compose(HttpRequest&& request, const Peer& peer) {
  http::request<http::string_body> message(request.verb,
                                           {request.target.data(), request.target.size()}, 11);
  message.set(http::field::host, fmt::format("{}:{}", peer.host, peer.port));
  message.set(http::field::user_agent, "huxin-agent");
  if (!request.if_none_match.empty())
    message.set(http::field::if_none_match, request.if_none_match);
  if (request.verb == http::verb::post) {
    message.set(http::field::content_type,
                {record::wire::kProtobuf.data(), record::wire::kProtobuf.size()});
  }
  message.body() = std::move(request.body);
  message.prepare_payload();
  return message;
}

HttpReply decompose(http::response<http::string_body>&& message) {
  const auto digest =
      message[{record::wire::kDigestHeader.data(), record::wire::kDigestHeader.size()}];
  const auto retry = message[http::field::retry_after];
  return {.status = message.result_int(),
          .body = std::move(message.body()),
          .digest = std::string(digest.data(), digest.size()),
          .retry_after = read_retry_after({retry.data(), retry.size()})};
}

/// The collector's own words, as far as they can be shown.
std::string remark(const std::string& body) {
  boost::system::error_code error;
  const boost::json::value json = boost::json::parse(body, error);
  const boost::json::value* const message =
      error ? nullptr : json.find_pointer("/error/message", error);
  if (message == nullptr || !message->is_string()) return "no reason given";
  std::string text(
      message->get_string().subview(0, std::min(kLongestRemark, message->get_string().size())));
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

Errc classify(unsigned status) {
  switch (status) {
    case 401:
      return Errc::kUnauthenticated;
    case 403:
      return Errc::kDenied;
    case 404:
      return Errc::kNotFound;
    case 413:
      return Errc::kTooLarge;
    default:
      return status >= 400 && status < 500 && status != 408 && status != 429 ? Errc::kInvalid
                                                                             : Errc::kUnavailable;
  }
}

}  // namespace

asio::awaitable<Result<std::unique_ptr<Connection>>> Connection::open(
    Peer peer, std::shared_ptr<asio::ssl::context> context) {
  const Result<Endpoints> endpoints = co_await resolve(peer.host, peer.port, peer.connect_deadline);
  if (!endpoints) co_return std::unexpected(endpoints.error());
  Stream stream(co_await asio::this_coro::executor, *context);
  if (Status expected = certs::expect_host(stream.native_handle(), peer.host); !expected) {
    co_return std::unexpected(expected.error());
  }
  beast::tcp_stream& socket = beast::get_lowest_layer(stream);
  socket.expires_after(peer.connect_deadline);
  const auto [refused, reached] = co_await socket.async_connect(*endpoints, kTake);
  if (refused) co_return fail_network(refused, peer, "connect to");
  boost::system::error_code ignored;
  socket.socket().set_option(asio::ip::tcp::no_delay(true), ignored);

  socket.expires_after(peer.connect_deadline);
  const auto [broken] = co_await stream.async_handshake(asio::ssl::stream_base::client, kTake);
  const long verdict = SSL_get_verify_result(stream.native_handle());
  if (broken && verdict != X509_V_OK) {
    co_return fail(Errc::kUnauthenticated, "{}:{} is not the collector: {}", peer.host, peer.port,
                   X509_verify_cert_error_string(verdict));
  }
  if (broken) co_return fail_network(broken, peer, "shake hands with");
  co_return std::unique_ptr<Connection>(new Connection(std::move(peer), std::move(stream)));
}

asio::awaitable<Result<HttpReply>> Connection::exchange(HttpRequest request) {
  const std::size_t limit = request.largest_reply;
  const std::string_view target = request.target;
  const auto deadline = peer_.request_deadline + request.patience;
  const auto message = compose(std::move(request), peer_);
  alive_ = false;  // until the whole reply is here
  beast::get_lowest_layer(stream_).expires_after(deadline);
  const auto [unsent, sent] = co_await http::async_write(stream_, message, kTake);
  if (unsent) co_return fail_network(unsent, peer_, fmt::format("send {} to", target));

  http::response_parser<http::string_body> parser;
  parser.header_limit(kLargestHeader);
  parser.body_limit(limit);
  const auto [unread, read] = co_await http::async_read(stream_, buffer_, parser, kTake);
  if (unread) co_return fail_network(unread, peer_, fmt::format("reply to {} from", target));
  ++answered_;
  alive_ = parser.get().keep_alive();
  co_return decompose(parser.release());
}

void Connection::abandon() { beast::get_lowest_layer(stream_).close(); }

Status check_status(const HttpReply& reply, std::string_view target) {
  if (reply.status >= 200 && reply.status < 300) return {};
  return fail(classify(reply.status), "{}: {} ({})", target, reply.status, remark(reply.body));
}

}  // namespace huxin::uplink
