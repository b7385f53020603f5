#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::certs {

/// What the rest of the product asks of a certificate. Read, not verified: who made it and whether
/// it holds is not in here.
struct Certificate {
  std::string common_name;  ///< of a terminal: its id
  std::string sha256;       ///< hex, of the DER
  Time not_before{};
  Time not_after{};

  /// When two thirds of its life are over: from then on its holder renews, and the old and the new
  /// one are both good until the old one expires.
  Time renew_from() const { return not_before + (not_after - not_before) * 2 / 3; }
};

/// Reads one certificate (DER); kInvalid for anything else. At most 16 KiB; bytes behind it are an
/// error. A certificate without a common name has an empty one.
Result<Certificate> read_certificate(ByteView der);

/// Takes concatenated certificates (DER, at most 8) apart; kInvalid for anything else.
Result<std::vector<Bytes>> split_chain(ByteView chain);

/// `der` is not looked into.
std::string certificate_to_pem(ByteView der);
/// Reads the first certificate of a PEM text into DER. At most 64 KiB of text; kInvalid when there
/// is none.
Result<Bytes> certificate_from_pem(std::string_view pem);

/// Certificate, chain and key of one side.
struct Identity {
  Bytes certificate;   ///< DER
  Bytes chain;         ///< DER, concatenated: issuing authority, root
  Secret private_key;  ///< PKCS#8 DER
};

/// Checks that the key is the certificate's and that a collector trusting `root` would take it for
/// a terminal at `now`. kInvalid: does not parse. kUnauthenticated: does not hold. As RFC 5280,
/// section 6, with the usage of a client; no revocation is looked up.
Status check_terminal_identity(const Identity& identity, ByteView root, Time now);

/// Checks that a certificate (DER) comes from `root` over `chain` (DER, concatenated), as a
/// terminal's, and is valid at `now`. kInvalid: does not parse. kUnauthenticated: does not hold.
Status check_terminal_chain(ByteView certificate, ByteView chain, ByteView root, Time now);

/// Signs with a P-256 key (PKCS#8 DER): ECDSA over SHA-256, DER. The signature is over the
/// statement's SHA-256 and is different each time. kInvalid: the key is no P-256 key.
Result<Bytes> sign(const Secret& private_key, ByteView statement);
/// Verifies under a certificate's (DER) key; kCorrupt when the signature does not hold. kInvalid:
/// the certificate does not parse, or has another kind of key.
Status verify_signature(ByteView certificate, ByteView statement, ByteView signature);

}  // namespace huxin::certs
