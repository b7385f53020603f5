#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "certs/request.hpp"
#include "certs/token.hpp"
#include "policy/base/bytes.hpp"
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
/// authority that signs terminals and servers. P-256, SHA-256, random 128-bit serial numbers.
///
/// Folder layout, all PEM: root.crt, root.key (may be taken offline), issuing.crt, issuing.key.
/// Keys have mode 0600, the folder 0700. No certificate outlives its issuer; all are valid from an
/// hour before they were made, for terminals whose clock is slow. Revocation is not in here: the
/// collector looks each certificate's SHA-256 and terminal id up in its store. Thread-safe once
/// open.
///
/// X.509 version 3 as RFC 5280 profiles it. A key is used only while its certificate holds: an
/// issuing authority past its end issues nothing (kInvalid).
class Authority {
 public:
  /// Makes root (10 years) and issuing authority (3 years); kExists when the folder has one.
  /// `organisation`: UTF-8, 1 to 64 bytes, else kInvalid. What was written before an error stays,
  /// and keeps a second call from going on.
  static Status create(const std::filesystem::path& folder, std::string_view organisation,
                       Time now);
  /// Opens with the issuing key. kCorrupt when certificates and key do not belong together, kDenied
  /// when others can read the key. kNotFound: a file is missing. The root's key is not needed.
  static Result<std::unique_ptr<Authority>> open(const std::filesystem::path& folder);
  virtual ~Authority() = default;

  /// Signs a terminal's PKCS#10 request (DER): proof of possession is checked (kDenied), every name
  /// in it is ignored, the subject is the terminal id (1 to 64 of [A-Za-z0-9._-]), client
  /// authentication only, 90 days. kInvalid: no request, no P-256 key, or no such id.
  virtual Result<IssuedCertificate> issue_terminal(ByteView csr, std::string_view terminal,
                                                   Time now) = 0;

  struct Server {
    IssuedCertificate issued;
    /// To be written where only the server reads; kept nowhere else.
    Secret private_key;
  };
  /// Makes a server certificate for 1 to 100 DNS names and addresses, with a fresh key (PKCS#8
  /// DER): server authentication only, 397 days. kInvalid names what is no host name; wildcards are
  /// none.
  virtual Result<Server> issue_server(const std::vector<std::string>& names, Time now) = 0;
  virtual const Bytes& root() const = 0;  ///< DER
};

}  // namespace huxin::certs
