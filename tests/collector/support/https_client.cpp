#include "tests/collector/support/https_client.hpp"

#include <sys/socket.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http.hpp>

#include <stdexcept>

#include "certs/tls.hpp"

namespace huxin::test {

namespace net = boost::asio;
namespace beast = boost::beast;

std::string Reply::header(std::string_view name) const {
  for (const auto& [each, value] : headers) {
    if (beast::iequals({each.data(), each.size()}, {name.data(), name.size()})) return value;
  }
  return {};
}

struct HttpsClient::Connection {
  net::io_context io;
  net::ssl::context tls{net::ssl::context::tls_client};
  std::unique_ptr<net::ssl::stream<net::ip::tcp::socket>> stream;
  beast::flat_buffer buffer;
};

HttpsClient::HttpsClient(std::uint16_t port, ByteView root, const certs::Identity* identity)
    : connection_(std::make_unique<Connection>()) {
  Connection& c = *connection_;
  if (auto ready = certs::configure_client(c.tls.native_handle(), identity, root); !ready) {
    throw std::runtime_error(ready.error().context);
  }
  c.stream = std::make_unique<net::ssl::stream<net::ip::tcp::socket>>(c.io, c.tls);
  c.stream->next_layer().connect({net::ip::address_v4::loopback(), port});
  const timeval limit{20, 0};
  ::setsockopt(c.stream->next_layer().native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit,
               sizeof limit);
  if (auto named = certs::expect_host(c.stream->native_handle(), "localhost"); !named) {
    throw std::runtime_error(named.error().context);
  }
  c.stream->handshake(net::ssl::stream_base::client);
}

HttpsClient::~HttpsClient() = default;

Reply HttpsClient::send(const std::string& method, const std::string& target,
                        const Headers& headers, const std::string& body) {
  beast::http::request<beast::http::string_body> request;
  request.method_string(method);
  request.target(target);
  request.version(11);
  request.set(beast::http::field::host, "localhost");
  for (const auto& [name, value] : headers) request.insert(name, value);
  request.body() = body;
  request.prepare_payload();
  beast::http::write(*connection_->stream, request);
  beast::http::response_parser<beast::http::string_body> parser;
  parser.body_limit(std::size_t{64} << 20U);
  if (method == "HEAD") parser.skip(true);
  beast::http::read(*connection_->stream, connection_->buffer, parser);
  Reply reply;
  reply.status = static_cast<int>(parser.get().result_int());
  for (const auto& field : parser.get())
    reply.headers.emplace_back(field.name_string(), field.value());
  reply.body = parser.get().body();
  return reply;
}

std::string HttpsClient::raw(const std::string& bytes) {
  boost::system::error_code error;
  net::write(*connection_->stream, net::buffer(bytes), error);
  const timeval limit{2, 0};
  ::setsockopt(connection_->stream->next_layer().native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit,
               sizeof limit);
  std::string answer;
  std::array<char, 4096> part;
  while (true) {
    const std::size_t size = connection_->stream->read_some(net::buffer(part), error);
    if (error) return answer;
    answer.append(part.data(), size);
  }
}

}  // namespace huxin::test
