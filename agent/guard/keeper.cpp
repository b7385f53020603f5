// The pool's background thread: it brings dead workers back, one at a time.
#include "agent/guard/pool.hpp"

namespace huxin::guard {

WorkerPool::Slot* WorkerPool::find_due(Deadline now) {
  const auto due = std::ranges::find_if(
      slots_, [&](const Slot& s) { return s.state == State::kDead && s.retry_at <= now; });
  return due == slots_.end() ? nullptr : &*due;
}

WorkerPool::Deadline WorkerPool::next_due() const {
  Deadline next = SteadyClock::now() + std::chrono::hours(1);
  for (const Slot& slot : slots_) {
    if (slot.state == State::kDead) next = std::min(next, slot.retry_at);
  }
  return next;
}

void WorkerPool::keep(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested()) {
    if (Slot* const slot = find_due(SteadyClock::now())) {
      revive(*slot, lock);
    } else {
      const Deadline planned = next_due();
      changed_.wait_until(lock, stop, planned, [&] { return next_due() < planned; });
    }
  }
}

void WorkerPool::revive(Slot& slot, std::unique_lock<std::mutex>& lock) {
  const WorkerBirth wanted = birth();
  const std::uint64_t generation = generation_;
  slot.state = State::kStarting;
  lock.unlock();
  auto worker = make_worker(wanted);
  if (!worker) options_.log(fmt::format("a scan worker did not start: {}", worker.error().context));
  lock.lock();
  const bool wanted_still = worker && generation == generation_;
  if (wanted_still) {
    slot.worker = std::move(*worker);
    slot.generation = generation;
    ++figures_.starts;
  } else if (!worker) {
    ++slot.failures;
    const auto shift = std::min(slot.failures, 8U);
    slot.retry_at = SteadyClock::now() + std::min(std::chrono::milliseconds(30'000),
                                                  std::chrono::milliseconds(100) * (1U << shift));
  }
  slot.state = slot.worker ? State::kFree : State::kDead;
  changed_.notify_all();
  if (!worker || wanted_still) return;
  lock.unlock();  // one of an outdated generation: nobody is to wait while it ends
  (void)worker->end();
  lock.lock();
}

}  // namespace huxin::guard
