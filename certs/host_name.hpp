#pragma once
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/result.hpp"

namespace huxin::certs {

/// Names a host the way certificates do: a DNS name or an address, never a wildcard.
struct HostName {
  std::string text;  ///< lower case, without a trailing dot or brackets
  Bytes address;     ///< 4 or 16 bytes; empty for a DNS name
};

/// Reads a host name (RFC 1123 with '_', at most 253 characters) or an IPv4 or IPv6 address, the
/// latter with or without brackets; kInvalid otherwise, without repeating more than 64 characters.
/// `address` is in network byte order.
Result<HostName> parse_host_name(std::string_view text);

}  // namespace huxin::certs
