#pragma once
#include <sys/types.h>

#include <cstddef>
#include <thread>

namespace huxin::hostile {

/// Watches how much memory a worker and its children hold at a time, from its making on: of what
/// several processes share each has its part (Pss of proc(5), every few milliseconds). A memory
/// file that nobody maps, such as a helper program's input, is not in it.
class PeakMemory {
 public:
  struct Megabytes {
    double resident =
        0;           ///< mapped files included; of the worker alone no moment is missed (VmHWM)
    double own = 0;  ///< what no file backs
  };

  explicit PeakMemory(pid_t worker);
  ~PeakMemory();
  PeakMemory(const PeakMemory&) = delete;
  PeakMemory& operator=(const PeakMemory&) = delete;

  /// Ends the watch. What a worker took that has ended is known as of a few milliseconds before.
  Megabytes end();

 private:
  void look();

  pid_t worker_;
  std::size_t resident_ = 0, own_ = 0;  ///< KiB, of the watching thread until it ends
  std::jthread watch_;
};

}  // namespace huxin::hostile
