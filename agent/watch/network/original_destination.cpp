#include "agent/watch/network/original_destination.hpp"

#include <arpa/inet.h>
#include <linux/netfilter_ipv4.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cstring>

namespace huxin::watch {
namespace {

// <linux/netfilter_ipv6/ip6_tables.h>, which does not go together with <netinet/in.h>.
constexpr int kIp6OriginalDestination = 80;

Endpoint to_endpoint(const sockaddr_storage& storage) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (storage.ss_family == AF_INET) {
    sockaddr_in v4{};
    std::memcpy(&v4, &storage, sizeof v4);
    ::inet_ntop(AF_INET, &v4.sin_addr, text.data(), text.size());
    return {text.data(), ntohs(v4.sin_port)};
  }
  sockaddr_in6 v6{};
  std::memcpy(&v6, &storage, sizeof v6);
  ::inet_ntop(AF_INET6, &v6.sin6_addr, text.data(), text.size());
  return {text.data(), ntohs(v6.sin6_port)};
}

template <class Ask>
Result<Endpoint> named(Ask ask, std::string_view what) {
  sockaddr_storage storage{};
  socklen_t length = sizeof storage;
  if (ask(reinterpret_cast<sockaddr*>(&storage), &length) != 0) return fail_errno(what);
  return to_endpoint(storage);
}

}  // namespace

Result<Endpoint> original_destination(int socket) {
  const auto local = local_endpoint(socket);
  if (!local) return local;
  const bool v6 = local->address.contains(':');
  auto original = named(
      [&](sockaddr* address, socklen_t* length) {
        return ::getsockopt(socket, v6 ? SOL_IPV6 : SOL_IP,
                            v6 ? kIp6OriginalDestination : SO_ORIGINAL_DST, address, length);
      },
      "SO_ORIGINAL_DST");
  if (original && *original == *local)
    return fail(Errc::kNotFound, "the connection was not redirected");
  return original;
}

Result<Endpoint> local_endpoint(int socket) {
  return named([&](sockaddr* a, socklen_t* length) { return ::getsockname(socket, a, length); },
               "getsockname");
}

Result<Endpoint> peer_endpoint(int socket) {
  return named([&](sockaddr* a, socklen_t* length) { return ::getpeername(socket, a, length); },
               "getpeername");
}

}  // namespace huxin::watch
