#pragma once
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <utility>

namespace huxin::http {

/// Counts refusals in memory, so that a flood of them costs no disk writes; whoever owns it drains
/// it into the store every few seconds. Thread-safe. At most 1,000 different details between two
/// drains; the rest count as "(other)".
class Tally {
 public:
  using Counts = std::map<std::pair<std::string, std::string>, std::uint64_t>;

  /// `what` is one of a few names of the program; `detail` may come from a stranger and is kept as
  /// it is, so callers cut it.
  void add(std::string_view what, std::string_view detail);
  /// Takes everything counted since the last drain. What is drained and not written to the store is
  /// lost with the process: a few seconds' refusals.
  Counts drain();

 private:
  std::mutex mutex_;
  Counts counts_;
};

}  // namespace huxin::http
