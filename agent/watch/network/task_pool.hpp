#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace huxin::watch {

/// Runs tasks on a few threads, first come, first served, with a bounded queue.
///
/// Thread-safe. The destructor drops what has not begun and waits for what has. Tasks do not throw.
class TaskPool {
 public:
  /// `queue_limit`: of tasks that have not begun.
  TaskPool(unsigned threads, std::size_t queue_limit);
  ~TaskPool();
  TaskPool(const TaskPool&) = delete;
  TaskPool& operator=(const TaskPool&) = delete;

  /// Queues a task; false: the queue is full and the task was not taken.
  [[nodiscard]] bool post(std::move_only_function<void()> task);

 private:
  void work(const std::stop_token& stop);

  const std::size_t queue_limit_;
  std::mutex mutex_;
  std::condition_variable_any ready_;
  std::deque<std::move_only_function<void()>> queue_;
  std::vector<std::jthread> threads_;
};

}  // namespace huxin::watch
