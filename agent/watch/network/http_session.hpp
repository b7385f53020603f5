#pragma once
#include <functional>

#include "agent/watch/network/upload_gate.hpp"
#include "agent/watch/network/worker_context.hpp"

namespace huxin::watch {

/// Serves the requests of one client connection, one after the other: holds each request's body,
/// asks for a verdict, and only then lets the server see it. Responses pass as they come.
///
/// Stream is PlainStream or TlsStream, the same on both sides. Run once; every await has a
/// deadline.
///
/// A head takes at most 64 KiB. A body beyond hold_limit, or beyond hold_total together with all
/// others, goes on in parts of 4 MiB, each judged together with those before it and sent once the
/// next one was; a refusal cuts both connections, and what had left has left. What cannot be judged
/// in parts is judged by its beginning ("too_large") and streamed on if that may pass. Under
/// fail_closed either is refused. Trailers are dropped, and h2c upgrades taken out, since nobody
/// would judge them. Under TLS a request for another host than the one the certificate is for is
/// refused (421).
template <class Stream>
class HttpSession {
 public:
  using Dial = std::function<asio::awaitable<Dialed<Stream>>()>;

  /// `upstream` may be null: the server is then dialled when the first request may pass.
  /// `read_ahead`: what was read of the client before.
  HttpSession(WorkerContext& context, wire::Flow flow, std::unique_ptr<Stream> client,
              beast::flat_buffer read_ahead, std::unique_ptr<Stream> upstream, Dial dial);

  /// Until either side ends, a refusal, or a response that cannot be followed by another.
  asio::awaitable<void> run();
  /// Answers the first request with a page that says why the server cannot be reached.
  asio::awaitable<void> run_refusal(std::string fault);

 private:
  using RequestParser = http::request_parser<http::buffer_body>;
  using ResponseParser = http::response_parser<http::buffer_body>;
  /// How far holding a body got.
  enum class Held : std::uint8_t { kWhole, kPart, kBroken };
  /// How sending a body in parts ended. kRest: what is left may pass unasked.
  enum class Parts : std::uint8_t { kRest, kBroken, kRefused };
  /// What follows an exchange. kAbort: what the client got is cut short and must look so.
  enum class Next : std::uint8_t { kAnotherRequest, kClose, kAbort };

  asio::awaitable<Next> exchange();
  /// False, here and below: the connection is over, and the client was told if it could be.
  asio::awaitable<bool> read_head(RequestParser& parser);
  asio::awaitable<bool> admit(const http::request_header<>& head);
  asio::awaitable<Held> hold(RequestParser& parser, HeldBody& body);
  /// Has the upload judged; a refused one gets its page.
  asio::awaitable<bool> may_leave(const http::request_header<>& head, HeldBody& body, bool whole);
  asio::awaitable<bool> connect();
  /// False: the rest was refused, and the client has its page.
  asio::awaitable<bool> forward(RequestParser& parser, const http::request_header<>& head,
                                const HeldBody& body);
  /// False, here and below: the server takes no more, or nothing more comes.
  asio::awaitable<bool> send_body(const HeldBody& body, bool chunked);
  asio::awaitable<bool> forward_rest(RequestParser& parser, bool chunked);
  /// The beginning of a body, and what follows it for as long as its parts are asked about.
  asio::awaitable<Parts> forward_parts(RequestParser& parser, const http::request_header<>& head,
                                       const HeldBody& body, bool chunked);
  asio::awaitable<Held> hold_part(RequestParser& parser, HeldBody& part);
  asio::awaitable<Next> relay(RequestParser& request);
  asio::awaitable<bool> relay_body(ResponseParser& parser);
  asio::awaitable<Next> open_tunnel(const http::request_header<>& head);
  asio::awaitable<Next> tunnel();
  asio::awaitable<Next> refuse(Refusal refusal);

  WorkerContext& context_;
  UploadGate gate_;
  wire::Flow flow_;
  std::unique_ptr<Stream> client_, upstream_;
  beast::flat_buffer client_buffer_, upstream_buffer_;
  Dial dial_;
  bool first_ = true;
};

}  // namespace huxin::watch
