#pragma once
#include <map>
#include <memory>

#include "agent/guard/pool.hpp"
#include "tests/hostile/input.hpp"
#include "tests/hostile/peak_memory.hpp"

namespace huxin::hostile {

/// What came of a row.
struct Seen {
  std::map<std::string, std::size_t> outcomes;  ///< "partial bomb" → of how many inputs
  std::chrono::duration<double> slowest{};
  PeakMemory::Megabytes memory;     ///< the most of any input
  std::vector<std::string> faults;  ///< what should not have been; empty: the row holds
};

/// Hands rows to a pool of one real worker in its real cage, as the agent's own pool does, with the
/// policy's own defaults.
class Trial {
 public:
  /// Throws when no worker comes up.
  Trial();

  /// A row holds when each input ends by its deadline, in little memory and in an outcome that it
  /// allows, every place told of is printable, and the next file is inspected. Where a busy machine
  /// ran out of time, the row is tried once more with twelve times as much, and has to hold then.
  Seen run(const Row& row);

 private:
  Seen run(const Row& row, std::chrono::milliseconds deadline);
  void run(const Row& row, Input& input, std::chrono::milliseconds deadline, Seen& seen);
  void look_at(const inspect::ScanResult& result, const Row& row, Seen& seen);
  bool next_is_inspected();

  SystemClock clock_;
  std::unique_ptr<guard::WorkerPool> pool_;
};

}  // namespace huxin::hostile
