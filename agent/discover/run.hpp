#pragma once
#include <atomic>
#include <functional>
#include <stop_token>

#include "agent/discover/inventory.hpp"

namespace huxin::discover {

/// How far a run is. Written by its thread, read by any.
struct Progress {
  std::atomic<std::uint64_t> files = 0;  ///< met
  std::atomic<std::uint64_t> read = 0;   ///< of these: not known before
  std::atomic<std::uint64_t> total = 0;  ///< expected; 0: nobody knows
};

/// What a run needs of the rest of the agent. All must be set; called on the run's thread.
struct RunHooks {
  /// Inspects a version that is not known and notes what it holds; false: the run is to end.
  std::function<bool(const std::filesystem::path&, const FileVersion&)> look;
  /// Waits before a file is read while others have precedence; false: the run is to end.
  std::function<bool()> wait;
  /// Is the run to end?
  std::function<bool()> stopped;
  /// Called with each file that is met.
  std::function<void(const std::filesystem::path&)> met;
};

struct RunSettings {
  /// Patterns, as in the policy's watch.exclude.
  std::vector<std::string> exclude;
  std::function<std::string()> policy_digest;  ///< of the policy in force just then
  bool count_first = false;                    ///< somebody watches: walk once to know the total
};

/// Puts folders in the form a run keeps them in: links resolved, none twice, none below another.
/// Sorted by path.
std::vector<std::filesystem::path> run_folders(std::vector<std::filesystem::path> folders);

/// Walks a run's folders from its cursor on, file by file; reads only what is not known in this
/// version under this policy. Its place is on disk every 64 files that were read, every 4,096 that
/// were only met, and at the end, so that a process that is killed has at most those to do again.
/// True: it came to its end; the caller finishes the run. One thread; a failure is that of the
/// inventory.
/// False: a hook ended it; its place is on disk. In order of path, so that the cursor means
/// everything before it; a folder that cannot be read is noted as lost.
Result<bool> walk(Inventory& inventory, const Run& run, const RunSettings& settings,
                  const RunHooks& hooks, const Clock& clock, Progress& progress);

}  // namespace huxin::discover
