#include "agent/watch/network/http_session.hpp"

#include <openssl/err.h>

#include "agent/watch/network/stream_io.hpp"
#include "agent/watch/network/tunnel.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kMaxHead = 64 * 1024;
constexpr auto kHeadDeadline = 30s;       ///< first request of a connection
constexpr auto kIdleDeadline = 120s;      ///< between requests
constexpr auto kResponseDeadline = 300s;  ///< until the server begins to answer
constexpr auto kStreamDeadline = 600s;    ///< silence within a response: long polls, event streams

/// Beast reads into what capacity a buffer has, and 512 bytes at a time into none: a TLS record and
/// a half keep a download at the link's speed.
constexpr std::size_t kReadAhead = 24 * 1024;

/// Of a body too large to hold: what is held at one time after its beginning.
constexpr std::uint64_t kPart = std::uint64_t{4} << 20U;

using Piece = std::array<char, 65536>;

/// Is this the parser's judgement on what was sent, not the connection's end?
bool is_http_fault(const error_code& ec) {
  return ec.category() == http::make_error_code(http::error::bad_method).category() &&
         ec != http::error::end_of_stream && ec != http::error::partial_message;
}

/// HTTP/2 over an upgraded connection would pass unread; a client goes on in HTTP/1.1 without it.
bool is_http2_upgrade(const http::request_header<>& head) {
  return beast::iequals(head[http::field::upgrade], "h2c");
}

bool wants_upgrade(const http::request_header<>& head) {
  return head.count(http::field::upgrade) != 0 && !is_http2_upgrade(head);
}

/// The head as the server gets it: what concerned the client's connection only is out, and the
/// length is the one meaning the body has after holding.
http::request_header<> forwarded_head(const http::request_header<>& head, const HeldBody& body,
                                      bool whole) {
  http::request_header<> forwarded = head;
  forwarded.erase(http::field::expect);
  forwarded.erase(http::field::trailer);  // trailers are dropped: nobody judged them
  if (is_http2_upgrade(forwarded)) {
    forwarded.erase(http::field::upgrade);
    forwarded.erase(http::field::http2_settings);
  }
  if (whole && forwarded.count(http::field::transfer_encoding) != 0) {
    forwarded.erase(http::field::transfer_encoding);
    forwarded.set(http::field::content_length, std::to_string(body.size()));
  }
  return forwarded;
}

/// Did the server end the connection because no client certificate came? In TLS 1.3 it says so only
/// after the handshake (RFC 8446, 6.2).
bool wants_certificate(const error_code& ec) {
  return ec.category() == asio::error::get_ssl_category() &&
         ERR_GET_REASON(static_cast<unsigned long>(ec.value())) ==
             SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED;
}

Refusal malformed(std::string_view why) {
  return {400, "请求被拒绝：格式不合规范。", fmt::format("The request was refused: {}", why)};
}

Refusal unreachable(std::string_view why) {
  return {502, fmt::format("无法安全地连接目标服务器：{}", why),
          fmt::format("The server could not be reached safely: {}", why)};
}

}  // namespace

template <class Stream>
HttpSession<Stream>::HttpSession(WorkerContext& context, wire::Flow flow,
                                 std::unique_ptr<Stream> client, beast::flat_buffer read_ahead,
                                 std::unique_ptr<Stream> upstream, Dial dial)
    : context_(context),
      gate_(context),
      flow_(std::move(flow)),
      client_(std::move(client)),
      upstream_(std::move(upstream)),
      client_buffer_(std::move(read_ahead)),
      dial_(std::move(dial)) {
  client_buffer_.reserve(kReadAhead);
  upstream_buffer_.reserve(kReadAhead);
}

template <class Stream>
asio::awaitable<void> HttpSession<Stream>::run() {
  Next next = Next::kAnotherRequest;
  while (next == Next::kAnotherRequest) {
    next = co_await exchange();
    first_ = false;
  }
  if (next == Next::kClose) co_await close_orderly(*client_);
}

template <class Stream>
asio::awaitable<void> HttpSession<Stream>::run_refusal(std::string fault) {
  RequestParser parser;
  if (!co_await read_head(parser)) co_return;
  co_await refuse(unreachable(fault));
  co_await close_orderly(*client_);
}

