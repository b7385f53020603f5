#include "collector/api/throttle.hpp"

#include <algorithm>

namespace huxin::api {
namespace {

constexpr std::size_t kMostKeys = 20'000;
constexpr auto kForgetAfter = std::chrono::hours(1);
constexpr auto kFirstWait = std::chrono::seconds(2);

std::chrono::seconds wait_after(unsigned failures_beyond, std::chrono::seconds longest) {
  const unsigned doublings = std::min(failures_beyond - 1, 10U);
  return std::min<std::chrono::seconds>(kFirstWait * (1U << doublings), longest);
}

}  // namespace

std::chrono::seconds Throttle::begin(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const Time now = clock_.now();
  auto found = records_.find(key);
  if (found == records_.end()) {
    make_room();
    found = records_.emplace(std::string(key), Record{}).first;
  }
  Record& record = found->second;
  if (now - record.last > kForgetAfter) record = {};
  if (now < record.blocked_until) {
    return std::chrono::ceil<std::chrono::seconds>(record.blocked_until - now);
  }
  record.last = now;
  ++record.failures;
  if (record.failures >= free_)
    record.blocked_until = now + wait_after(record.failures - free_ + 1, longest_);
  return std::chrono::seconds(0);
}

void Throttle::succeeded(std::string_view key) {
  const std::lock_guard lock(mutex_);
  if (const auto found = records_.find(key); found != records_.end()) records_.erase(found);
}

void Throttle::take_back(std::string_view key) {
  const std::lock_guard lock(mutex_);
  const auto found = records_.find(key);
  if (found == records_.end() || found->second.failures == 0) return;
  if (--found->second.failures < free_) found->second.blocked_until = {};
}

void Throttle::make_room() {
  if (records_.size() < kMostKeys) return;
  std::erase_if(records_,
                [&](const auto& entry) { return clock_.now() - entry.second.last > kForgetAfter; });
  if (records_.size() < kMostKeys) return;
  records_.erase(
      std::ranges::min_element(records_, {}, [](const auto& entry) { return entry.second.last; }));
}

}  // namespace huxin::api
