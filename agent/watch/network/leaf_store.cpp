#include "agent/watch/network/leaf_store.hpp"

#include <openssl/ec.h>
#include <openssl/x509.h>

#include <stdexcept>

namespace huxin::watch {
namespace {

constexpr std::size_t kMaxHosts = 500;
constexpr auto kMaxAge = std::chrono::hours(24);

/// Agrees on http/1.1 when the client offers it; otherwise on nothing, which means the same.
int choose_protocol(SSL*, const unsigned char** chosen, unsigned char* length,
                    const unsigned char* offered, unsigned int offered_length, void*) {
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  unsigned char* picked = nullptr;
  if (SSL_select_next_proto(&picked, length, kHttp11, 9, offered, offered_length) !=
      OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_NOACK;
  }
  *chosen = picked;
  return SSL_TLSEXT_ERR_OK;
}

}  // namespace

LeafStore::LeafStore(GuardianLink& link) : link_(link), key_(EVP_EC_gen("P-256"), &EVP_PKEY_free) {
  unsigned char* der = nullptr;
  const int length = key_ ? i2d_PUBKEY(key_.get(), &der) : -1;
  if (length <= 0) throw std::runtime_error("the worker's key could not be made");
  public_key_.assign(reinterpret_cast<const char*>(der), static_cast<std::size_t>(length));
  OPENSSL_free(der);
}

asio::awaitable<Result<std::shared_ptr<asio::ssl::context>>> LeafStore::context_for(
    std::string host) {
  const auto now = std::chrono::steady_clock::now();
  const auto kept = std::ranges::find(entries_, host, &Entry::host);
  if (kept != entries_.end()) {
    if (now - kept->made < kMaxAge) {
      entries_.splice(entries_.begin(), entries_, kept);
      co_return entries_.front().context;
    }
    entries_.erase(kept);
  }
  const auto certificate = co_await link_.leaf(host, public_key_);
  if (!certificate) co_return std::unexpected(certificate.error());
  auto context = make_context(*certificate);
  if (!context) co_return context;
  entries_.push_front({std::move(host), *context, now});
  if (entries_.size() > kMaxHosts) entries_.pop_back();
  co_return context;
}

Result<std::shared_ptr<asio::ssl::context>> LeafStore::make_context(
    const Bytes& certificate) const {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  SSL_CTX* native = context->native_handle();
  SSL_CTX_set_min_proto_version(native, TLS1_2_VERSION);
  SSL_CTX_set_options(native, SSL_OP_NO_RENEGOTIATION);
  // Sessions would outlive the certificate cache and save little on the loopback.
  SSL_CTX_set_session_cache_mode(native, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(native, 0);
  SSL_CTX_set_alpn_select_cb(native, choose_protocol, nullptr);
  if (SSL_CTX_use_certificate_ASN1(native, static_cast<int>(certificate.size()),
                                   certificate.data()) != 1 ||
      SSL_CTX_use_PrivateKey(native, key_.get()) != 1 || SSL_CTX_check_private_key(native) != 1) {
    return fail(Errc::kCrypto, "the guardian's certificate does not fit the worker's key");
  }
  return context;
}

}  // namespace huxin::watch