template <class Stream>
auto HttpSession<Stream>::exchange() -> asio::awaitable<Next> {
  RequestParser parser;
  if (!co_await read_head(parser)) co_return Next::kClose;
  const http::request_header<> head = parser.get().base();
  if (!co_await admit(head)) co_return Next::kClose;
  if (head.method() == http::verb::connect) co_return co_await open_tunnel(head);
  auto body = HeldBody::make(context_.held);
  if (!body)
    co_return co_await refuse(
        {503, "资源不足，请稍后再试。", "Out of resources; please try again."});
  const Held held = co_await hold(parser, *body);
  if (held == Held::kBroken || !co_await may_leave(head, *body, held == Held::kWhole))
    co_return Next::kClose;
  if (!co_await connect()) co_return Next::kClose;
  if (!co_await forward(parser, head, *body)) co_return Next::kClose;
  co_return co_await relay(parser);
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::read_head(RequestParser& parser) {
  parser.header_limit(kMaxHead);
  parser.body_limit(boost::none);
  expire(*client_, first_ ? kHeadDeadline : kIdleDeadline);
  const auto [ec, got] =
      co_await http::async_read_header(*client_, client_buffer_, parser, kNoThrow);
  if (!ec) co_return true;
  if (ec == http::error::header_limit) {
    co_await refuse({431, "请求头过大。", "The request header is too large."});
  } else if (is_http_fault(ec)) {
    context_.link.report(flow_, "malformed_http");
    co_await refuse(malformed(ec.message()));
  }
  co_return false;
}

/// Refuses heads with two meanings, and a request for another host than the one TLS vouched for:
/// the destination a rule sees is then the one the server proved to be. In plain HTTP it is what
/// the client says, and the guardian checks it.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::admit(const http::request_header<>& head) {
  const std::string host = host_of(head);
  auto fault = fault_of(head);
  if (!fault && flow_.tls() && host != flow_.host()) {
    fault = RequestFault{421, "Host is not the host of this TLS connection"};
  }
  if (fault) {
    context_.link.report(flow_, "malformed_http");
    Refusal refusal = malformed(fault->reason);
    refusal.status = fault->status;
    co_await refuse(std::move(refusal));
    co_return false;
  }
  if (!flow_.tls()) flow_.set_host(host);
  co_return true;
}

template <class Stream>
auto HttpSession<Stream>::hold(RequestParser& parser, HeldBody& body) -> asio::awaitable<Held> {
  const std::uint64_t limit = context_.config.hold_limit();
  // What will be refused anyway is not asked for.
  if (parser.content_length().value_or(0) > limit && context_.config.fail_closed())
    co_return Held::kPart;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue") && !parser.is_done()) {
    if (!co_await write_all(*client_, "HTTP/1.1 100 Continue\r\n\r\n")) co_return Held::kBroken;
  }
  Piece space;
  while (!parser.is_done()) {
    if (body.size() >= limit || context_.held >= context_.config.hold_total())
      co_return Held::kPart;
    const std::size_t room = std::min<std::uint64_t>(space.size(), limit - body.size());
    const auto [ec, piece] = co_await read_piece(*client_, client_buffer_, parser,
                                                 std::span(space).first(room), kPieceDeadline);
    if (is_http_fault(ec)) co_await refuse(malformed(ec.message()));
    if (ec || !body.append(as_bytes(piece))) co_return Held::kBroken;
  }
  co_return Held::kWhole;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::may_leave(const http::request_header<>& head,
                                                     HeldBody& body, bool whole) {
  UploadGate::Answer refused;
  if (wants_upgrade(head))
    refused = co_await gate_.check_unread(describe(flow_, head), "websocket");
  if (!refused) refused = co_await gate_.check(describe(flow_, head), body, whole);
  if (refused) co_await refuse(std::move(*refused));
  co_return !refused;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::connect() {
  if (upstream_ && !is_stale(beast::get_lowest_layer(*upstream_))) co_return true;
  auto dialed = co_await dial_();
  upstream_ = std::move(dialed.stream);
  upstream_buffer_.clear();
  if (!upstream_) co_await refuse(unreachable(dialed.fault));
  co_return upstream_ != nullptr;
}

/// Sends the head as it was admitted, not as the parser has it now: chunk trailers are fields
/// there. A server may answer, and close, before it has read everything: its answer counts.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::forward(RequestParser& parser,
                                                   const http::request_header<>& head,
                                                   const HeldBody& body) {
  const bool whole = parser.is_done();
  const bool chunked = !whole && parser.chunked();
  if (!co_await write_head(*upstream_, forwarded_head(head, body, whole))) co_return true;
  const Parts ended = co_await forward_parts(parser, head, body, chunked);
  if (ended == Parts::kRest && !whole) static_cast<void>(co_await forward_rest(parser, chunked));
  co_return ended != Parts::kRefused;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::send_body(const HeldBody& body, bool chunked) {
  std::array<std::uint8_t, 65536> space;
  for (std::uint64_t offset = 0; offset < body.size();) {
    const auto got = body.read(offset, space);
    if (!got || *got == 0) co_return false;
    if (!co_await write_piece(*upstream_, as_text(ByteView(space).first(*got)), chunked))
      co_return false;
    offset += *got;
  }
  co_return true;
}

/// Each part leaves once the one behind it was judged: until then up to a window of it was not
/// looked at. A part that cannot be held for want of room is the last one that is asked about.
template <class Stream>
auto HttpSession<Stream>::forward_parts(RequestParser& parser, const http::request_header<>& head,
                                        const HeldBody& body, bool chunked)
    -> asio::awaitable<Parts> {
  std::optional<HeldBody> judged;  // behind the body, not sent yet
  while (gate_.goes_on()) {
    auto part = HeldBody::make(context_.held);
    if (!part) co_return Parts::kBroken;
    const Held held = co_await hold_part(parser, *part);
    const bool room = held != Held::kPart || part->size() > 0;
    const std::string reason = held == Held::kBroken ? "incomplete" : room ? "" : "too_large";
    const bool last = held != Held::kPart || !room;
    auto refused = co_await gate_.check_part(describe(flow_, head), *part, last, reason);
    if (held == Held::kBroken) co_return Parts::kBroken;
    if (refused) {
      co_await refuse(std::move(*refused));
      co_return Parts::kRefused;
    }
    if (!co_await send_body(judged ? *judged : body, chunked)) co_return Parts::kBroken;
    judged = *std::move(part);
  }
  co_return co_await send_body(judged ? *judged : body, chunked) ? Parts::kRest : Parts::kBroken;
}

template <class Stream>
auto HttpSession<Stream>::hold_part(RequestParser& parser, HeldBody& part)
    -> asio::awaitable<Held> {
  Piece space;
  while (!parser.is_done()) {
    if (part.size() >= kPart || context_.held >= context_.config.hold_total())
      co_return Held::kPart;
    const std::size_t room = std::min<std::uint64_t>(space.size(), kPart - part.size());
    const auto [ec, piece] = co_await read_piece(*client_, client_buffer_, parser,
                                                 std::span(space).first(room), kPieceDeadline);
    if (ec || !part.append(as_bytes(piece))) co_return Held::kBroken;
  }
  co_return Held::kWhole;
}

/// Streams on what was too much to hold, after its beginning may pass.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::forward_rest(RequestParser& parser, bool chunked) {
  Piece space;
  while (!parser.is_done()) {
    const auto [ec, piece] =
        co_await read_piece(*client_, client_buffer_, parser, space, kPieceDeadline);
    if (ec || !co_await write_piece(*upstream_, piece, chunked)) co_return false;
  }
  co_return !chunked || co_await write_all(*upstream_, "0\r\n\r\n");
}

