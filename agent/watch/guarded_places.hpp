#pragma once
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace huxin::watch {

/// Says where an open file lies, as this machine's guarded mounts show it.
///
/// Whoever has a mount namespace of his own (any user, with `unshare -Urm`) can make any path lead
/// to a guarded file, so the path of his open means nothing: a file opened through a mount that is
/// not known is looked up again, by its handle, in the guarded places. Thread-safe.
class GuardedPlaces {
 public:
  /// `mounts`: whose paths are true, by their numbers in mountinfo; `folders`: the guarded places.
  void set(std::set<std::uint64_t> mounts, std::vector<std::string> folders);

  /// No value: opened through an unknown mount, and in no guarded place that could be looked into.
  /// Opens folders, no file; for regular files only. As bytes.
  std::optional<std::string> path_of(int file) const;

 private:
  mutable std::mutex mutex_;
  std::set<std::uint64_t> mounts_;
  std::vector<std::string> folders_;
};

/// The path by which a descriptor was opened; empty when it has none. As this process's mounts show
/// it; " (deleted)" is part of it for a file that is gone.
std::string opened_path(int file);

}  // namespace huxin::watch
