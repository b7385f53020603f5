#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

/// Exit codes of a child, beside its program's own.
inline constexpr int kChildFailed = 127;
inline constexpr int kChildOutOfMemory = 126;

struct ChildExit {
  bool started = false;
  bool overdue = false;  ///< it was killed, for its own patience was over and not the extraction's
  int code = -1;         ///< exit code; -1 when a signal ended it or it did not start
  std::string
      errors;  ///< the first 4 KiB of its standard error; may quote the document: never logged
};

/// Write ends of the pipes to the parent.
struct ChildStreams {
  int output, errors;
};

/// Takes what a child puts out, piece by piece.
using UseOutput = std::function<void(std::string_view)>;

/// Forks a child that runs `child_work`, which had better not return, and hands its output to
/// `use`. The child inherits whatever cage the caller is in, may burn no more processor time than
/// the extraction has left (rounded up to a second), and dies with the caller. When the extraction
/// stops, at its deadline at the latest, it is killed: this returns then, whatever the child does;
/// so it is when `patience` is over. To be called in a process of one thread, which waits: of
/// others the child would know no more than the locks they held.
ChildExit run_child(const std::function<void(const ChildStreams&)>& child_work,
                    Extraction& extraction, const UseOutput& use,
                    std::chrono::milliseconds patience);

/// Is handed the means to put bytes out.
using AsideWork = std::function<void(const UseOutput& put)>;

/// Runs `work` in such a child, in a copy of this process' memory, so that what hangs, crashes or
/// eats memory there is not lost here. 0, kChildOutOfMemory or kChildFailed (another exception) is
/// its exit code.
ChildExit run_aside(const AsideWork& work, Extraction& extraction, const UseOutput& use,
                    std::chrono::milliseconds patience);

}  // namespace huxin::extract
