#include "agent/watch/decision_cache.hpp"

#include <algorithm>

namespace huxin::watch {

std::optional<bool> DecisionCache::find(const Key& key, Moment now) {
  const auto found = index_.find(key);
  if (found == index_.end()) return std::nullopt;
  if (found->second->expires <= now) {
    entries_.erase(found->second);
    index_.erase(found);
    return std::nullopt;
  }
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->allow;
}

void DecisionCache::put(const Key& key, bool allow, Moment now) {
  if (const auto found = index_.find(key); found != index_.end()) {
    found->second->allow = allow;
    found->second->expires = now + kLifetime;
    return;
  }
  entries_.push_front({.key = key, .allow = allow, .expires = now + kLifetime});
  index_[key] = entries_.begin();
  if (entries_.size() > kLimit) {
    index_.erase(entries_.back().key);
    entries_.pop_back();
  }
}

void DecisionCache::clear() {
  index_.clear();
  entries_.clear();
}

bool has_settled(const FileVersion& version, std::int64_t now_ns) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  constexpr std::int64_t kTick = 20'000'000;  // CONFIG_HZ=100, twice
  const bool whole_seconds = version.mtime_ns % kSecond == 0 && version.ctime_ns % kSecond == 0;
  return now_ns - std::max(version.mtime_ns, version.ctime_ns) >
         (whole_seconds ? 3 * kSecond : kTick);
}

}  // namespace huxin::watch
