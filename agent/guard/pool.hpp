#pragma once
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "agent/guard/worker_process.hpp"
#include "agent/inspect/scanner.hpp"
#include "policy/base/clock.hpp"

namespace huxin::guard {

/// What workers are made of; a new policy or catalogue makes new ones.
struct WorkerSetup {
  std::string catalog_yaml;  ///< empty: the catalogue compiled into the program
  double min_confidence = 0.5;
  std::filesystem::path cache;  ///< folder of compiled databases, written before the cage closes
  std::size_t max_findings = 10'000;
  extract::Budget budget;  ///< its deadline is overridden by each job's
};

struct PoolOptions {
  std::size_t workers = 2;          ///< at least 1
  bool keep_one_for_urgent = true;  ///< when there are more than one
  std::vector<std::string> command{"/proc/self/exe", "worker", "scan"};
  std::string user = "huxin-worker";
  std::size_t address_space = std::size_t{1536} << 20U;
  std::chrono::milliseconds start_patience{30'000};  ///< a first start compiles the patterns
  std::function<void(std::string_view)> log = [](std::string_view) {
  };  ///< one line a mishap; no customer data
};

/// Counts since the start, for status and the coverage ledger.
struct PoolFigures {
  std::uint64_t jobs = 0;
  std::uint64_t crashes = 0;
  std::uint64_t timeouts = 0;
  std::uint64_t no_worker = 0;
  std::uint64_t starts = 0;
  std::size_t alive = 0;
};

/// Keeps warm, sandboxed workers and gives each job to one of them.
///
/// Thread-safe: every calling thread drives one worker at a time. A worker that overruns its
/// deadline or breaks the protocol is killed, one that crashes is recorded, and a new one is
/// started in the background: at once after an overrun, which is the file's doing, and after a
/// pause that doubles with each crash or failed start in a row (100 ms to 30 s). The pool must
/// outlive the calls in it.
class WorkerPool final : public inspect::Scanner {
 public:
  /// Starts the workers; fails with the first one's reason when none comes up.
  static Result<std::unique_ptr<WorkerPool>> start(const PoolOptions& options,
                                                   const WorkerSetup& setup, const Clock& clock);
  ~WorkerPool() override;
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  inspect::ScanResult scan(inspect::ScanJob job) override;

  /// Makes a new generation of workers for a new setup. Jobs under way end on the old ones. Fails,
  /// and changes nothing, when a worker of the new setup does not come up.
  Status reload(const WorkerSetup& setup);

  PoolFigures figures() const;
  /// The walls around the workers, as the first of them reported.
  std::vector<std::string> in_force() const;
  std::vector<std::string> missing() const;
  /// Whose file events a watcher must leave alone.
  std::vector<pid_t> pids() const;

 private:
  using SteadyClock = std::chrono::steady_clock;
  using Deadline = SteadyClock::time_point;
  enum class State : std::uint8_t { kFree, kBusy, kStarting, kDead };
  struct Slot {
    std::optional<WorkerProcess> worker;
    State state = State::kDead;
    std::uint64_t generation = 0;
    unsigned failures = 0;  ///< crashes and failed starts in a row
    Deadline retry_at{};
  };
  enum class Fate : std::uint8_t { kAnswered, kCrashed, kTimedOut, kBroken };

  WorkerPool(const PoolOptions& options, const WorkerSetup& setup, const Clock& clock);
  WorkerConfig config() const;
  Result<WorkerProcess> make_worker(const WorkerConfig& config) const;

  Slot* acquire(bool urgent, Deadline deadline);
  Slot* find_free(bool urgent);
  void release(Slot& slot, Fate fate);
  std::optional<WorkerProcess> settle(Slot& slot, Fate fate);
  Fate drive(WorkerProcess& worker, const inspect::ScanJob& job, Deadline deadline,
             inspect::ScanResult& result);
  ScanRequest request_for(const inspect::ScanJob& job, Deadline deadline);

  void keep(const std::stop_token& stop);
  Slot* find_due(Deadline now);
  Deadline next_due() const;
  void revive(Slot& slot, std::unique_lock<std::mutex>& lock);

  const PoolOptions options_;
  const Clock& clock_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  WorkerSetup setup_;
  std::uint64_t generation_ = 1;
  std::uint64_t next_id_ = 1;
  std::vector<Slot> slots_;
  PoolFigures figures_;
  WorkerHello walls_;
  std::jthread keeper_;  ///< last: ends before what it uses
};

}  // namespace huxin::guard
