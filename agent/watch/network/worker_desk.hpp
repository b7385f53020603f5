#pragma once
#include "agent/watch/losses.hpp"
#include "agent/watch/network/control_channel.hpp"
#include "agent/watch/network/host_names.hpp"
#include "agent/watch/network/network.pb.h"
#include "agent/watch/network/network_guard.hpp"
#include "agent/watch/network/task_pool.hpp"

namespace huxin::watch {

/// The guardian's counters, written by several threads.
struct GuardCounters {
  std::atomic<std::uint64_t> workers{0}, verdicts{0}, blocked{0}, leaves{0}, overflow{0},
      bad_messages{0}, reports_limited{0};
};

/// Answers the questions of a network worker: certificates at once, verdicts on threads of its own.
/// What a worker says is hostile: it is checked, bounded and never trusted to name a process. Of
/// its reports of what was not inspected 1,024 at once and 20 a second are passed on; the others
/// are counted and told together, as "reports_limited", once a minute.
///
/// answer() is called from one thread; the desk waits for running verdicts when it goes.
///
/// At most 256 verdicts wait; beyond, the answer is what fail_closed says ("queue_overflow"). A
/// verdict that is not sent by its deadline is not sent at all, so that what is recorded is what
/// happened.
class WorkerDesk {
 public:
  /// References are borrowed.
  WorkerDesk(const NetworkGuardSettings& settings, const NetworkGuardHandlers& handlers,
             std::shared_ptr<const Clock> clock, HostNames& names, GuardCounters& counters);

  /// kProtocol: the worker sent what no worker sends, and is to be replaced. A body must come
  /// sealed. Reasons, paths and counts are the worker's words, bounded by the message alone.
  Status answer(const std::shared_ptr<Fd>& control, Packet packet);
  /// Reports a loss of the channel itself.
  void report(std::string_view reason, std::uint64_t count = 1);

 private:
  void answer_leaf(const Fd& control, const wire::LeafRequest& request);
  /// Sends what was decided; false: too late, or nobody is there to take it.
  bool send_verdict(const Fd& control, std::uint64_t id, const UploadVerdict& verdict,
                    std::chrono::steady_clock::time_point deadline);
  void answer_verdict(const std::shared_ptr<Fd>& control, wire::VerdictRequest request, Fd body);
  void pass_on(const wire::CoverageReport& report);
  bool may_report();
  void judge(const Fd& control, const wire::VerdictRequest& request, Upload upload);
  /// Is the host a flow names the one it goes to? TLS has proven it; else the name must lead there.
  bool is_proven(const wire::Flow& flow, std::chrono::milliseconds wait) const;
  void tell_claimed_host(const wire::Flow& flow, const rule::Event& event) const;
  /// What the rules see. A host nobody vouches for is none: the address stands in its place.
  rule::Event event_of(const wire::Flow& flow, const std::string& path, std::string operation,
                       bool proven) const;

  const NetworkGuardSettings& settings_;
  const NetworkGuardHandlers& handlers_;
  std::shared_ptr<const Clock> clock_;
  HostNames& names_;
  GuardCounters& counters_;
  double reports_left_;
  std::chrono::steady_clock::time_point reports_at_ = std::chrono::steady_clock::now();
  Losses losses_;
  TaskPool pool_;  // last: its threads use everything above
};

}  // namespace huxin::watch
