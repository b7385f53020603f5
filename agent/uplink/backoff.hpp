#pragma once
#include <chrono>
#include <random>

namespace huxin::uplink {

/// Says how long to wait before the next attempt: twice as long each time up to `longest`, and of
/// that a random part between half and all, so that a branch's terminals do not come back at once.
/// Not thread-safe.
class Backoff {
 public:
  using Delay = std::chrono::milliseconds;

  /// `seed`: random, so that two terminals differ.
  Backoff(Delay first, Delay longest, unsigned seed)
      : first_(first), longest_(longest), random_(seed) {}

  /// Never longer than `longest`, never shorter than half of `first`.
  Delay next();
  /// Starts over, after an attempt that succeeded.
  void reset() { current_ = Delay::zero(); }

 private:
  Delay first_;
  Delay longest_;
  Delay current_ = Delay::zero();
  std::minstd_rand random_;
};

}  // namespace huxin::uplink
