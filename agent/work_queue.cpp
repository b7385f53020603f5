#include "agent/work_queue.hpp"

#include <exception>

#include <spdlog/spdlog.h>

namespace huxin::agent {

WorkQueue::WorkQueue(unsigned threads, std::size_t capacity) : capacity_(capacity) {
  for (unsigned i = 0; i < threads; ++i) threads_.emplace_back([this] { run(); });
}

WorkQueue::~WorkQueue() { stop(); }

bool WorkQueue::push(Job job) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return stopping_ || jobs_.size() < capacity_; });
  if (stopping_) return false;
  jobs_.push_back(std::move(job));
  changed_.notify_all();
  return true;
}

bool WorkQueue::offer(Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || jobs_.size() >= capacity_) return false;
    jobs_.push_back(std::move(job));
  }
  changed_.notify_all();
  return true;
}

void WorkQueue::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    jobs_.clear();
  }
  changed_.notify_all();
  threads_.clear();  // joins
}

bool WorkQueue::idle() const {
  const std::lock_guard lock(mutex_);
  return running_ == 0 && jobs_.empty();
}

void WorkQueue::run() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
      ++running_;
    }
    changed_.notify_all();
    try {
      job();
    } catch (const std::exception& error) {
      spdlog::error("a job failed: {}", error.what());
    }
    const std::lock_guard lock(mutex_);
    --running_;
  }
}

}  // namespace huxin::agent
