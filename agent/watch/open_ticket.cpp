#include "agent/watch/open_ticket.hpp"

namespace huxin::watch {

OpenDeadlines::OpenDeadlines(bool fail_closed)
    : fail_closed_(fail_closed), thread_([this] { run(); }) {}

OpenDeadlines::~OpenDeadlines() {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void OpenDeadlines::watch(const std::shared_ptr<OpenTicket>& ticket) {
  {
    const std::lock_guard lock(mutex_);
    waiting_.push_back({.deadline = ticket->deadline(), .ticket = ticket});
  }
  changed_.notify_one();
}

void OpenDeadlines::release_all() {
  const std::lock_guard lock(mutex_);
  for (const auto& waiting : waiting_) {
    if (const auto ticket = waiting.ticket.lock()) ticket->answer(true);
  }
  waiting_.clear();
}

bool OpenDeadlines::keeps_up(std::chrono::milliseconds patience) {
  const std::lock_guard lock(mutex_);
  return waiting_.empty() || waiting_.front().ticket.expired() ||
         waiting_.front().deadline + patience > OpenTicket::Moment::clock::now();
}

void OpenDeadlines::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    while (!waiting_.empty() && waiting_.front().ticket.expired()) waiting_.pop_front();
    if (waiting_.empty()) {
      changed_.wait(lock);
    } else if (waiting_.front().deadline <= OpenTicket::Moment::clock::now()) {
      const auto ticket = waiting_.front().ticket.lock();
      waiting_.pop_front();
      if (ticket && ticket->answer(!fail_closed_)) ++missed_;
    } else {
      const auto until = waiting_.front().deadline;
      changed_.wait_until(lock, until);
    }
  }
}

}  // namespace huxin::watch
