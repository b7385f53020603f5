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

/// Is it the workers' present state, rather than the file, that kept it from being inspected?
bool may_pass(const inspect::Judgement& judgement);

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
  /// "off", "ok", which of the watched folders are missing, or what is wrong. A missing folder is
  /// watched from the moment it appears.
  std::string state() const;
  void add_losses(Losses& losses) const;

  /// Judges a version that was found, unless that is done or under way, and acts. Thread-safe;
  /// blocks.
  void inspect(watch::FileChange change);

  /// What taking stock of a version came to.
  struct Stock {
    bool busy = false;        ///< somebody else is at this version just now: ask again
    bool taken_away = false;  ///< the rules had it quarantined
    inspect::Judgement judgement;
  };
  /// As inspect, but looks into the version even if it was judged before, or no rule asks for it,
  /// and says what it holds. Nothing is recorded twice, unless it is to be judged `again`, because
  /// what its judgement rested on is gone.
  Stock take_stock(watch::FileChange change, bool again = false);
  /// Judges a file that is past its deadline, by the rules that ask for that alone, and acts.
  void judge_overdue(watch::FileChange change);
  /// Is nobody waiting for a worker because of an event?
  bool idle() const { return inspections_.idle(); }

 private:
  Status start(const std::vector<std::filesystem::path>& folders,
               const std::vector<std::string>& exclude);
  void replace(std::shared_ptr<watch::FileWatcher> watcher, std::string state);
  std::shared_ptr<watch::FileWatcher> current() const;
  void inspect_claimed(watch::FileChange change, const InFlight::Claim& claim, unsigned tries);
  bool settled(const FileVersion& version, const inspect::InForce& in_force);
  inspect::Judgement judge(watch::FileChange& change, bool always);
  bool conclude(inspect::Judgement& judgement, const watch::FileChange& change,
                const FileVersion& version);
  bool try_again(const watch::FileChange& change, const InFlight::Claim& claim, unsigned tries);
  bool pause_until(std::chrono::steady_clock::time_point due);
  bool record_and_act(inspect::Judgement& judgement, const watch::FileChange& change,
                      const std::optional<FileVersion>& settles);
  void rescan(const watch::Rescan& rescan);
  void sweep(const std::stop_token& stop, const std::vector<std::filesystem::path>& folders);
  void sweep_soon(std::vector<std::filesystem::path> folders);

  Desk desk_;
  enforce::Quarantine& quarantine_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::pair<std::vector<std::string>, std::vector<std::string>> watched_;  ///< folders, exclude
  std::vector<std::string> folders_;                                       ///< of the watcher
  std::shared_ptr<watch::FileWatcher> watcher_;  ///< asked outside the lock: it may take its time
  const std::chrono::milliseconds retry_pause_;
  InFlight in_flight_;  ///< before the queues, whose jobs hold claims
  WorkQueue inspections_;
  WorkQueue sweeps_;
  std::stop_source stop_;
};

}  // namespace huxin::agent
