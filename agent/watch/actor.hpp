#pragma once
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>

namespace huxin::watch {

/// Says which process did something, as far as /proc could still tell.
struct Actor {
  std::int32_t pid = 0;
  std::optional<std::uint32_t> uid;  ///< the real user; none: the process was gone
  std::string process;  ///< path of its executable, raw bytes; empty: gone or a kernel thread
};

/// Reads who `pid` is. Both facts come through one handle on the process, so they belong together;
/// with a `pidfd` (else -1) they belong to the process that caused the event, and a process that
/// took over its number is not mistaken for it. Touches only /proc: opens no file a user can stall.
Actor read_actor(std::int32_t pid, int pidfd = -1);

/// Turns user numbers into account names, "uid:1001" for one without a name. Remembers up to 1,024
/// answers. Thread-safe. May ask the name service, which may open files and the network: never
/// call it where an open is being decided on the reader's thread.
class Accounts {
 public:
  /// Bytes as the account database has them, not always UTF-8. Beyond the 1,024 all are forgotten.
  std::string name(std::uint32_t uid);

 private:
  std::mutex mutex_;
  std::map<std::uint32_t, std::string> names_;
};

/// Holds the numbers of the processes that are part of the agent: their doings are no events and
/// their opens never wait. Always holds the calling process itself. Thread-safe. A number that was
/// given away again before remove() makes a stranger's doings pass unseen.
class OwnProcesses {
 public:
  OwnProcesses();
  /// Before it opens or writes anything.
  void add(pid_t pid);
  /// To be called when the child was reaped, not later: its number may be given away again.
  void remove(pid_t pid);
  bool contains(pid_t pid) const;

 private:
  mutable std::mutex mutex_;
  std::set<pid_t> pids_;
};

}  // namespace huxin::watch
