#pragma once
#include <condition_variable>
#include <mutex>
#include <thread>

#include "agent/desk.hpp"
#include "agent/discover/run.hpp"
#include "agent/file_channel.hpp"
#include "agent/stock.hpp"

namespace huxin::agent {

/// Looks for what lies on the terminal: runs by the policy's schedule and by hand, one at a time,
/// on a thread of its own that gives way to everything else; goes on with a run that the agent's
/// end cut off; tells each file that is past its deadline, once a day.
///
/// Every file that is read is judged by the rules as a sweep judges it, once a version.
///
/// begin, stop, view, wake and close from any thread. The thread runs at idle disk priority and
/// nice 10. It waits before each file while events wait for a worker (at most 5 s) or, on a
/// scheduled run, while the machine is at work for somebody (at most 2 s).
class Discovery {
 public:
  /// References are borrowed and outlive the discovery.
  struct Parts {
    Desk desk;
    FileChannel& files;
    discover::Inventory& inventory;
    InventoryKeeper& keeper;
    std::function<bool()> busy;  ///< is the machine at work for somebody?
    std::chrono::milliseconds tick{30'000};
  };
  /// Starts the thread; a run that was cut off goes on at once.
  explicit Discovery(Parts parts);
  ~Discovery() { close(); }
  Discovery(const Discovery&) = delete;
  Discovery& operator=(const Discovery&) = delete;

  /// Begins a run by hand, at once; none named: the policy's folders. With `resume`, goes on with
  /// the newest run that did not reach its end instead. Returns its number. kExists: one is under
  /// way; kNotFound: there is nothing to go on with, or no such folder; kInvalid: no folder is
  /// named anywhere.
  /// kCancelled: the agent is stopping. A folder inside another that is named is dropped. The run
  /// is written down before this returns, so a crash right after it does not lose it.
  Result<std::int64_t> begin(const std::vector<std::filesystem::path>& folders, bool resume);
  /// Ends a run early; it can be gone on with. Does nothing unless that run is asked for or under
  /// way. A scheduled run that was stopped does not go on by itself; one that the agent's end cut
  /// off does.
  void stop(std::int64_t run);

  /// `files`: met; `read`: looked into; `total`: expected, if the files were counted first; 0:
  /// unknown.
  struct View {
    std::uint64_t files = 0, read = 0, total = 0;
    std::filesystem::path at;
    std::optional<Result<record::Inventory>> ended;  ///< set once the run is over
  };
  /// How a run is, after at most so long: at once when it is over. `ended` holds the record that
  /// was sent to the collector; kNotFound: the run is neither under way nor the last one that
  /// ended; kCancelled: the agent's end cut it off.
  View view(std::int64_t run, std::chrono::milliseconds patience);

  /// Looks at the schedule now: after a policy was taken. Else it is looked at every `tick`.
  void wake();
  /// Ends the thread. A run under way stays unfinished, so that the next start goes on with it.
  /// Waits for the file that is being read. begin() fails afterwards.
  void close();

 private:
  struct Job {
    discover::Run run;
    bool by_hand = false;
  };

  void keep(const std::stop_token& stop);
  /// Asked for by hand, then unfinished, then scheduled; nothing: no run is due.
  std::optional<Job> next();
  /// A run that was stopped by hand is none: only resume goes on with it.
  std::optional<Job> scheduled();
  bool carry_out(const Job& job, const std::stop_token& stop);
  /// Meets every file of the run's folders, reading those whose version or policy is new.
  Result<discover::Inventory::Sum> walk(const Job& job, const std::stop_token& stop);
  void drop_lost(const discover::Run& run);
  /// False: the run is to end. What another thread is at is asked for again, for up to 5 s.
  bool look(const std::filesystem::path& path, const FileVersion& version, std::int64_t run);
  /// Pauses while others need the machine; false when the run is to end.
  bool make_way(bool by_hand);
  /// False when the run is to end.
  bool pause(std::chrono::milliseconds most);
  /// At most 100 files at once, each once a day, local time; the rest at the next tick.
  void tell_overdue(const std::stop_token& stop);
  bool ending() const { return run_stop_.stop_requested(); }

  const Parts parts_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<Job> asked_;
  std::int64_t active_ = 0;  ///< the run that is asked for or under way; 0: none
  discover::Progress progress_;
  std::filesystem::path at_;
  std::int64_t ended_ = 0;  ///< the last run that is over, and what it came to
  std::optional<Result<record::Inventory>> outcome_;
  bool awake_ = false;
  std::stop_source run_stop_;
  std::jthread thread_;  ///< last: uses the others
};

}  // namespace huxin::agent
