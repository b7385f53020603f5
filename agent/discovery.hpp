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
class Discovery {
 public:
  struct Parts {
    Desk desk;
    FileChannel& files;
    discover::Inventory& inventory;
    InventoryKeeper& keeper;
    std::function<bool()> busy;  ///< is the machine at work for somebody?
    std::chrono::milliseconds tick{30'000};
  };
  explicit Discovery(Parts parts);
  ~Discovery() { close(); }
  Discovery(const Discovery&) = delete;
  Discovery& operator=(const Discovery&) = delete;

  /// Begins a run by hand, at once; none named: the policy's folders. With `resume`, goes on with
  /// the newest run that did not reach its end instead. Returns its number. kExists: one is under
  /// way; kNotFound: there is nothing to go on with, or no such folder; kInvalid: no folder is
  /// named anywhere.
  Result<std::int64_t> begin(const std::vector<std::filesystem::path>& folders, bool resume);
  /// Ends a run early; it can be gone on with.
  void stop(std::int64_t run);

  struct View {
    std::uint64_t files = 0, read = 0, total = 0;
    std::filesystem::path at;
    std::optional<Result<record::Inventory>> ended;  ///< set once the run is over
  };
  /// How a run is, after at most so long: at once when it is over.
  View view(std::int64_t run, std::chrono::milliseconds patience);

  /// Looks at the schedule now: after a policy was taken.
  void wake();
  /// Ends the thread. A run under way stays unfinished, so that the next start goes on with it.
  void close();

 private:
  struct Job {
    discover::Run run;
    bool by_hand = false;
  };

  void keep(const std::stop_token& stop);
  std::optional<Job> next();
  std::optional<Job> scheduled();
  bool carry_out(const Job& job, const std::stop_token& stop);
  Result<discover::Inventory::Sum> walk(const Job& job, const std::stop_token& stop);
  void drop_lost(const discover::Run& run);
  bool look(const std::filesystem::path& path, const FileVersion& version, std::int64_t run);
  bool make_way(bool by_hand);
  bool pause(std::chrono::milliseconds most);
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
