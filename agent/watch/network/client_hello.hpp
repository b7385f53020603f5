#pragma once
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::watch {

/// What the first message of a TLS client says in the clear (RFC 8446, 4.1.2).
struct ClientHello {
  std::string server_name;  ///< RFC 6066; lower case; empty: none, or none that is a host name
  std::vector<std::string> protocols;  ///< ALPN, RFC 7301
};

/// What the first bytes of a connection are.
enum class Opening : std::uint8_t {
  kNeedMore,  ///< too early to say
  kTls,       ///< a whole ClientHello is there
  kHttp,      ///< the start of an HTTP/1 request line
  kUnknown,   ///< neither
};

struct Sniffed {
  Opening opening = Opening::kNeedMore;
  ClientHello hello;  ///< for kTls
};

/// A ClientHello longer than this is not waited for (kUnknown).
inline constexpr std::size_t kMaxClientHello = 32 * 1024;

/// Tells TLS from HTTP from anything else by the first bytes a client sent. A ClientHello may be
/// spread over several TLS records. Pure; takes hostile bytes; never reads past them. An HTTP
/// method has 3 to 20 capital letters; a target must follow.
Sniffed sniff(ByteView first_bytes);

/// Is this a DNS name (letters, digits, hyphen, underscore, dots; at most 253) a certificate can be
/// asked for?
bool is_host_name(std::string_view name);

}  // namespace huxin::watch
