#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

struct IssuedCertificate {
  Bytes certificate;   ///< DER
  Bytes chain;         ///< DER, concatenated: issuing authority, root
  std::string sha256;  ///< hex of the certificate
  Time not_after{};
};

/// The bank's certificate authority: a root that signs only the issuing authority, and the issuing
/// authority that signs terminals and servers. P-256, SHA-256. Folder layout: root.crt, root.key
/// (may be taken offline), issuing.crt, issuing.key.
class Authority {
 public:
  /// Makes root (10 years) and issuing authority (3 years); kExists when the folder has one.
  static Status create(const std::filesystem::path& folder, std::string_view organisation,
                       Time now);
  static Result<std::unique_ptr<Authority>> open(const std::filesystem::path& folder);
  virtual ~Authority() = default;

  /// Signs a terminal's PKCS#10 request (DER): proof of possession is checked, every name in it is
  /// ignored, the subject is the terminal id, client authentication only, 90 days.
  virtual Result<IssuedCertificate> issue_terminal(ByteView csr, std::string_view terminal,
                                                   Time now) = 0;
  /// Makes a server certificate for the given DNS names and addresses, with a fresh key (PKCS#8
  /// DER).
  struct Server {
    IssuedCertificate issued;
    Secret private_key;
  };
  virtual Result<Server> issue_server(const std::vector<std::string>& names, Time now) = 0;
  virtual const Bytes& root() const = 0;  ///< DER
};

/// Makes a P-256 key (PKCS#8 DER) and a PKCS#10 request (DER) for it.
struct KeyAndRequest {
  Secret private_key;
  Bytes request;
};
Result<KeyAndRequest> make_request(std::string_view common_name);

/// One-time enrolment tokens: "hx1.<32 random bytes, base64url>.<first 16 bytes of the SHA-256 of
/// the root, base64url>". The terminal pins the root by it; the collector keeps only the SHA-256 of
/// the token.
struct Token {
  std::string text;
  Bytes digest;
};
Token make_token(ByteView root_certificate);
Result<Bytes> token_root_fingerprint(std::string_view token);
Bytes token_digest(std::string_view token);

}  // namespace huxin::certs
