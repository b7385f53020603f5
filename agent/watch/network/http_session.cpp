#include "agent/watch/network/http_session.hpp"

#include <sstream>

#include "agent/watch/network/tunnel.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;

constexpr std::uint32_t kMaxHead = 64 * 1024;
constexpr auto kHeadDeadline = 30s;       ///< first request of a connection
constexpr auto kIdleDeadline = 120s;      ///< between requests
constexpr auto kPieceDeadline = 60s;      ///< each read or write of a body
constexpr auto kResponseDeadline = 300s;  ///< until the server begins to answer
constexpr auto kStreamDeadline = 600s;    ///< silence within a response: long polls, event streams
constexpr auto kCloseDeadline = 2s;

constexpr std::string_view kBlockedZh = "本次发送包含受保护的客户信息，已被安全策略阻止。";
constexpr std::string_view kBlockedEn =
    "This upload holds protected customer information and was blocked by policy.";

std::string_view view(boost::core::string_view text) { return {text.data(), text.size()}; }

template <class Header>
std::string to_text(const Header& header) {
  std::ostringstream text;
  text << header;
  return std::move(text).str();
}

template <class Stream>
void expire(Stream& stream, std::chrono::seconds after) {
  beast::get_lowest_layer(stream).expires_after(after);
}

/// Is this the parser's judgement on what was sent, not the connection's end?
bool is_http_fault(const error_code& ec) {
  return ec.category() == http::make_error_code(http::error::bad_method).category() &&
         ec != http::error::end_of_stream && ec != http::error::partial_message;
}

bool wants_upgrade(const http::request_header<>& head) {
  return http::token_list(head[http::field::connection]).exists("upgrade") &&
         head.count(http::field::upgrade) != 0;
}

/// The head as the server gets it: what concerned this connection only is out, and the length is
/// the one meaning the body has after holding.
http::request_header<> forwarded_head(const http::request_header<>& head, const HeldBody& body,
                                      bool whole) {
  http::request_header<> forwarded = head;
  forwarded.erase(http::field::expect);
  // HTTP/2 over an upgraded connection would pass unread.
  if (beast::iequals(forwarded[http::field::upgrade], "h2c")) {
    forwarded.erase(http::field::upgrade);
    forwarded.erase(http::field::http2_settings);
  }
  if (whole && (forwarded.count(http::field::transfer_encoding) != 0)) {
    forwarded.erase(http::field::transfer_encoding);
    forwarded.erase(http::field::trailer);
    forwarded.set(http::field::content_length, std::to_string(body.size()));
  }
  return forwarded;
}

}  // namespace

template <class Stream>
HttpSession<Stream>::HttpSession(WorkerContext& context, wire::Flow flow,
                                 std::unique_ptr<Stream> client, beast::flat_buffer read_ahead,
                                 std::unique_ptr<Stream> upstream, Dial dial)
    : context_(context),
      flow_(std::move(flow)),
      client_(std::move(client)),
      upstream_(std::move(upstream)),
      client_buffer_(std::move(read_ahead)),
      dial_(std::move(dial)) {}

template <class Stream>
asio::awaitable<void> HttpSession<Stream>::run() {
  Next next = Next::kAnotherRequest;
  while (next == Next::kAnotherRequest) {
    next = co_await exchange();
    first_ = false;
  }
  if (next == Next::kClose) co_await close();
}

template <class Stream>
asio::awaitable<void> HttpSession<Stream>::run_refusal(std::string fault) {
  RequestParser parser;
  if (!co_await read_head(parser)) co_return;
  co_await refuse(502, "无法安全地连接目标服务器：" + fault,
                  "The server could not be reached safely: " + fault);
  co_await close();
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
    co_return co_await refuse(503, "资源不足，请稍后再试。", "Out of resources; please try again.");
  const Held held = co_await hold(parser, *body);
  if (held == Held::kBroken || !co_await may_leave(parser, *body, held)) co_return Next::kClose;
  if (!co_await connect()) co_return Next::kClose;
  // A server may answer, and close, before it has read everything: its answer counts.
  static_cast<void>(co_await forward(parser, *body));
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
    co_await refuse(431, "请求头过大。", "The request header is too large.");
  } else if (is_http_fault(ec)) {
    context_.link.report(flow_, "malformed_http");
    co_await refuse(400, "请求格式错误。", "The request is malformed: " + ec.message());
  }
  co_return false;
}

