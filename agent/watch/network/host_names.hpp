#pragma once
#include <chrono>
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "agent/watch/network/task_pool.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// Finds the addresses (numeric, as inet_ntop writes them) of a name; blocks.
using Resolve = std::function<Result<std::vector<std::string>>(const std::string& name)>;

/// By the system's resolver: /etc/hosts, DNS, whatever nsswitch.conf says. Sorted, none twice.
/// kNotFound: it has none, or the resolver failed.
Result<std::vector<std::string>> resolve_by_system(const std::string& name);

/// Remembers for a minute to which addresses names lead, and waits for an answer no longer than it
/// is told to.
///
/// Thread-safe. Bounded: two threads look up, and at most 64 names wait for them (beyond:
/// kUnavailable); beyond 4,096 known names all are forgotten. A failure is remembered for five
/// seconds. The destructor waits for a look-up under way, which the system's resolver ends in its
/// own time.
class HostNames {
 public:
  /// Absent: resolve_by_system. It is called on the pool's threads and may block.
  explicit HostNames(Resolve resolve);

  /// The addresses of a name; kTimeout: not known within `wait` (the look-up goes on).
  Result<std::vector<std::string>> addresses(const std::string& name,
                                             std::chrono::milliseconds wait);
  /// Is `address` one of the name's, as far as is known within `wait`? An address leads to itself.
  bool leads_to(const std::string& name, const std::string& address,
                std::chrono::milliseconds wait);

 private:
  struct Known {
    std::chrono::steady_clock::time_point until;             ///< asked anew after
    std::optional<Result<std::vector<std::string>>> answer;  ///< absent: being looked up
  };
  void look_up(const std::string& name);

  Resolve resolve_;
  std::mutex mutex_;
  std::condition_variable answered_;
  std::map<std::string, Known> known_;
  TaskPool pool_;  // last: its threads use everything above
};

}  // namespace huxin::watch
