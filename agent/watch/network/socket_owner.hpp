#pragma once
#include <optional>
#include <string>

#include "agent/watch/network/redirect.hpp"

namespace huxin::watch {

/// Who holds a socket. UTF-8. A socket held by several processes is the first one's in the order of
/// /proc.
struct SocketOwner {
  std::int32_t pid = 0;  ///< 0: gone, or not visible
  std::string process;   ///< path of the executable
  std::string user;      ///< account name, or "uid:1001"
};

/// One line of /proc/net/tcp or tcp6, as far as it names the socket.
struct TcpEntry {
  Endpoint local, remote;
  std::uint32_t uid = 0;
  std::uint64_t inode = 0;
};

/// Reads one line of /proc/net/tcp (addresses are little-endian words in hexadecimal); nullopt for
/// the heading and for anything else. IPv4 addresses in IPv6 form become plain IPv4.
std::optional<TcpEntry> parse_tcp_entry(std::string_view line);

/// Finds the process behind the client end of a connection on this machine: local address and port
/// and where it is connected to → inode → the process that holds it open. Needs root to see the
/// processes of others. nullopt: no such socket any more. Reads all of /proc in the worst case;
/// blocks.
std::optional<SocketOwner> find_socket_owner(const Endpoint& client, const Endpoint& server);

/// Account name of a user, or "uid:1001".
std::string user_name(std::uint32_t uid);

}  // namespace huxin::watch
