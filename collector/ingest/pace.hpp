#pragma once
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "policy/base/clock.hpp"

namespace huxin::ingest {

/// Says when a terminal is to beat again, so that an order reaches it within seconds where that can
/// be afforded: few terminals are asked every 2 s, many so seldom that about 25 beats a second come
/// in, down to one in 30 s from 750 terminals on. A terminal with an order under way is asked every
/// 2 s however many there are. Thread-safe.
class Pace {
 public:
  /// `expected`: an order to this terminal is under way. Counts the terminal among those present.
  /// `now` is the collector's clock; a clock set back does no more than count once too many.
  std::chrono::milliseconds next(std::string_view terminal, bool expected, Time now);

 private:
  std::mutex mutex_;
  std::map<std::string, Time, std::less<>> heard_;  ///< those of the last two minutes
  Time pruned_{};
};

}  // namespace huxin::ingest
