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
template <class Stream>
class HttpSession {
 public:
  using Dial = std::function<asio::awaitable<Dialed<Stream>>()>;

  /// `upstream` may be null: the server is then dialled when the first request may pass.
  HttpSession(WorkerContext& context, wire::Flow flow, std::unique_ptr<Stream> client,
              beast::flat_buffer read_ahead, std::unique_ptr<Stream> upstream, Dial dial);

  asio::awaitable<void> run();
  /// Answers the first request with a page that says why the server cannot be reached.
  asio::awaitable<void> run_refusal(std::string fault);

 private:
  using RequestParser = http::request_parser<http::buffer_body>;
  using ResponseParser = http::response_parser<http::buffer_body>;
  /// How far holding a body got.
  enum class Held : std::uint8_t { kWhole, kPart, kBroken };
  /// What follows an exchange. kAbort: what the client got is cut short and must look so.
  enum class Next : std::uint8_t { kAnotherRequest, kClose, kAbort };

  asio::awaitable<Next> exchange();
  asio::awaitable<bool> read_head(RequestParser& parser);
  asio::awaitable<bool> admit(const http::request_header<>& head);
  asio::awaitable<Held> hold(RequestParser& parser, HeldBody& body);
  asio::awaitable<bool> may_leave(const http::request_header<>& head, HeldBody& body, bool whole);
  asio::awaitable<bool> connect();
  asio::awaitable<bool> forward(RequestParser& parser, const http::request_header<>& head,
                                const HeldBody& body);
  asio::awaitable<bool> forward_rest(RequestParser& parser, bool chunked);
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
