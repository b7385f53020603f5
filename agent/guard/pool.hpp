#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>

#include "agent/guard/worker_process.hpp"
#include "agent/inspect/scanner.hpp"
#include "policy/base/clock.hpp"

namespace huxin::guard {

/// What the bank knows, as workers are given it: one sealed memory file, which they all map, and
/// the keys derived for what is in it.
struct KnownData {
  std::shared_ptr<const Fd> file;  ///< the filter of customers, then the prints of documents
  std::size_t exact_bytes = 0, prints_bytes = 0;  ///< 0: there is none
  Bytes exact_key, prints_key;                    ///< known::to_bytes of a key; 16 bytes
};

/// What workers are made of; a new policy or catalogue makes new ones. Goes to the worker as
/// WorkerConfig (worker.proto), in a memory file.
struct WorkerSetup {
  std::string catalog_yaml;  ///< empty: the catalogue compiled into the program
  double min_confidence = 0.5;
  std::filesystem::path cache;  ///< folder of compiled databases, written before the cage closes
  /// Listed for a file; the others are counted.
  std::size_t max_findings = 10'000;
  extract::Budget budget;  ///< its deadline is overridden by each job's
  /// Bytes of address space (RLIMIT_AS) of a worker besides the file; hit: the job crashes it.
  std::size_t max_memory = std::size_t{1536} << 20U;
  KnownData known;
};

struct PoolOptions {
  std::size_t workers = 2;          ///< at least 1
  bool keep_one_for_urgent = true;  ///< when there are more than one
  std::vector<std::string> command{"/proc/self/exe", "worker", "scan"};
  /// Only root can change to it; see SandboxOptions.
  std::string user = "huxin-worker";
  std::chrono::milliseconds start_patience{30'000};  ///< a first start compiles the patterns
  std::function<void(std::string_view)> log = [](std::string_view) {
  };  ///< one line a mishap; no customer data
};

/// Counts since the start, for status and the coverage ledger.
struct PoolFigures {
  std::uint64_t jobs = 0;
  std::uint64_t crashes = 0;
  std::uint64_t timeouts = 0;
  /// Jobs that found none in time.
  std::uint64_t no_worker = 0;
  std::uint64_t starts = 0;
  /// Now, busy ones included.
  std::size_t alive = 0;
};

/// Keeps warm, sandboxed workers and gives each job to one of them.
///
/// Thread-safe: every calling thread drives one worker at a time. A worker that overruns its
/// deadline or breaks the protocol is killed, one that crashes is recorded, and a new one is
/// started in the background: at once after an overrun, which is the file's doing, and after a
/// pause that doubles with each crash or failed start in a row (100 ms to 30 s). The pool must
/// outlive the calls in it.
///
/// Of a job's deadline a tenth, 20 ms at the least, is kept back from the worker, so that its own
/// "timeout" arrives in time. Parts of a stream go to the worker that has its beginning. What a
/// worker answers is read by ReplyReader, which trusts none of it.
class WorkerPool final : public inspect::Scanner {
 public:
  /// Starts the first worker and waits for it; fails with its reason. The others follow in the
  /// background, with the compiled patterns that it left in the cache.
  static Result<std::unique_ptr<WorkerPool>> start(const PoolOptions& options,
                                                   const WorkerSetup& setup, const Clock& clock);
  ~WorkerPool() override;
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// Not urgent jobs leave the last free worker to urgent ones, if keep_one_for_urgent.
  inspect::ScanResult scan(inspect::ScanJob job) override;

  /// Makes a new generation of workers for a new setup. Jobs under way end on the old ones. Fails,
  /// and changes nothing, when a worker of the new setup does not come up.
  Status reload(const WorkerSetup& setup);

  /// Of one moment, all of them.
  PoolFigures figures() const;
  /// The walls around the workers, as the first of them reported.
  std::vector<std::string> in_force() const;
  /// Each with why, as Protections has them.
  std::vector<std::string> missing() const;
  /// Whose file events a watcher must leave alone. Of the moment: a worker may be replaced right
  /// after.
  std::vector<pid_t> pids() const;

 private:
  using SteadyClock = std::chrono::steady_clock;
  using Deadline = SteadyClock::time_point;
  /// kStarting: the keeper is at it, without the lock.
  enum class State : std::uint8_t { kFree, kBusy, kStarting, kDead };
  struct Slot {
    std::optional<WorkerProcess> worker;
    State state = State::kDead;
    std::uint64_t generation = 0;
    unsigned failures = 0;  ///< crashes and failed starts in a row
    Deadline retry_at{};
  };
  /// kBroken: it answered what no worker says.
  enum class Fate : std::uint8_t { kAnswered, kCrashed, kTimedOut, kBroken };

  WorkerPool(const PoolOptions& options, const WorkerSetup& setup, const Clock& clock);
  /// What a new worker is born with.
  WorkerBirth birth() const;
  /// Blocks until its hello, or start_patience; without the lock.
  Result<WorkerProcess> make_worker(const WorkerBirth& birth) const;

  /// Waits for a free worker, or for that of the job's stream; null at the deadline, or when that
  /// worker is gone.
  Slot* acquire(const inspect::ScanJob& job, Deadline deadline);
  Slot* find_free(bool urgent);
  /// The slot of the worker that a stream was begun on; null: that worker is gone.
  Slot* find_begun(std::uint64_t stream);
  /// Notes who has a stream, or that it is over.
  void note_stream(const inspect::ScanJob& job, pid_t worker, bool goes_on);
  /// Gives a slot back; a worker that did not answer is ended and its slot is due again.
  void release(Slot& slot, Fate fate);
  /// A worker to be ended, outside the lock; none if it stays.
  std::optional<WorkerProcess> settle(Slot& slot, Fate fate);
  /// `result` is whole only for kAnswered.
  Fate drive(WorkerProcess& worker, const inspect::ScanJob& job, Deadline deadline,
             inspect::ScanResult& result);
  /// The deadline in it is the worker's own: what is left, less the margin.
  ScanRequest request_for(const inspect::ScanJob& job, Deadline deadline);

  /// The keeper's thread: starts what is due.
  void keep(const std::stop_token& stop);
  Slot* find_due(Deadline now);
  Deadline next_due() const;
  /// Lets the lock go while the worker starts.
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
  std::map<std::uint64_t, pid_t> streams_;  ///< begun, each on this worker; the oldest gives way
  std::jthread keeper_;                     ///< last: ends before what it uses
};

}  // namespace huxin::guard
