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
///
/// A version is settled in the journal once it was judged, for the policy's digest: under a new
/// policy it is judged anew. For a quarantine the order on disk is intent, act, outcome, settled.
///
/// watch() from one thread at a time; the rest from any.
class FileChannel {
 public:
  /// `threads`: how many inspections wait for workers at once. At most 1,024 files wait open beyond
  /// them; then the watcher waits, and later events stay in the kernel.
  FileChannel(Desk desk, enforce::Quarantine& quarantine, unsigned threads,
              std::chrono::milliseconds retry_pause = std::chrono::seconds(2));
  /// Lets running inspections end and drops waiting ones, which the next start's sweep finds.
  ~FileChannel();

  /// Watches what the policy in force says from now on. Under a published policy the folders are
  /// swept once for what was missed; the shipped preset only watches.
  /// An error leaves the channel off with the error's text as its state.
  Status watch();
  /// "off" (no folder is named), "ok", which of the watched folders are missing, or what is wrong.
  /// A missing folder is watched from the moment it appears. Waits up to 2 s for the watcher.
  std::string state() const;
  /// Sets file_events_overflowed and files_unreadable; nothing while it is off.
  void add_losses(Losses& losses) const;

  /// Judges a version that was found, unless that is done or under way, and acts. Thread-safe;
  /// blocks. Returns at once for a version that another thread is at.
  void inspect(watch::FileChange change);

  /// What taking stock of a version came to.
  struct Stock {
    bool busy = false;        ///< somebody else is at this version just now: ask again
    bool taken_away = false;  ///< the rules had it quarantined
    /// `inspected` is false when a worker could not answer; it is tried again.
    inspect::Judgement judgement;
  };
  /// As inspect, but looks into the version even if it was judged before, or no rule asks for it,
  /// and says what it holds. Nothing is recorded twice, unless it is to be judged `again`, because
  /// what its judgement rested on is gone. From discovery's thread; blocks as long as the scanner
  /// does.
  Stock take_stock(watch::FileChange change, bool again = false);
  /// Judges a file that is past its deadline, by the rules that ask for that alone, and acts.
  /// Settles nothing: the same version may be judged for its deadline again on another day.
  void judge_overdue(watch::FileChange change);
  /// Is nobody waiting for a worker because of an event?
  bool idle() const { return inspections_.idle(); }

 private:
  Status start(const std::vector<std::filesystem::path>& folders,
               const std::vector<std::string>& exclude);
  void replace(std::shared_ptr<watch::FileWatcher> watcher, std::string state);
  std::shared_ptr<watch::FileWatcher> current() const;
  void inspect_claimed(watch::FileChange change, const InFlight::Claim& claim, unsigned tries);
  /// False too when the journal cannot say: rather twice than never.
  bool settled(const FileVersion& version, const inspect::InForce& in_force);
  inspect::Judgement judge(watch::FileChange& change, bool always);
  bool conclude(inspect::Judgement& judgement, const watch::FileChange& change,
                const FileVersion& version);
  bool try_again(const watch::FileChange& change, const InFlight::Claim& claim, unsigned tries);
  bool pause_until(std::chrono::steady_clock::time_point due);
  bool record_and_act(inspect::Judgement& judgement, const watch::FileChange& change,
                      const std::optional<FileVersion>& settles);
  /// The kernel or the watcher lost events below a folder: it is swept, and the loss recorded.
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
