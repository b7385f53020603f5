#pragma once
#include <atomic>
#include <cstdint>
#include <mutex>
#include <optional>

#include "agent/watch/decision_cache.hpp"
#include "agent/watch/open_ticket.hpp"

namespace huxin::watch {

/// Remembers what was decided under one generation of the policy: in the cache, and, for files
/// clean for everyone, in the kernel. Thread-safe.
class OpenMemory {
 public:
  /// `mounts`: the group whose files the kernel can be told to ignore; folder marks cannot.
  explicit OpenMemory(std::shared_ptr<PermissionGroup> mounts) : mounts_(std::move(mounts)) {}

  /// Rises with each forget(). A ticket carries the one it was asked under.
  std::uint64_t generation() const { return generation_.load(); }
  /// Nothing for an opener whose user is not known.
  std::optional<bool> recall(const OpenTicket& ticket);
  /// Keeps a decision if neither the policy nor the file changed while it was made. True when the
  /// kernel was told to ignore the file.
  bool keep(const OpenTicket& ticket, bool allow, bool clean_for_everyone);
  /// In the kernel too: opens of clean files are asked about again.
  void forget();

 private:
  bool hand_over(const OpenTicket& ticket);

  std::shared_ptr<PermissionGroup> mounts_;
  std::mutex mutex_;
  DecisionCache cache_;
  std::atomic<std::uint64_t> generation_{1};
};

}  // namespace huxin::watch
