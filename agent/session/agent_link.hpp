#pragma once
#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "agent/session/session.pb.h"
#include "agent/session/wire.hpp"

namespace huxin::session {

/// A verdict of the guardian and the text that comes with it.
struct Verdict {
  ClipboardVerdict message;
  /// UTF-8, read from a sealed memfd; only with a verdict that masks.
  std::string replacement;
};

/// Keeps a connection to the guardian, connecting again as long as it takes. Never blocks; driven
/// by the program's one loop. The guardian is trusted: it is root's. Handlers run inside tick(),
/// readable() and offer(), and may call back.
class AgentLink {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  struct Handlers {
    std::function<void()> connected;  ///< also after every reconnection
    std::function<void(Verdict&&)> verdict;
    std::function<void()> lost;  ///< offers under way will not be answered
  };

  /// Connects at the first tick(). `hello` is said after each connection.
  AgentLink(std::filesystem::path socket, Hello hello, Handlers handlers);

  bool connected() const { return static_cast<bool>(socket_); }
  /// To poll for reading; -1 while there is no connection.
  int fd() const { return socket_.get(); }
  /// Connects when it is time to; returns when to call again. Nothing: while it is connected.
  std::optional<Moment> tick(Moment now);
  /// Takes what has come.
  void readable();
  /// False when there is no connection; the offer is then gone. The text goes in a sealed memfd
  /// beside the message, at most kMaxText.
  bool offer(const ClipboardOffer& offer, std::string_view text);

 private:
  void disconnect();

  std::filesystem::path path_;
  Hello hello_;
  Handlers handlers_;
  Fd socket_;
  Moment next_try_{};
};

}  // namespace huxin::session
