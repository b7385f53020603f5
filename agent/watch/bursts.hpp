#pragma once
#include <chrono>
#include <map>
#include <optional>
#include <string>

#include "agent/watch/actor.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {

/// A file that was touched, and how to open it without trusting its path.
struct PendingFile {
  Fd folder;         ///< O_PATH
  std::string name;  ///< entry in the folder
  std::string path;
  Actor actor;            ///< of the first event whose process was known
  std::string operation;  ///< "close_write", "moved_to": of the last event
};

/// Takes several events of one file in quick succession for one. Holds at most kLimit files; beyond
/// that the oldest is due at once. Not thread-safe; time is a parameter.
class Bursts {
 public:
  using Moment = std::chrono::steady_clock::time_point;
  static constexpr std::size_t kLimit = 1024;

  /// A file is due `quiet` after its last event, or `patience` after its first.
  Bursts(std::chrono::milliseconds quiet, std::chrono::milliseconds patience)
      : quiet_(quiet), patience_(patience) {}

  /// True when it was joined to an earlier event of the same path.
  bool add(PendingFile&& file, Moment now);
  /// Takes a file whose burst is over, the longest waiting first. Nothing: none is due.
  std::optional<PendingFile> take_due(Moment now);
  /// When the next one is due; none: nothing waits.
  std::optional<Moment> next_due() const;

 private:
  struct Waiting {
    PendingFile file;
    Moment first;
    Moment last;
  };
  Moment due(const Waiting& waiting) const {
    return std::min(waiting.last + quiet_, waiting.first + patience_);
  }

  std::chrono::milliseconds quiet_;
  std::chrono::milliseconds patience_;
  std::map<std::string, Waiting> waiting_;
};

}  // namespace huxin::watch
