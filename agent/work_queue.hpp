#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace huxin::agent {

/// Runs jobs on a few threads, in order of arrival.
///
/// Thread-safe. Stopping lets running jobs finish and drops those that wait: whoever pushed them
/// must find their objects again (files: the next sweep does). A job that throws is logged and
/// counts as done.
class WorkQueue {
 public:
  using Job = std::move_only_function<void()>;

  /// `capacity`: of waiting jobs, those that run not counted.
  WorkQueue(unsigned threads, std::size_t capacity);
  /// As stop(). Not from one of its own jobs.
  ~WorkQueue();
  WorkQueue(const WorkQueue&) = delete;
  WorkQueue& operator=(const WorkQueue&) = delete;

  /// Waits while `capacity` jobs wait; false when the queue is stopping and the job was not taken.
  bool push(Job job);
  /// As push, but takes nothing when `capacity` jobs wait: for jobs that run on another queue this
  /// one pushes to, which must not wait for each other.
  bool offer(Job job);
  /// Returns once running jobs have ended. May be called more than once.
  void stop();
  /// Does nothing run or wait? A pushed job counts as waiting at once.
  bool idle() const;

 private:
  void run();

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Job> jobs_;
  unsigned running_ = 0;
  bool stopping_ = false;
  std::vector<std::jthread> threads_;
};

}  // namespace huxin::agent
