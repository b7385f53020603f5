#pragma once
#include <chrono>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "policy/base/result.hpp"

namespace huxin::uplink {

using Endpoints = std::vector<boost::asio::ip::tcp::endpoint>;

/// Looks a host up, an address without asking anyone. kUnavailable when the resolver knows nothing,
/// kTimeout after `deadline`.
///
/// getaddrinfo cannot be interrupted, and Asio's resolver waits for it at shutdown. Here a name
/// server that is silent holds up nobody: the thread that asked it is left to itself, and what it
/// learns too late is dropped. Never empty on success.
boost::asio::awaitable<Result<Endpoints>> resolve(std::string host, std::uint16_t port,
                                                  std::chrono::milliseconds deadline);

}  // namespace huxin::uplink
