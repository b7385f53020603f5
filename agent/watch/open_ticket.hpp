#pragma once
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <thread>

#include "agent/watch/actor.hpp"
#include "agent/watch/file_version.hpp"
#include "agent/watch/permission_group.hpp"

namespace huxin::watch {

/// One open that waits for its answer. Answered exactly once, whoever comes first: the decision,
/// the deadline, or the end of the guard. Holds the kernel's descriptor until then.
class OpenTicket {
 public:
  using Moment = std::chrono::steady_clock::time_point;

  /// `file`: the kernel's, by whose number the question is answered.
  OpenTicket(std::shared_ptr<PermissionGroup> group, Fd file, Moment deadline)
      : group_(std::move(group)), file_(std::move(file)), deadline_(deadline) {}
  /// Nobody answered: the open passes.
  ~OpenTicket() { answer(true); }
  OpenTicket(const OpenTicket&) = delete;
  OpenTicket& operator=(const OpenTicket&) = delete;

  /// True when this was the answer; false when there was one already.
  bool answer(bool allow) {
    State waiting = State::kWaiting;
    if (!state_.compare_exchange_strong(waiting, allow ? State::kAllowed : State::kDenied))
      return false;
    group_->answer(file_.get(), allow);
    return true;
  }
  bool answered() const { return state_.load() != State::kWaiting; }
  /// Once answered: what the answer was.
  bool allowed() const { return state_.load() == State::kAllowed; }
  int file() const { return file_.get(); }
  Moment deadline() const { return deadline_; }
  PermissionGroup& group() const { return *group_; }

  Actor actor;
  FileVersion version;
  std::uint64_t generation = 0;  ///< of the policy when it was asked

 private:
  std::shared_ptr<PermissionGroup> group_;
  Fd file_;
  Moment deadline_;
  enum class State : std::uint8_t { kWaiting, kAllowed, kDenied };
  std::atomic<State> state_{State::kWaiting};
};

/// Answers tickets whose deadline passed, on a thread of its own that does nothing else. Tickets
/// come in order of their deadline. Thread-safe.
class OpenDeadlines {
 public:
  explicit OpenDeadlines(bool fail_closed);
  ~OpenDeadlines();

  /// Holds the ticket weakly.
  void watch(const std::shared_ptr<OpenTicket>& ticket);
  /// Lets everything that waits pass. Those that come later still wait for their deadline.
  void release_all();
  /// Is nothing waiting that should have been answered `patience` ago? Blocks when the thread is
  /// stuck in the middle of an answer.
  bool keeps_up(std::chrono::milliseconds patience);
  std::uint64_t missed() const { return missed_.load(); }

 private:
  void run();

  const bool fail_closed_;
  std::mutex mutex_;
  std::condition_variable changed_;
  struct Waiting {
    OpenTicket::Moment deadline;
    std::weak_ptr<OpenTicket>
        ticket;  ///< gone once decided: its descriptor is not held until the deadline
  };
  std::deque<Waiting> waiting_;
  bool stopped_ = false;
  std::atomic<std::uint64_t> missed_{0};
  std::thread thread_;
};

}  // namespace huxin::watch