template <class Stream>
auto HttpSession<Stream>::relay(RequestParser& request) -> asio::awaitable<Next> {
  for (;;) {
    ResponseParser parser;
    parser.header_limit(kMaxHead);
    parser.body_limit(boost::none);
    parser.skip(request.get().method() == http::verb::head);
    expire(*upstream_, kResponseDeadline);
    const auto [ec, got] =
        co_await http::async_read_header(*upstream_, upstream_buffer_, parser, kNoThrow);
    if (wants_certificate(ec)) context_.link.report(flow_, "client_certificate");
    if (ec && !first_) co_return Next::kClose;  // as a server that closes an idle connection
    if (ec) co_return co_await refuse(unreachable(ec.message()));
    const unsigned status = parser.get().result_int();
    if (!co_await write_head(*client_, parser.get().base())) co_return Next::kAbort;
    if (status == 101) co_return co_await tunnel();
    if (status < 200) continue;
    if (!co_await relay_body(parser)) co_return Next::kAbort;
    const bool reusable =
        request.is_done() && request.keep_alive() && parser.keep_alive() && !parser.need_eof();
    co_return reusable ? Next::kAnotherRequest : Next::kClose;
  }
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::relay_body(ResponseParser& parser) {
  const bool chunked = parser.chunked() && !parser.is_done();
  Piece space;
  while (!parser.is_done()) {
    const auto [ec, piece] =
        co_await read_piece(*upstream_, upstream_buffer_, parser, space, kStreamDeadline);
    if (ec || !co_await write_piece(*client_, piece, chunked)) co_return false;
  }
  co_return !chunked || co_await write_all(*client_, "0\r\n\r\n");
}

/// CONNECT: the server is a proxy, and what follows is not for us to read. The policy decides.
template <class Stream>
auto HttpSession<Stream>::open_tunnel(const http::request_header<>& head) -> asio::awaitable<Next> {
  if (auto refused = co_await gate_.check_unread(describe(flow_, head), "proxy_connect")) {
    co_return co_await refuse(std::move(*refused));
  }
  if (context_.config.fail_closed()) {
    co_return co_await refuse(
        {403, "策略不允许经代理建立隧道。", "Tunnels through a proxy are not allowed by policy."});
  }
  if (!co_await connect() || !co_await write_head(*upstream_, head)) co_return Next::kClose;
  co_return co_await tunnel();
}

template <class Stream>
auto HttpSession<Stream>::tunnel() -> asio::awaitable<Next> {
  if (co_await write_rest(*upstream_, client_buffer_) &&
      co_await write_rest(*client_, upstream_buffer_)) {
    co_await join_until_either_ends(*client_, *upstream_);
  }
  co_return Next::kClose;
}

template <class Stream>
auto HttpSession<Stream>::refuse(Refusal refusal) -> asio::awaitable<Next> {
  const std::string page = make_page(refusal.status, refusal.zh, refusal.en);
  co_await write_all(*client_, page);
  co_return Next::kClose;
}

template class HttpSession<PlainStream>;
template class HttpSession<TlsStream>;

}  // namespace huxin::watch
