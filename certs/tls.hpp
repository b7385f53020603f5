#pragma once
#include <string>
#include <string_view>

#include "certs/certificate.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

struct ssl_ctx_st;
struct ssl_st;
struct x509_st;

namespace huxin::certs {

// Every context speaks TLS 1.3 only, with AES-GCM or ChaCha20-Poly1305 over X25519 or P-256,
// without resumption and early data: each connection proves itself anew, so that a revocation bites
// at the next one. The time is the machine's. Contexts copy what they are given.

/// Sets a context up as the collector's: client certificates are checked against `root` when shown;
/// `require_client` refuses peers without one. kInvalid, here and below: certificate, chain and key
/// do not belong together, or do not parse. Revocation is the caller's to check, by terminal id and
/// SHA-256.
Status configure_server(ssl_ctx_st* context, const Identity& identity, ByteView root,
                        bool require_client);

/// Sets a context up as a terminal's: the server's chain is checked against `root`. The caller
/// names the host with expect_host before the handshake. `identity` may be null. Null: this side
/// shows no certificate.
Status configure_client(ssl_ctx_st* context, const Identity* identity, ByteView root);

/// Sets a context up for enrolment, when the root is known only by the fingerprint in the token:
/// the server must send its root along, the root's SHA-256 must begin with these 16 bytes, and the
/// chain must hold under it. kInvalid: not 16 bytes. The handshake fails for any other collector.
Status configure_enrolment(ssl_ctx_st* context, ByteView root_fingerprint);

/// Makes the handshake of this connection fail unless the server's certificate is for `host` (a DNS
/// name or an address, compared exactly: no wildcards). Sends the name along (SNI) when it is one.
/// kInvalid: no host name. Without this call any name of the bank's authority would do.
Status expect_host(ssl_st* connection, std::string_view host);

/// The common name of a certificate (the terminal id), and its SHA-256 as hex.
std::string common_name(x509_st* certificate);
/// Of the DER, in lower case.
std::string certificate_sha256(x509_st* certificate);

}  // namespace huxin::certs
