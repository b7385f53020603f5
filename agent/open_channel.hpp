#pragma once
#include <memory>
#include <mutex>
#include <string>

#include "agent/desk.hpp"
#include "agent/early_refusal.hpp"
#include "agent/watch/open_guard.hpp"
#include "agent/work_queue.hpp"

namespace huxin::agent {

/// Opens in guarded places: each waits until its content was judged, and fails where the policy
/// says so.
///
/// A refusal is given as soon as it is certain (rule::enough_to_refuse); the whole file is then
/// inspected in the background, for its incident. Where 64 of them wait already, or the channel
/// goes, the incident has the counts of what was seen.
///
/// watch() and forget() from one thread at a time each; the rest from any. Opens are decided on the
/// guard's threads, each within the policy's open_deadline less 20 ms, in which its answer is
/// given.
class OpenChannel {
 public:
  explicit OpenChannel(Desk desk) : desk_(desk) {}

  /// Guards what the policy in force says from now on. Under the same settings only what was
  /// decided is forgotten; other settings start a new guard, and for a moment none guards.
  Status watch();
  /// Guards nothing any more; whoever waits passes.
  void close() { replace(nullptr, "off"); }
  /// Forgets what was decided: a teller came or went.
  void forget();
  /// "off", "ok", which of the guarded paths are not guarded, or what is wrong. Waits up to 2 s for
  /// the guard.
  std::string state() const;
  /// Are opens answered within `deadline`, as far as they are asked about?
  bool answers(std::chrono::milliseconds deadline) const;
  /// Sets opens_answered_by_deadline, opens_overloaded and opens_failed; nothing while it is off.
  void add_losses(Losses& losses) const;

 private:
  /// What a running guard depends on. fail_closed holds only in a policy that enforces.
  struct Wanted {
    std::vector<std::string> guarded, exclude;
    std::chrono::milliseconds deadline{};
    bool fail_closed = false;
    bool operator==(const Wanted&) const = default;
  };
  void replace(std::shared_ptr<watch::OpenGuard> guard, std::string state);
  std::shared_ptr<watch::OpenGuard> current() const;
  /// Refuses for block and stricter. What no worker could look at is not remembered.
  watch::OpenDecision decide(watch::OpenRequest&& request);
  /// Records a refusal once the rest of its file was looked at.
  void look_whole_later(std::unique_ptr<EarlyRefusal> refusal);
  void lost(const std::string& path, const std::string& reason, std::uint64_t count);

  Desk desk_;
  WorkQueue whole_{1, 64};  ///< behind guard_ in life: what it settles goes here
  mutable std::mutex mutex_;
  std::string state_ = "off";
  Wanted watched_;
  std::shared_ptr<watch::OpenGuard> guard_;  ///< asked outside the lock: it may take its time
};

}  // namespace huxin::agent
