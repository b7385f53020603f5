#pragma once
#include <memory>
#include <mutex>
#include <string>

#include "agent/desk.hpp"
#include "agent/watch/open_guard.hpp"

namespace huxin::agent {

/// Opens in guarded places: each waits until its content was judged, and fails where the policy
/// says so.
class OpenChannel {
 public:
  explicit OpenChannel(Desk desk) : desk_(desk) {}

  /// Guards what the policy in force says from now on.
  Status watch();
  /// Forgets what was decided: a teller came or went.
  void forget();
  std::string state() const;
  void add_losses(Losses& losses) const;

 private:
  struct Wanted {
    std::vector<std::string> guarded, exclude;
    std::chrono::milliseconds deadline{};
    bool fail_closed = false;
    bool operator==(const Wanted&) const = default;
  };
  void replace(std::unique_ptr<watch::OpenGuard> guard, std::string state);
  watch::OpenDecision decide(watch::OpenRequest&& request);
  void lost(const std::string& path, const std::string& reason, std::uint64_t count);

  Desk desk_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  Wanted watched_;
  std::unique_ptr<watch::OpenGuard> guard_;
};

}  // namespace huxin::agent
