#pragma once
#include <string_view>

namespace huxin::detect {

/// Says whether a text is an IPv4 or IPv6 address that the Internet routes: none of the private,
/// shared, local, documentation, benchmarking and multicast ranges (RFC 6890 and its updates).
/// Dotted decimal without leading zeros; IPv6 as RFC 4291, 2.2 writes it, in 2000::/3.
bool is_public_ip(std::string_view text);

}  // namespace huxin::detect
