#pragma once
#include <sys/types.h>

#include <atomic>
#include <thread>

namespace huxin::hostile {

/// Watches how much memory a worker and the program it runs hold resident, mapped files included,
/// from its making on (VmHWM of proc(5), which is set back first).
class PeakMemory {
 public:
  explicit PeakMemory(pid_t worker);
  ~PeakMemory();
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;

  /// MB; ends the watch. What a worker took that has ended is known as of a few milliseconds
  /// before.
  double megabytes();

 private:
  void look();

  pid_t worker_;
  std::atomic<std::size_t> kilobytes_ = 0;
  std::jthread watch_;
};

}  // namespace huxin::hostile
