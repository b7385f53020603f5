#include "certs/tls.hpp"

#include <openssl/ssl.h>

#include "certs/encoding.hpp"
#include "certs/host_name.hpp"
#include "policy/base/digest.hpp"

namespace huxin::certs {
namespace {

constexpr const char* kCiphers =
    "TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256";
constexpr const char* kGroups = "X25519:P-256";
constexpr int kDeepestChain = 3;
constexpr std::size_t kFingerprintSize = 16;

Status set_common(SSL_CTX* context) {
  SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(context, 0);
  SSL_CTX_set_options(context, SSL_OP_NO_TICKET | SSL_OP_NO_COMPRESSION);
  SSL_CTX_set_verify_depth(context, kDeepestChain);
  if (SSL_CTX_set_min_proto_version(context, TLS1_3_VERSION) != 1 ||
      SSL_CTX_set_max_proto_version(context, TLS1_3_VERSION) != 1 ||
      SSL_CTX_set_ciphersuites(context, kCiphers) != 1 ||
      SSL_CTX_set1_groups_list(context, kGroups) != 1) {
    return fail_openssl(Errc::kCrypto, "TLS context");
  }
  return {};
}

Status set_identity(SSL_CTX* context, const Identity& identity) {
  const Result<CertificatePtr> leaf = parse_certificate(identity.certificate);
  if (!leaf) return std::unexpected(leaf.error());
  const Result<CertificatesPtr> chain = parse_certificates(identity.chain);
  if (!chain) return std::unexpected(chain.error());
  const Result<KeyPtr> key = parse_private_key(identity.private_key);
  if (!key) return std::unexpected(key.error());
  if (SSL_CTX_use_cert_and_key(context, leaf->get(), key->get(), chain->get(), 1) != 1) {
    return fail_openssl(Errc::kInvalid, "certificate, chain and key do not belong together");
  }
  return {};
}

Status trust(SSL_CTX* context, X509* root) {
  if (X509_STORE_add_cert(SSL_CTX_get_cert_store(context), root) != 1) {
    return fail_openssl(Errc::kCrypto, "trust the root");
  }
  return {};
}

/// Where a context keeps the fingerprint that its verification needs; freed with the context.
int fingerprint_slot() {
  static const int slot = SSL_CTX_get_ex_new_index(
      0, nullptr, nullptr, nullptr, [](void*, void* kept, CRYPTO_EX_DATA*, int, long, void*) {
        delete static_cast<Bytes*>(kept);
      });
  return slot;
}

/// Looks among what the server sent for the root that the token names.
X509* find_pinned(STACK_OF(X509) * sent, const Bytes& fingerprint) {
  for (int i = 0; i < sk_X509_num(sent); ++i) {
    X509* const candidate = sk_X509_value(sent, i);
    const Result<Bytes> der = encode(candidate);
    if (!der) continue;
    const Digest digest = sha256(*der);
    if (equal_in_constant_time(ByteView(digest).first(fingerprint.size()), fingerprint))
      return candidate;
  }
  return nullptr;
}

/// Replaces OpenSSL's chain building only in where the trust comes from; the checks stay its own.
int verify_pinned(X509_STORE_CTX* verification, void* fingerprint) {
  X509* const root =
      find_pinned(X509_STORE_CTX_get0_untrusted(verification), *static_cast<Bytes*>(fingerprint));
  const CertificatesPtr trusted(sk_X509_new_null());
  if (root == nullptr || !trusted || sk_X509_push(trusted.get(), root) == 0) {
    X509_STORE_CTX_set_error(verification, X509_V_ERR_CERT_UNTRUSTED);
    return 0;
  }
  X509_up_ref(root);
  X509_STORE_CTX_set0_trusted_stack(verification, trusted.get());
  const int verified = X509_verify_cert(verification);
  X509_STORE_CTX_set0_trusted_stack(verification, nullptr);
  return verified;
}

}  // namespace

Status configure_server(SSL_CTX* context, const Identity& identity, ByteView root,
                        bool require_client) {
  if (Status common = set_common(context); !common) return common;
  if (Status own = set_identity(context, identity); !own) return own;
  const Result<CertificatePtr> anchor = parse_certificate(root);
  if (!anchor) return std::unexpected(anchor.error().within("root"));
  if (Status trusted = trust(context, anchor->get()); !trusted) return trusted;
  if (SSL_CTX_add_client_CA(context, anchor->get()) != 1 ||
      SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_CLIENT) != 1) {
    return fail_openssl(Errc::kCrypto, "TLS context");
  }
  SSL_CTX_set_verify(
      context, SSL_VERIFY_PEER | (require_client ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nullptr);
  return {};
}

Status configure_client(SSL_CTX* context, const Identity* identity, ByteView root) {
  if (Status common = set_common(context); !common) return common;
  if (identity != nullptr) {
    if (Status own = set_identity(context, *identity); !own) return own;
  }
  const Result<CertificatePtr> anchor = parse_certificate(root);
  if (!anchor) return std::unexpected(anchor.error().within("root"));
  if (Status trusted = trust(context, anchor->get()); !trusted) return trusted;
  if (SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER) != 1) {
    return fail_openssl(Errc::kCrypto, "TLS context");
  }
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return {};
}

Status configure_enrolment(SSL_CTX* context, ByteView root_fingerprint) {
  if (root_fingerprint.size() != kFingerprintSize) {
    return fail(Errc::kInvalid, "a root fingerprint has {} bytes", kFingerprintSize);
  }
  if (Status common = set_common(context); !common) return common;
  auto kept = std::make_unique<Bytes>(root_fingerprint.begin(), root_fingerprint.end());
  if (SSL_CTX_set_purpose(context, X509_PURPOSE_SSL_SERVER) != 1 ||
      SSL_CTX_set_ex_data(context, fingerprint_slot(), kept.get()) != 1) {
    return fail_openssl(Errc::kCrypto, "TLS context");
  }
  SSL_CTX_set_cert_verify_callback(context, verify_pinned, kept.release());
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  return {};
}

Status expect_host(SSL* connection, std::string_view host) {
  const Result<HostName> name = parse_host_name(host);
  if (!name) return std::unexpected(name.error());
  X509_VERIFY_PARAM* const expected = SSL_get0_param(connection);
  X509_VERIFY_PARAM_set_hostflags(
      expected, X509_CHECK_FLAG_NO_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  const bool set =
      name->address.empty()
          ? X509_VERIFY_PARAM_set1_host(expected, name->text.data(), name->text.size()) == 1 &&
                SSL_set_tlsext_host_name(connection, name->text.c_str()) == 1
          : X509_VERIFY_PARAM_set1_ip(expected, name->address.data(), name->address.size()) == 1;
  if (!set) return fail_openssl(Errc::kCrypto, "expected host");
  return {};
}

}  // namespace huxin::certs
