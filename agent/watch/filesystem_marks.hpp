#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "agent/watch/fanotify.hpp"
#include "agent/watch/mounts.hpp"
#include "agent/watch/path_filter.hpp"

namespace huxin::watch {

/// Keeps the file systems that hold the watched folders, or are mounted below them, marked on a
/// notification group, and finds the folder an event names. Not thread-safe.
class FilesystemMarks {
 public:
  /// `group` and `filter` are borrowed. The paths of `removable` are resolved ones.
  FilesystemMarks(int group, std::uint64_t mask, const PathFilter& filter,
                  std::vector<std::filesystem::path> removable);

  /// What became of a mount point seen for the first time.
  struct Marked {
    std::string point;
    Status status;
  };
  /// Reads the mounts anew and marks the new ones among them. A mount that was there before is not
  /// told again, whether it could be marked or not.
  Result<std::vector<Marked>> refresh();

  /// A folder found by its handle.
  struct Folder {
    Fd fd;  ///< O_PATH
    std::string path;
  };
  /// None: gone, or not below a watched folder. The folder above a watched one is found too:
  /// entries that move into its place are its events.
  std::optional<Folder> find(FilesystemId filesystem, ByteView handle);
  /// Lets go of what find() keeps open between the events of one read; a stick can be unmounted
  /// then.
  void release() { open_.clear(); }

  /// The mount point when the device is removable, else none. As of the last refresh().
  std::optional<std::string> removable(dev_t device) const;
  std::size_t marked() const { return points_.size(); }

 private:
  bool relevant(const Mount& mount, const std::vector<Mount>& all) const;
  Status mark_mount(const Mount& mount);
  int open_point(const std::string& point);

  int group_;
  std::uint64_t mask_;
  const PathFilter& filter_;
  std::vector<std::filesystem::path> removable_;
  std::set<std::pair<int, std::string>> seen_;  ///< mount id and point
  std::map<FilesystemId, std::vector<std::string>> points_;
  std::map<dev_t, std::string> removable_devices_;
  std::map<std::string, Fd> open_;
};

}  // namespace huxin::watch