/// Refuses heads with two meanings, and a request for another host than the one TLS vouched for.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::admit(const http::request_header<>& head) {
  const std::string host = host_of(head);
  auto fault = fault_of(head);
  if (!fault && flow_.tls() && !flow_.host().empty() && host != flow_.host()) {
    fault = RequestFault{421, "Host is not the host of this TLS connection"};
  }
  if (fault) {
    context_.link.report(flow_, "malformed_http");
    co_await refuse(fault->status, "请求被拒绝：格式不合规范。",
                    "The request was refused: " + fault->reason);
    co_return false;
  }
  if (!flow_.tls()) flow_.set_host(host);
  method_ = view(head.method_string());
  target_ = split_target(view(head.target()));
  co_return true;
}

template <class Stream>
auto HttpSession<Stream>::hold(RequestParser& parser, HeldBody& body) -> asio::awaitable<Held> {
  const std::uint64_t limit = context_.config.hold_limit();
  const bool too_long = parser.content_length().value_or(0) > limit;
  if (too_long && context_.config.fail_closed()) co_return Held::kPart;
  if (beast::iequals(parser.get()[http::field::expect], "100-continue") && !parser.is_done()) {
    if (!co_await write(*client_, asio::buffer(std::string_view("HTTP/1.1 100 Continue\r\n\r\n"))))
      co_return Held::kBroken;
  }
  std::array<std::uint8_t, 65536> piece;
  while (!parser.is_done()) {
    if (body.size() >= limit || context_.held >= context_.config.hold_total())
      co_return Held::kPart;
    const std::size_t room = std::min<std::uint64_t>(piece.size(), limit - body.size());
    parser.get().body() = {.data = piece.data(), .size = room, .more = true};
    expire(*client_, kPieceDeadline);
    auto [ec, got] = co_await http::async_read_some(*client_, client_buffer_, parser, kNoThrow);
    if (ec == http::error::need_buffer) ec = {};
    if (is_http_fault(ec)) co_await refuse(400, "请求格式错误。", "The request is malformed.");
    if (ec || !body.append(ByteView(piece).first(room - parser.get().body().size)))
      co_return Held::kBroken;
  }
  co_return Held::kWhole;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::may_leave(RequestParser& parser, HeldBody& body,
                                                     Held held) {
  if (!body.seal()) co_return false;
  if (wants_upgrade(parser.get()) && !beast::iequals(parser.get()[http::field::upgrade], "h2c")) {
    wire::VerdictRequest asked = question(nullptr);
    asked.set_coverage_reason("websocket");
    context_.link.report(flow_, "websocket", target_.path);
    if (!co_await passes(std::move(asked), -1)) co_return false;
  }
  if (!target_.query.empty() && !co_await query_may_leave()) co_return false;
  if (body.size() == 0 && held == Held::kWhole) co_return true;
  co_return co_await body_may_leave(parser, body, held);
}

/// A body in a known encoding is judged decoded; one that is not wholly there, or cannot be
/// decoded, is judged as far as it goes, with the reason.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::body_may_leave(RequestParser& parser, HeldBody& body,
                                                          Held held) {
  const http::request_header<>& head = parser.get();
  wire::VerdictRequest asked = question(&head);
  if (held == Held::kPart) asked.set_coverage_reason("too_large");
  std::string encoding(view(head[http::field::content_encoding]));
  std::ranges::transform(encoding, encoding.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
  });
  std::optional<HeldBody> decoded;
  if (!encoding.empty() && encoding != "identity" && held == Held::kWhole) {
    const DecodeLimits limits{.max_output = context_.config.hold_limit()};
    auto result = decode_body(body, encoding, limits, context_.held);
    if (result) {
      decoded.emplace(std::move(*result));
    } else {
      asked.set_coverage_reason(result.error().code == Errc::kUnsupported
                                    ? "encoded"
                                    : std::string(to_string(result.error().code)));
    }
    if (decoded && !decoded->seal()) co_return false;
  }
  if (!asked.coverage_reason().empty()) {
    context_.link.report(flow_, asked.coverage_reason(), target_.path);
    if (context_.config.fail_closed()) {
      co_await refuse(403, "内容无法完整检查，已按策略阻止。",
                      "The content could not be inspected whole and was blocked by policy.");
      co_return false;
    }
  }
  co_return co_await passes(std::move(asked), decoded ? decoded->fd() : body.fd());
}

