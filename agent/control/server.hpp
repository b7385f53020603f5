#pragma once
#include <sys/types.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "agent/control/message.hpp"

namespace huxin::control {

/// One request under way, as its handler answers it. Belongs to the handler's thread.
class Conversation {
 public:
  virtual ~Conversation() = default;
  /// Sends one line; false when the peer is gone or takes nothing for 30 s. The line is one object,
  /// at most kLongestAnswer as text.
  virtual bool say(const boost::json::object& line) = 0;
  /// Has the peer closed its side, or is the server stopping? To be asked in long work.
  virtual bool ended() const = 0;
  /// Waits until then, at most so long; returns ended().
  virtual bool wait(std::chrono::milliseconds most) const = 0;
};

/// Carries a command out: says any number of lines, then returns. A failure is told to the peer;
/// on success the server says {"done": true}, unless the handler's last line held "done".
using Handler = std::function<Status(const Request&, Conversation&)>;

/// Since the start.
struct Counters {
  std::uint64_t conversations = 0;
  std::uint64_t refused_users = 0;     ///< another uid than the agent's own
  std::uint64_t refused_busy = 0;      ///< eight at once
  std::uint64_t refused_requests = 0;  ///< too long, too slow, or no request
};

/// Listens on a socket in the state folder for commands of the user the agent runs as (root), and
/// of nobody else: the folder keeps others out, the socket's mode does again, and the kernel's word
/// on who connected (SO_PEERCRED) decides. At most eight conversations at once; a request comes
/// within five seconds and 64 KiB.
///
/// A peer that closes only its writing side counts as ended too: `ended()` asks handlers to stop,
/// it does not make them. Handlers run on a thread a conversation.
class Server {
 public:
  struct Options {
    std::filesystem::path socket;
    uid_t user = 0;                            ///< who may speak
    std::chrono::milliseconds patience{5000};  ///< for a request
  };
  /// Takes the place of a socket that an earlier run left; mode 0600. kInvalid or the system's
  /// error when it cannot listen.
  static Result<std::unique_ptr<Server>> start(Options options,
                                               std::map<std::string, Handler> handlers);
  /// Ends every conversation (Conversation::ended() turns true) and waits for their handlers.
  virtual ~Server() = default;
  /// From any thread.
  virtual Counters counters() const = 0;
};

}  // namespace huxin::control
