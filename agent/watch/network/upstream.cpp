#include "agent/watch/network/upstream.hpp"

#include <arpa/inet.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>

namespace huxin::watch {
namespace {

constexpr auto kConnectDeadline = std::chrono::seconds(20);

constexpr std::array<const char*, 4> kSystemAuthorities{
    "/etc/ssl/certs/ca-certificates.crt",  // Debian, UOS, Kylin desktop
    "/etc/pki/tls/certs/ca-bundle.crt",    // Kylin server, openEuler
    "/etc/ssl/cert.pem",
    "/etc/ssl/ca-bundle.pem",
};

/// Where a handshake notes that the server asked for a client certificate.
int asked_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

int note_certificate_request(SSL* ssl, X509**, EVP_PKEY**) {
  if (auto* asked = static_cast<bool*>(SSL_get_ex_data(ssl, asked_index()))) *asked = true;
  return 0;
}

bool is_address(const std::string& host) {
  in6_addr ignored{};
  return ::inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), &ignored) == 1;
}

/// Says whom to expect: SNI for names only (RFC 6066), the certificate check for both.
bool expect_host(SSL* ssl, const std::string& host) {
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  if (is_address(host))
    return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str()) == 1;
  return SSL_set1_host(ssl, host.c_str()) == 1 && SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

/// A handshake that fails only afterwards, for want of a client certificate, has proven this too.
bool has_proven_itself(SSL* ssl) {
  int signature = 0;
  return SSL_get0_peer_certificate(ssl) != nullptr && SSL_get_verify_result(ssl) == X509_V_OK &&
         SSL_get_peer_signature_nid(ssl, &signature) == 1;
}

std::string fault_of(SSL* ssl, const error_code& ec) {
  const long verified = SSL_get_verify_result(ssl);
  if (verified != X509_V_OK) return X509_verify_cert_error_string(verified);
  return ec.message();
}

}  // namespace

Result<asio::ssl::context> make_upstream_context(const std::string& extra_ca_file) {
  asio::ssl::context context(asio::ssl::context::tls_client);
  SSL_CTX* native = context.native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(native, kHttp11, 9);
  SSL_CTX_set_client_cert_cb(native, note_certificate_request);
  SSL_CTX_set_verify(native, SSL_VERIFY_PEER, nullptr);
  bool any = false;
  for (const char* file : kSystemAuthorities) {
    any = SSL_CTX_load_verify_file(native, file) == 1;
    if (any) break;
  }
  ERR_clear_error();
  if (!extra_ca_file.empty()) {
    if (SSL_CTX_load_verify_file(native, extra_ca_file.c_str()) != 1) {
      return fail(Errc::kInvalid, "no certificate authority could be read from {}", extra_ca_file);
    }
    any = true;
  }
  if (!any)
    return fail(Errc::kNotFound,
                "no certificate authorities on this system: install ca-certificates");
  return context;
}

asio::awaitable<Dialed<PlainStream>> dial(Endpoint server) {
  auto stream = std::make_unique<PlainStream>(co_await asio::this_coro::executor);
  error_code ec;
  const auto address = asio::ip::make_address(server.address, ec);
  if (ec) co_return Dialed<PlainStream>{.stream = nullptr, .fault = ec.message()};
  stream->expires_after(kConnectDeadline);
  const auto [failed] =
      co_await stream->async_connect(tcp::endpoint(address, server.port), kNoThrow);
  if (failed) co_return Dialed<PlainStream>{.stream = nullptr, .fault = failed.message()};
  stream->socket().set_option(tcp::no_delay(true), ec);
  co_return Dialed<PlainStream>{.stream = std::move(stream), .fault = {}};
}

asio::awaitable<Dialed<TlsStream>> dial_tls(asio::ssl::context& context, Endpoint server,
                                            std::string host) {
  auto plain = co_await dial(std::move(server));
  Dialed<TlsStream> dialed;
  dialed.fault = std::move(plain.fault);
  if (!plain.stream) co_return dialed;
  auto stream = std::make_unique<TlsStream>(std::move(*plain.stream), context);
  SSL* ssl = stream->native_handle();
  bool asked = false;
  SSL_set_ex_data(ssl, asked_index(), &asked);
  if (!expect_host(ssl, host)) {
    dialed.fault = "no usable host name";
    co_return dialed;
  }
  stream->next_layer().expires_after(kConnectDeadline);
  const auto [ec] = co_await stream->async_handshake(asio::ssl::stream_base::client, kNoThrow);
  SSL_set_ex_data(ssl, asked_index(), nullptr);
  dialed.wants_client_certificate = asked;
  dialed.proven = !ec || has_proven_itself(ssl);
  if (ec) {
    dialed.fault = fault_of(ssl, ec);
  } else {
    dialed.stream = std::move(stream);
  }
  co_return dialed;
}

bool is_stale(PlainStream& stream) {
  pollfd watched{.fd = stream.socket().native_handle(), .events = POLLRDHUP, .revents = 0};
  return ::poll(&watched, 1, 0) != 0;
}

}  // namespace huxin::watch
