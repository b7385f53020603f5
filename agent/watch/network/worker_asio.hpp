// What the network worker takes of Asio and Beast.
#pragma once
#include "certs/net/asio_headers.hpp"

namespace huxin::watch {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using boost::system::error_code;

/// Awaits without exceptions: `auto [ec, n] = co_await read(…, kNoThrow);`
inline constexpr auto kNoThrow = asio::as_tuple(asio::use_awaitable);

using PlainStream = beast::tcp_stream;
using TlsStream = asio::ssl::stream<beast::tcp_stream>;

}  // namespace huxin::watch
