#pragma once
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

struct ssl_ctx_st;
struct x509_st;

namespace huxin::certs {

/// Certificate, chain and key of one side.
struct Identity {
  Bytes certificate;   ///< DER
  Bytes chain;         ///< DER, concatenated
  Secret private_key;  ///< PKCS#8 DER
};

/// Sets a context up as the collector's: TLS 1.3 only, client certificates checked against `root`
/// when shown; `require_client` refuses peers without one.
Status configure_server(ssl_ctx_st* context, const Identity& identity, ByteView root,
                        bool require_client);
/// Sets a context up as a terminal's: TLS 1.3 only, the server's chain checked against `root`;
/// `identity` may be null (enrolment).
Status configure_client(ssl_ctx_st* context, const Identity* identity, ByteView root);

/// The common name of a certificate (the terminal id), and its SHA-256 as hex.
std::string common_name(x509_st* certificate);
std::string certificate_sha256(x509_st* certificate);

}  // namespace huxin::certs