/// A query is content too: a form sent in the address.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::query_may_leave() {
  auto query = HeldBody::make(context_.held);
  if (!query || !query->append(as_bytes(target_.query)) || !query->seal()) co_return false;
  wire::VerdictRequest asked = question(nullptr);
  asked.set_content_type("application/x-www-form-urlencoded");
  co_return co_await passes(std::move(asked), query->fd());
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::passes(wire::VerdictRequest request, int body) {
  const Judgement judgement = co_await context_.link.judge(std::move(request), body);
  if (!judgement.block) co_return true;
  co_await refuse(403, judgement.reason_zh.empty() ? std::string(kBlockedZh) : judgement.reason_zh,
                  judgement.reason_en.empty() ? std::string(kBlockedEn) : judgement.reason_en);
  co_return false;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::connect() {
  if (upstream_ && !is_stale(*upstream_)) co_return true;
  auto dialed = co_await dial_();
  upstream_ = std::move(dialed.stream);
  upstream_buffer_.clear();
  if (upstream_) co_return true;
  co_await refuse(502, "无法连接目标服务器：" + dialed.fault,
                  "The server could not be reached: " + dialed.fault);
  co_return false;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::forward(RequestParser& parser, const HeldBody& body) {
  const bool whole = parser.is_done();
  const std::string head = to_text(forwarded_head(parser.get().base(), body, whole));
  if (!co_await write(*upstream_, asio::buffer(head))) co_return false;
  const bool chunked = !whole && parser.chunked();
  std::array<std::uint8_t, 65536> piece;
  for (std::uint64_t offset = 0; offset < body.size();) {
    const auto got = body.read(offset, piece);
    if (!got || *got == 0) co_return false;
    if (!co_await write_piece(*upstream_, as_text(ByteView(piece).first(*got)), chunked))
      co_return false;
    offset += *got;
  }
  co_return whole || co_await forward_rest(parser, chunked);
}

/// Streams on what was too much to hold, after its beginning may pass.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::forward_rest(RequestParser& parser, bool chunked) {
  std::array<std::uint8_t, 65536> piece;
  while (!parser.is_done()) {
    parser.get().body() = {.data = piece.data(), .size = piece.size(), .more = true};
    expire(*client_, kPieceDeadline);
    auto [ec, read] = co_await http::async_read_some(*client_, client_buffer_, parser, kNoThrow);
    if (ec && ec != http::error::need_buffer) co_return false;
    const std::size_t got = piece.size() - parser.get().body().size;
    if (got != 0 && !co_await write_piece(*upstream_, as_text(ByteView(piece).first(got)), chunked))
      co_return false;
  }
  if (chunked) co_return co_await write(*upstream_, asio::buffer(std::string_view("0\r\n\r\n")));
  co_return true;
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
    if (ec && !first_) co_return Next::kClose;  // as a server that closes an idle connection
    if (ec)
      co_return co_await refuse(502, "目标服务器没有正确应答。",
                                "The server did not answer properly: " + ec.message());
    const unsigned status = parser.get().result_int();
    if (!co_await write(*client_, asio::buffer(to_text(parser.get().base()))))
      co_return Next::kClose;
    if (status == 101) {
      if (client_buffer_.size() != 0 && !co_await write(*upstream_, client_buffer_.data()))
        co_return Next::kClose;
      if (upstream_buffer_.size() != 0 && !co_await write(*client_, upstream_buffer_.data()))
        co_return Next::kClose;
      co_await join_until_either_ends(*client_, *upstream_);
      co_return Next::kClose;
    }
    if (status < 200) continue;
    const bool whole = co_await relay_body(parser);
    const bool reusable = whole && request.is_done() && request.keep_alive() &&
                          parser.keep_alive() && !parser.need_eof();
    // A response cut short must look cut short to the client: no orderly end of TLS.
    co_return reusable ? Next::kAnotherRequest : whole ? Next::kClose : Next::kAbort;
  }
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::relay_body(ResponseParser& parser) {
  const bool chunked = parser.chunked() && !parser.is_done();
  std::array<std::uint8_t, 65536> piece;
  while (!parser.is_done()) {
    parser.get().body() = {.data = piece.data(), .size = piece.size(), .more = true};
    expire(*upstream_, kStreamDeadline);
    auto [ec, read] =
        co_await http::async_read_some(*upstream_, upstream_buffer_, parser, kNoThrow);
    if (ec && ec != http::error::need_buffer) co_return false;
    const std::size_t got = piece.size() - parser.get().body().size;
    if (got != 0 && !co_await write_piece(*client_, as_text(ByteView(piece).first(got)), chunked))
      co_return false;
  }
  if (chunked) co_return co_await write(*client_, asio::buffer(std::string_view("0\r\n\r\n")));
  co_return true;
}

/// CONNECT: the server is a proxy, and what follows is not for us to read. The policy decides.
template <class Stream>
auto HttpSession<Stream>::open_tunnel(const http::request_header<>& head) -> asio::awaitable<Next> {
  wire::VerdictRequest asked = question(nullptr);
  asked.set_coverage_reason("proxy_connect");
  context_.link.report(flow_, "proxy_connect", target_.path);
  if (context_.config.fail_closed()) {
    co_return co_await refuse(403, "策略不允许经代理建立隧道。",
                              "Tunnels through a proxy are not allowed by policy.");
  }
  if (!co_await passes(std::move(asked), -1) || !co_await connect()) co_return Next::kClose;
  if (!co_await write(*upstream_, asio::buffer(to_text(head)))) co_return Next::kClose;
  if (client_buffer_.size() != 0 && !co_await write(*upstream_, client_buffer_.data()))
    co_return Next::kClose;
  co_await join_until_either_ends(*client_, *upstream_);
  co_return Next::kClose;
}

template <class Stream>
auto HttpSession<Stream>::refuse(unsigned status, std::string zh, std::string en)
    -> asio::awaitable<Next> {
  co_await write(*client_, asio::buffer(make_page(status, zh, en)));
  co_return Next::kClose;
}

template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::write(Stream& stream, asio::const_buffer bytes) {
  expire(stream, kPieceDeadline);
  const auto [ec, sent] = co_await asio::async_write(stream, bytes, kNoThrow);
  co_return !ec;
}

/// Writes a piece of a body, as a chunk if the body is chunked.
template <class Stream>
asio::awaitable<bool> HttpSession<Stream>::write_piece(Stream& stream, std::string_view bytes,
                                                       bool chunked) {
  if (!chunked) co_return co_await write(stream, asio::buffer(bytes));
  const std::string chunk = fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
  co_return co_await write(stream, asio::buffer(chunk));
}

/// Ends the connection so that the client gets what was written: a close with bytes unread would
/// reset the connection and take the page with it.
template <class Stream>
asio::awaitable<void> HttpSession<Stream>::close() {
  auto& socket = beast::get_lowest_layer(*client_);
  if constexpr (std::is_same_v<Stream, TlsStream>) {
    socket.expires_after(kCloseDeadline);
    co_await client_->async_shutdown(kNoThrow);
  }
  error_code ec;
  socket.socket().shutdown(tcp::socket::shutdown_send, ec);
  socket.expires_after(kCloseDeadline);
  std::array<char, 16384> rest;
  while (!ec) {
    const auto [ended, got] = co_await socket.async_read_some(asio::buffer(rest), kNoThrow);
    ec = ended;
  }
}

template <class Stream>
wire::VerdictRequest HttpSession<Stream>::question(const http::request_header<>* head) const {
  wire::VerdictRequest asked;
  *asked.mutable_flow() = flow_;
  asked.set_method(printable(method_, 32));
  asked.set_path(target_.path);
  if (head != nullptr)
    asked.set_content_type(printable(view((*head)[http::field::content_type]), 512));
  return asked;
}

template class HttpSession<PlainStream>;
template class HttpSession<TlsStream>;

}  // namespace huxin::watch
