#pragma once
#include "agent/watch/network/worker_asio.hpp"

namespace huxin::watch {

// Bytes that pass unread, after the policy let them.
inline constexpr auto kTunnelIdle = std::chrono::hours(1);

/// Carries bytes one way until the end of the stream, an error, or an hour of silence.
/// True: the stream came to its end in order.
template <class Stream>
asio::awaitable<bool> carry(Stream& from, Stream& to) {
  std::array<char, 16384> space;
  for (;;) {
    beast::get_lowest_layer(from).expires_after(kTunnelIdle);
    const auto [ec, got] = co_await from.async_read_some(asio::buffer(space), kNoThrow);
    if (ec) co_return ec == asio::error::eof;
    beast::get_lowest_layer(to).expires_after(kTunnelIdle);
    const auto [failed, sent] =
        co_await asio::async_write(to, asio::buffer(space.data(), got), kNoThrow);
    if (failed) co_return false;
  }
}

/// Carries bytes one way and passes the end on; a broken stream breaks the other too.
inline asio::awaitable<void> carry_half(PlainStream& from, PlainStream& to) {
  error_code ignored;
  if (co_await carry(from, to)) {
    to.socket().shutdown(tcp::socket::shutdown_send, ignored);
  } else {
    from.socket().close(ignored);
    to.socket().close(ignored);
  }
}

/// Joins two connections as they are, each direction ending by itself.
inline asio::awaitable<void> join(PlainStream& a, PlainStream& b) {
  using namespace asio::experimental::awaitable_operators;
  co_await (carry_half(a, b) && carry_half(b, a));
}

/// Joins two streams until either direction ends.
template <class Stream>
asio::awaitable<void> join_until_either_ends(Stream& a, Stream& b) {
  using namespace asio::experimental::awaitable_operators;
  co_await (carry(a, b) || carry(b, a));
}

}  // namespace huxin::watch
