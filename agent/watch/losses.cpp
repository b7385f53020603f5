#include "agent/watch/losses.hpp"

#include <algorithm>
#include <exception>

#include <spdlog/spdlog.h>

#include "agent/watch/path_filter.hpp"

namespace huxin::watch {

Losses::Losses(Tell tell, std::chrono::milliseconds period)
    : tell_(std::move(tell)), period_(period), thread_([this] { run(); }) {}

Losses::~Losses() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Losses::add(std::string_view subject, std::string_view reason) {
  Kind kind(to_utf8(subject), to_utf8(reason));
  const std::lock_guard lock(mutex_);
  if (kinds_.size() >= kKinds && !kinds_.contains(kind)) kind.first.clear();
  const auto [found, fresh] = kinds_.try_emplace(std::move(kind));
  ++found->second.untold;
  if (!fresh) return;  // its time is set already
  found->second.due = Moment::clock::now();
  changed_.notify_all();
}

void Losses::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    const auto next =
        std::ranges::min_element(kinds_, {}, [](const auto& entry) { return entry.second.due; });
    const auto now = Moment::clock::now();
    if (next == kinds_.end()) {
      changed_.wait(lock);
    } else if (const Moment due = next->second.due; due > now) {
      changed_.wait_until(lock, due);
    } else if (next->second.untold == 0) {
      kinds_.erase(next);
    } else {
      next->second.due = now + period_;
      const Kind kind = next->first;
      const std::uint64_t count = std::exchange(next->second.untold, 0);
      lock.unlock();
      tell(kind, count);
      lock.lock();
    }
  }
  for (const auto& [kind, count] : kinds_) {
    if (count.untold > 0) tell(kind, count.untold);
  }
}

void Losses::tell(const Kind& kind, std::uint64_t count) noexcept {
  try {
    tell_(kind.first, kind.second, count);
  } catch (const std::exception& error) {
    spdlog::error("{} losses ({}) could not be told: {}", count, kind.second, error.what());
  }
}

}  // namespace huxin::watch
