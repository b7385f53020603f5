#pragma once
#include <string>
#include <string_view>

#include "certs/certificate.hpp"
#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"
#include "policy/order/order.hpp"
#include "policy/order/statement.hpp"

namespace huxin::destruction {

/// Bytes of the file.
inline constexpr std::size_t kLargestCertificate = std::size_t{1} << 20U;

/// A destruction certificate, as a JSON file that people and programs read:
///
///   {"format": "huxin-destruction-1",
///    "statement": "<the exact JSON text that is signed>",
///    "signature": "<base64 of ECDSA P-256 over SHA-256, DER>",
///    "terminal_certificate": "<PEM: the terminal's certificate, then its issuers>",
///    "order": "<base64 of the signed order it answers>"}
///
/// Signed are the bytes "huxin-destruction-1", a zero byte and the statement. The root is not among
/// the issuers.
///
/// It stands by itself: whoever has the bank's root and the public key that signs orders can check
/// it, without the collector. parse() reads the frame and believes nothing. The members are as the
/// file has them, decoded; none was checked.
struct Certificate {
  std::string statement;
  Bytes signature;
  Bytes terminal;  ///< DER
  Bytes chain;     ///< DER, concatenated
  Bytes order;     ///< a signed order
};

/// Makes a certificate: signs the statement with the terminal's key. kInvalid for a statement that
/// cannot be written, kTooLarge over a limit. `order`: as it came from the collector. The result is
/// UTF-8 and ends in a line feed.
Result<std::string> make(const order::Statement& statement, ByteView order,
                         const certs::Identity& terminal);

/// Takes a file apart. kInvalid names the member that is missing, unknown or malformed. Exactly
/// these five members, of text; kTooLarge over kLargestCertificate.
Result<Certificate> parse(std::string_view file);

/// What a certificate says, once all of it holds.
struct Verified {
  order::Statement statement;
  order::Order order;
  certs::Certificate terminal;
};

/// Checks a file whole: the terminal's certificate comes from the bank's root (DER) and was valid
/// when the destruction ended; the statement's signature holds under it; the order's signature
/// holds under the bank's key (SPKI DER); the terminal is the one the order names; order and
/// statement agree; it was carried out while the order was valid. kInvalid: is no certificate.
/// kUnauthenticated: the terminal's certificate does not hold. kCorrupt: anything else does not;
/// the error says what.
Result<Verified> verify(std::string_view file, ByteView root, ByteView order_key);

}  // namespace huxin::destruction
