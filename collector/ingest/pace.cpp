#include "collector/ingest/pace.hpp"

#include <algorithm>

namespace huxin::ingest {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kShortest{2'000};
constexpr milliseconds kLongest{30'000};
constexpr milliseconds kShare{40};  // of each terminal: 25 beats a second in all
constexpr auto kPresent = std::chrono::minutes(2);
constexpr auto kBetweenPrunings = std::chrono::seconds(10);

}  // namespace

milliseconds Pace::next(std::string_view terminal, bool expected, Time now) {
  const std::lock_guard lock(mutex_);
  heard_.insert_or_assign(std::string(terminal), now);
  if (now < pruned_ || now - pruned_ > kBetweenPrunings) {
    std::erase_if(heard_, [&](const auto& each) { return now - each.second > kPresent; });
    pruned_ = now;
  }
  if (expected) return kShortest;
  return std::clamp(kShare * static_cast<std::int64_t>(heard_.size()), kShortest, kLongest);
}

}  // namespace huxin::ingest
