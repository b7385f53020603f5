#pragma once
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

namespace huxin::certs {

/// A one-time enrolment token: "hx1.<32 random bytes, base64url>.<first 16 bytes of the SHA-256 of
/// the root, base64url>", 70 characters. The terminal pins the root by it; the collector keeps only
/// the SHA-256 of the token.
struct Token {
  std::string text;
  Bytes digest;
};
/// `root_certificate`: DER. Whoever has the text may enrol one terminal: it is shown once and not
/// logged.
Token make_token(ByteView root_certificate);

/// The 16 bytes that pin the root; kInvalid for what is no token. Errors never repeat the token.
Result<Bytes> token_root_fingerprint(std::string_view token);
/// SHA-256, 32 bytes, of the text as it stands: not checked to be a token.
Bytes token_digest(std::string_view token);

}  // namespace huxin::certs
