#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

struct HelperExit {
  bool started = false;
  bool overdue = false;  ///< it was killed, for its own patience was over and not the extraction's
  int code = -1;         ///< exit code; -1 when a signal ended it or it did not start
  std::string
      errors;  ///< the first 4 KiB of its standard error; may quote the document: never logged
};

/// Runs a program on bytes: a descriptor as its standard input, its standard output handed to `use`
/// as it comes, no shell, no environment of ours. It inherits whatever cage the caller is in, may
/// burn no more processor time than the extraction has left (rounded up to a second), and dies with
/// the caller. When the extraction stops, at its deadline at the latest, the program is killed:
/// this returns then, whatever the program does; so it is when `patience` is over. `command`: the
/// program's absolute path and its arguments. The input is copied into a memory file. LANG=C.UTF-8
/// and OMP_THREAD_LIMIT=1 are all its environment holds. One thread, which waits.
HelperExit run_helper(const std::vector<std::string>& command, ByteView input,
                      Extraction& extraction, const std::function<void(std::string_view)>& use,
                      std::chrono::milliseconds patience = std::chrono::hours(1));

}  // namespace huxin::extract
