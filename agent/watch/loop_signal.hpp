#pragma once
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

#include "policy/base/file.hpp"

namespace huxin::watch {

/// Wakes a poll loop from other threads, to stop it or to see that it still turns. One loop; any
/// number of threads.
class LoopSignal {
 public:
  /// Throws when there is no descriptor left.
  LoopSignal();
  /// The descriptor to poll for reading.
  int fd() const { return fd_.get(); }

  /// Loop side: takes the wake-up and answers pings. False when the loop is to end. To be called
  /// when fd() is readable; does not block.
  bool turn();
  /// Wakes the loop for work that was handed over by other means.
  void wake();
  /// Does not wait for the loop's end.
  void stop();
  /// Did the loop come round within `deadline`?
  bool ping(std::chrono::milliseconds deadline);

 private:
  Fd fd_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::uint64_t asked_ = 0;
  std::uint64_t seen_ = 0;
  bool stopped_ = false;
};

}  // namespace huxin::watch
