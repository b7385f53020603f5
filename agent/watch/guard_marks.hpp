#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>

#include "agent/watch/fanotify.hpp"
#include "agent/watch/guarded_places.hpp"
#include "agent/watch/loop_signal.hpp"
#include "agent/watch/mounts.hpp"
#include "agent/watch/path_filter.hpp"
#include "agent/watch/permission_group.hpp"
#include "agent/watch/place_coverage.hpp"

namespace huxin::watch {

/// Keeps permission marks where they belong, on a thread of its own: on every mount that is a
/// guarded path or lies below one; on guarded folders of other mounts a mark on the folder and on
/// each of its subfolders, and on new ones as they appear.
///
/// A file system that is mounted in guarded places alone is marked whole: no gap, and no way round,
/// also not for a user who clones the mount into a namespace of his own (`unshare -Urm`). Any other
/// mount (a bind mount, "/", a file system that is mounted elsewhere too) has a mount mark: no gap,
/// but a clone of it is not marked. Marks on folders hold in clones too, but have a gap: a new
/// subfolder is guarded as soon as the kernel told of it, some milliseconds after it was made. So
/// give what must be guarded a file system of its own. A guarded path that is missing, or gives way
/// to another folder, is looked for again every 2 seconds. Subfolders that could not be opened are
/// tried again after 2 seconds, doubling to 64.
class GuardMarks {
 public:
  static constexpr std::size_t kMaxFolders = 65'536;
  static constexpr int kMaxDepth = 128;  ///< of folders below a guarded one
  /// On this class's thread and on the caller's of start(); must not block.
  using Loss = std::function<void(const std::string& path, const std::string& reason)>;

  /// `lost` is called from start() and from the thread: "too_many_folders", "too_deep",
  /// "unguardable: …".
  GuardMarks(std::shared_ptr<PermissionGroup> mounts, std::shared_ptr<PermissionGroup> folders,
             std::vector<std::filesystem::path> guarded, Loss lost);
  ~GuardMarks();

  /// Sets the marks and starts to keep them. A folder that cannot be guarded is a loss and no
  /// error; errors are of fanotify itself.
  Status start();
  bool alive(std::chrono::milliseconds deadline) { return signal_.ping(deadline); }
  /// Any mount mark at all; else nothing is there to be counted by a probe.
  bool has_mounts() const { return has_mounts_; }
  bool has_folders() const { return has_folders_; }
  const GuardedPlaces& places() const { return places_; }
  /// The guarded paths that are missing or could not be guarded, wholly or in part. Thread-safe.
  std::vector<BlindPlace> blind() const;
  std::size_t configured() const { return filter_.folders().size(); }

 private:
  void run() noexcept;
  bool turn();
  /// Marks what is new and forgets what is gone; a mount that was dealt with is not told of again.
  void refresh_mounts();
  bool holds_alone(const Mount& mount, std::span<const Mount> mounts) const;
  Status guard_mount(const Mount& mount, bool whole);
  bool is_guarded(const Mount& mount) const;
  void learn_places(std::span<const Mount> mounts);
  /// Beyond kMaxFolders, and 128 levels down, folders are not guarded.
  void guard_tree(int above, const std::string& name, const std::string& path, dev_t device,
                  int depth);
  void guard_children(int fd, const std::string& path, dev_t device, int depth);
  void guard_plain_folders();
  /// Is one there, gone or another than it was? Looks every 2 s.
  bool plain_folders_changed();
  void retry_unopened();
  void on_entry(const EntryEvent& event);
  /// Tells of a place that is not guarded, and remembers it among the faults of its guarded path.
  void lose(const std::string& path, const std::string& reason);
  /// As lose(), for a reason that may pass.
  void lose_for_now(const std::string& path, int error);
  std::string guarded_path_of(const std::string& path) const;
  void publish_blind_folders();

  std::shared_ptr<PermissionGroup> mounts_;
  std::shared_ptr<PermissionGroup> folders_;
  PathFilter filter_;
  Loss lost_;
  Fd notices_;  ///< notification group: folders made in or moved into guarded ones
  Fd mount_table_;
  GuardedPlaces places_;
  LoopSignal signal_;
  /// The mounts that were dealt with, and what kept one from being guarded.
  std::map<std::pair<int, std::string>, std::string> seen_;
  /// Guarded paths that are no mount point, and which folder each was: none if it was missing.
  using Identity = std::pair<dev_t, ino_t>;
  std::map<std::string, std::optional<Identity>> plain_;
  mutable std::mutex blind_mutex_;
  std::map<std::string, std::string> found_blind_;  ///< by guard_plain_folders, so far
  std::map<std::string, std::string> blind_mounts_, blind_folders_;  ///< guarded path, reason
  std::chrono::steady_clock::time_point looked_{};
  std::size_t folder_count_ = 0;
  bool unopened_ = false;  ///< by the last guard_plain_folders: some may be opened later
  bool retrying_ = false;  ///< what is known to be blind is not told again
  std::chrono::milliseconds retry_pause_{0};  ///< none: nothing to retry
  std::chrono::steady_clock::time_point retry_at_{};
  std::atomic<bool> has_mounts_{false};
  std::atomic<bool> has_folders_{false};
  std::thread thread_;
};

}  // namespace huxin::watch
