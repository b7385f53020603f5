#include "agent/watch/network/connection.hpp"

#include <fnmatch.h>
#include <openssl/err.h>

#include "agent/watch/network/client_hello.hpp"
#include "agent/watch/network/http_session.hpp"
#include "agent/watch/network/original_destination.hpp"
#include "agent/watch/network/tunnel.hpp"

namespace huxin::watch {
namespace {

using namespace std::chrono_literals;

constexpr auto kSniffDeadline =
    5s;  ///< a client silent this long waits for the server to speak first
constexpr auto kHandshakeDeadline = 20s;

/// One connection before it is known what it speaks.
struct Opened {
  std::unique_ptr<PlainStream> client;
  beast::flat_buffer buffer;  ///< what the client said so far
  Endpoint server;
  wire::Flow flow;
};

ByteView view(const beast::flat_buffer& buffer) {
  return {static_cast<const std::uint8_t*>(buffer.data().data()), buffer.size()};
}

/// Reads until the opening is clear. Fails only when the client is gone.
asio::awaitable<std::optional<Sniffed>> sniff_opening(Opened& opened) {
  opened.client->expires_after(kSniffDeadline);
  for (;;) {
    auto sniffed = sniff(view(opened.buffer));
    if (sniffed.opening != Opening::kNeedMore) co_return sniffed;
    // A timed-out Beast stream is closed; a silent client is to be served on, so it is only asked
    // whether there is something to read.
    asio::steady_timer silence(opened.client->get_executor(), kSniffDeadline);
    using namespace asio::experimental::awaitable_operators;
    const auto first =
        co_await (opened.client->socket().async_wait(tcp::socket::wait_read, kNoThrow) ||
                  silence.async_wait(kNoThrow));
    if (first.index() == 1) co_return Sniffed{Opening::kUnknown, {}};
    const auto [ec, got] =
        co_await opened.client->async_read_some(opened.buffer.prepare(16384), kNoThrow);
    if (ec) co_return std::nullopt;
    opened.buffer.commit(got);
  }
}

bool is_tunnel_host(const wire::Config& config, const std::string& host) {
  return std::ranges::any_of(config.tunnel_hosts(), [&](const std::string& glob) {
    return ::fnmatch(glob.c_str(), host.c_str(), FNM_CASEFOLD | FNM_NOESCAPE) == 0;
  });
}

/// Passes a connection on unread, if the policy lets what cannot be inspected for `reason` pass.
asio::awaitable<void> pass_unread(WorkerContext& context, Opened opened, std::string reason) {
  context.link.report(opened.flow, reason);
  wire::VerdictRequest asked;
  *asked.mutable_flow() = opened.flow;
  asked.set_method("connect");
  asked.set_coverage_reason(reason);
  const Judgement judgement = co_await context.link.judge(std::move(asked), -1);
  auto upstream = judgement.block ? Dialed<PlainStream>{} : co_await dial(opened.server);
  if (!upstream.stream) {
    error_code ignored;
    opened.client->socket().set_option(asio::socket_base::linger(true, 0), ignored);
    co_return;  // closes with a reset
  }
  upstream.stream->expires_after(kHandshakeDeadline);
  const auto [ec, sent] =
      co_await asio::async_write(*upstream.stream, opened.buffer.data(), kNoThrow);
  if (!ec) co_await join(*opened.client, *upstream.stream);
}

asio::awaitable<void> serve_http(WorkerContext& context, Opened opened) {
  HttpSession<PlainStream> session(context, opened.flow, std::move(opened.client),
                                   std::move(opened.buffer), nullptr,
                                   [server = opened.server] { return dial(server); });
  co_await session.run();
}

/// Did the client refuse the certificate it was shown? (Alerts of RFC 8446, 6.2.)
bool is_refusal_of_certificate(const error_code& ec) {
  if (ec.category() != asio::error::get_ssl_category()) return false;
  switch (ERR_GET_REASON(static_cast<unsigned long>(ec.value()))) {
    case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE:
    case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
    case SSL_R_TLSV1_ALERT_UNKNOWN_CA:
    case SSL_R_TLSV1_ALERT_ACCESS_DENIED:
      return true;
    default:
      return false;
  }
}

/// Takes the client's handshake, with a certificate for `host`; nullptr: it failed, and why is
/// told.
asio::awaitable<std::unique_ptr<TlsStream>> accept_tls(WorkerContext& context, Opened& opened,
                                                       asio::ssl::context& leaf) {
  auto client = std::make_unique<TlsStream>(std::move(*opened.client), leaf);
  client->next_layer().expires_after(kHandshakeDeadline);
  const auto [ec, used] = co_await client->async_handshake(asio::ssl::stream_base::server,
                                                           opened.buffer.data(), kNoThrow);
  if (!ec) co_return client;
  context.link.report(opened.flow, is_refusal_of_certificate(ec) ? "pinned_tls" : "tls_failed");
  co_return nullptr;
}

/// Why a server is not connected to, for the record.
std::string_view refusal_of(const Dialed<TlsStream>& upstream, bool tunnels) {
  if (tunnels) return "tunnel_host_unverified";
  return upstream.proven && upstream.wants_client_certificate ? "client_certificate"
                                                              : "upstream_refused";
}

asio::awaitable<void> serve_tls(WorkerContext& context, Opened opened, ClientHello hello) {
  const std::string host = hello.server_name.empty() ? opened.server.address : hello.server_name;
  opened.flow.set_tls(true);
  opened.flow.set_host(host);
  // The server first: only when its certificate is good is anything vouched for to the client, and
  // a name on the tunnel list must be shown by the server, not only said by the client.
  auto upstream = co_await dial_tls(context.upstream_tls, opened.server, host);
  const bool tunnels = is_tunnel_host(context.config, host);
  if (tunnels && upstream.proven) {
    upstream.stream.reset();
    co_return co_await pass_unread(context, std::move(opened), "tunnel_host");
  }
  if (!upstream.stream) {
    context.link.report(opened.flow, refusal_of(upstream, tunnels));
  }
  auto leaf = co_await context.leaves.context_for(host);
  if (!leaf) {
    context.link.report(opened.flow, "no_certificate");
    co_return;
  }
  auto client = co_await accept_tls(context, opened, **leaf);
  if (!client) co_return;
  std::string fault = std::move(upstream.fault);
  const bool reached = upstream.stream != nullptr;
  HttpSession<TlsStream> session(context, opened.flow, std::move(client), beast::flat_buffer(),
                                 std::move(upstream.stream),
                                 [&context, server = opened.server, host] {
                                   return dial_tls(context.upstream_tls, server, host);
                                 });
  co_await (reached ? session.run() : session.run_refusal(std::move(fault)));
}

}  // namespace

asio::awaitable<void> serve_connection(WorkerContext& context, tcp::socket socket) {
  const auto server = original_destination(socket.native_handle());
  const auto client = peer_endpoint(socket.native_handle());
  if (!server || !client) co_return;  // somebody connected to the worker's port itself
  error_code ignored;
  socket.set_option(tcp::no_delay(true), ignored);
  Opened opened{.client = std::make_unique<PlainStream>(std::move(socket)),
                .buffer = {},
                .server = *server,
                .flow = {}};
  opened.flow.set_client_address(client->address);
  opened.flow.set_client_port(client->port);
  opened.flow.set_server_address(server->address);
  opened.flow.set_server_port(server->port);
  auto sniffed = co_await sniff_opening(opened);
  if (!sniffed) co_return;
  switch (sniffed->opening) {
    case Opening::kTls:
      co_return co_await serve_tls(context, std::move(opened), std::move(sniffed->hello));
    case Opening::kHttp:
      co_return co_await serve_http(context, std::move(opened));
    default:
      co_return co_await pass_unread(context, std::move(opened), "unknown_protocol");
  }
}

}  // namespace huxin::watch
