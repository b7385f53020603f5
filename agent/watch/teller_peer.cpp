#include "agent/watch/teller_peer.hpp"

#include <sys/socket.h>
#include <sys/stat.h>

#include <algorithm>

#include "agent/watch/actor.hpp"
#include "agent/watch/path_filter.hpp"
#include "policy/base/file.hpp"
#include "policy/rule/glob.hpp"

#ifndef SO_PEERPIDFD
#define SO_PEERPIDFD 77  // Linux 6.5
#endif

namespace huxin::watch {
namespace {

/// A handle on the peer's process; none before Linux 6.5.
Fd peer_pidfd(int socket) {
  int pidfd = -1;
  socklen_t size = sizeof pidfd;
  if (::getsockopt(socket, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &size) != 0) return Fd();
  return Fd(pidfd);
}

bool same_file(const struct stat& a, const struct stat& b) {
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

Status check_program(const TellerPeer& peer) {
  struct stat running{};
  struct stat here{};
  if (::stat(fmt::format("/proc/{}/exe", peer.pid).c_str(), &running) != 0 ||
      ::stat(peer.process.c_str(), &here) != 0 || !same_file(running, here)) {
    return fail(Errc::kDenied, "{}: not the program that stands at this path", peer.process);
  }
  if (here.st_uid != 0 || (here.st_mode & (S_IWGRP | S_IWOTH)) != 0)
    return fail(Errc::kDenied, "{}: others than root may change this program", peer.process);
  return {};
}

}  // namespace

Status admit_teller_peer(TellerPeer& peer, int socket, const TellerRules& rules) {
  const Fd pidfd = peer_pidfd(socket);
  const Actor actor = read_actor(peer.pid, pidfd ? pidfd.get() : -1);
  peer.process = to_utf8(actor.process);
  if (peer.process.empty()) return fail(Errc::kDenied, "the process is gone");
  const bool known = std::ranges::any_of(rules.processes, [&](const std::string& glob) {
    return rule::process_match(glob, peer.process);
  });
  if (!known) return fail(Errc::kDenied, "{}: not among watch.teller.processes", peer.process);
  const bool admitted =
      rules.users.empty() || std::ranges::any_of(rules.users, [&](const std::string& glob) {
        return rule::glob_match(glob, peer.user);
      });
  if (!admitted) return fail(Errc::kDenied, "{}: not among watch.teller.users", peer.user);
  return check_program(peer);
}

}  // namespace huxin::watch
