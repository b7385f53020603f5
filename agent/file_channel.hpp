#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "agent/desk.hpp"
#include "agent/enforce/quarantine.hpp"
#include "agent/in_flight.hpp"
#include "agent/watch/file_watcher.hpp"
#include "agent/work_queue.hpp"

namespace huxin::agent {

/// Files at rest: what was written or moved into the watched folders, and what changed there while
/// nobody watched. Each version of a file is judged once under a policy, whoever found it. One that
/// no worker could look at just now is tried twice more, after a pause each, before it counts as
/// not inspected.
class FileChannel {
 public:
  FileChannel(Desk desk, enforce::Quarantine& quarantine, unsigned threads,
              std::chrono::milliseconds retry_pause = std::chrono::seconds(2));
  ~FileChannel();

  /// Watches what the policy in force says from now on. Under a published policy the folders are
  /// swept once for what was missed; the shipped preset only watches.
  Status watch();
  std::string state() const;
  void add_losses(Losses& losses) const;

  /// Judges a version that was found, unless that is done or under way, and acts. Thread-safe;
  /// blocks.
  void inspect(watch::FileChange change);

 private:
  Status start(const std::vector<std::filesystem::path>& folders,
               const std::vector<std::string>& exclude);
  void replace(std::unique_ptr<watch::FileWatcher> watcher, std::string state);
  void inspect_claimed(watch::FileChange change, const InFlight::Claim& claim, unsigned tries);
  bool try_again(const watch::FileChange& change, const InFlight::Claim& claim, unsigned tries);
  bool pause_until(std::chrono::steady_clock::time_point due);
  void record_and_act(inspect::Judgement& judgement, const watch::FileChange& change,
                      const FileVersion& version);
  void rescan(const watch::Rescan& rescan);
  void sweep(const std::stop_token& stop, const std::vector<std::filesystem::path>& folders);
  void sweep_soon(std::vector<std::filesystem::path> folders);

  Desk desk_;
  enforce::Quarantine& quarantine_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::pair<std::vector<std::string>, std::vector<std::string>> watched_;  ///< folders, exclude
  std::unique_ptr<watch::FileWatcher> watcher_;
  const std::chrono::milliseconds retry_pause_;
  InFlight in_flight_;  ///< before the queues, whose jobs hold claims
  WorkQueue inspections_;
  WorkQueue sweeps_;
  std::stop_source stop_;
};

}  // namespace huxin::agent
