#pragma once
#include "agent/watch/network/redirect.hpp"

namespace huxin::watch {

/// Where the client of a redirected connection wanted to go (SO_ORIGINAL_DST of the connection
/// tracker; IPv4 and IPv6). kNotFound: the connection was not redirected.
Result<Endpoint> original_destination(int socket);
/// The two ends of a connected TCP socket. Addresses are written as inet_ntop does.
Result<Endpoint> local_endpoint(int socket);
Result<Endpoint> peer_endpoint(int socket);

}  // namespace huxin::watch
