#pragma once
#include <sstream>
#include <string_view>
#include <type_traits>

#include "agent/watch/network/worker_asio.hpp"

namespace huxin::watch {

// One await at a time on a stream in each direction: a deadline is the whole stream's.
inline constexpr auto kPieceDeadline = std::chrono::seconds(60);  ///< each read or write of a body
inline constexpr auto kCloseDeadline = std::chrono::seconds(2);

/// Whatever is awaited on it fails once the time is over, and the stream is closed.
template <class Stream>
void expire(Stream& stream, std::chrono::seconds after) {
  beast::get_lowest_layer(stream).expires_after(after);
}

/// Writes all of it; false: the peer is gone or too slow. The bytes outlive the await.
template <class Stream>
asio::awaitable<bool> write_all(Stream& stream, std::string_view bytes) {
  expire(stream, kPieceDeadline);
  const auto [ec, sent] = co_await asio::async_write(stream, asio::buffer(bytes), kNoThrow);
  co_return !ec;
}

/// Writes a piece of a body, as a chunk if the body is chunked.
template <class Stream>
asio::awaitable<bool> write_piece(Stream& stream, std::string_view bytes, bool chunked) {
  if (bytes.empty()) co_return true;
  if (!chunked) co_return co_await write_all(stream, bytes);
  const std::string chunk = fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
  co_return co_await write_all(stream, chunk);
}

template <class Stream>
asio::awaitable<bool> write_head(Stream& stream, const auto& header) {
  std::ostringstream text;
  text << header;
  const std::string bytes = std::move(text).str();
  co_return co_await write_all(stream, bytes);
}

/// Writes and empties what was read ahead.
template <class Stream>
asio::awaitable<bool> write_rest(Stream& stream, beast::flat_buffer& rest) {
  if (rest.size() == 0) co_return true;
  const bool written =
      co_await write_all(stream, {static_cast<const char*>(rest.data().data()), rest.size()});
  rest.clear();
  co_return written;
}

/// Reads a piece of a message's body into `space`; what was read, empty at its end or between
/// chunks.
template <class Stream, class Parser>
asio::awaitable<std::pair<error_code, std::string_view>> read_piece(Stream& stream,
                                                                    beast::flat_buffer& buffer,
                                                                    Parser& parser,
                                                                    std::span<char> space,
                                                                    std::chrono::seconds deadline) {
  parser.get().body() = {.data = space.data(), .size = space.size(), .more = true};
  expire(stream, deadline);
  auto [ec, read] = co_await http::async_read_some(stream, buffer, parser, kNoThrow);
  if (ec == http::error::need_buffer) ec = {};
  co_return std::pair{ec, std::string_view(space.data(), space.size() - parser.get().body().size)};
}

/// Ends a connection so that its peer gets what was written: a close with bytes unread would reset
/// the connection and take the last page with it.
template <class Stream>
asio::awaitable<void> close_orderly(Stream& stream) {
  auto& lowest = beast::get_lowest_layer(stream);
  if constexpr (std::is_same_v<Stream, TlsStream>) {
    lowest.expires_after(kCloseDeadline);
    co_await stream.async_shutdown(kNoThrow);
  }
  error_code ec;
  lowest.socket().shutdown(tcp::socket::shutdown_send, ec);
  lowest.expires_after(kCloseDeadline);
  std::array<char, 16384> rest;
  while (!ec) {
    const auto [ended, got] = co_await lowest.async_read_some(asio::buffer(rest), kNoThrow);
    ec = ended;
  }
}

}  // namespace huxin::watch
