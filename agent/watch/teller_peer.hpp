#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin::watch {

/// Who may bind a teller: globs, as the policy has them. No users: every account.
struct TellerRules {
  std::vector<std::string> processes, users;

  bool operator==(const TellerRules&) const = default;
};

/// Who is at the other end of the socket, as the kernel says.
struct TellerPeer {
  std::uint32_t uid = 0;
  std::int32_t pid = 0;
  std::string user;     ///< account name
  std::string process;  ///< path of the executable, UTF-8; empty: gone
};

/// Reads a connected peer's process (SO_PEERCRED, /proc) and checks it against the rules; kDenied
/// says what is wrong. The program must stand at that path here too, be root's, and be writable by
/// nobody else: a namespace of the user's own can show any path, and a program that users can
/// replace proves nothing.
/// uid, pid and user are given, `process` is filled in. Before Linux 6.5 there is no handle on the
/// peer, and a process that took over its number could be mistaken for it.
Status admit_teller_peer(TellerPeer& peer, int socket, const TellerRules& rules);

}  // namespace huxin::watch
