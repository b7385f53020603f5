#pragma once
#include <sys/types.h>

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/result.hpp"

namespace huxin::watch {

/// One line of /proc/self/mountinfo (proc(5)).
struct Mount {
  int id = 0;
  dev_t device = 0;
  std::string root;   ///< what of the file system is mounted; "/" but for bind mounts
  std::string point;  ///< where
  std::string type;   ///< "ext4", "vfat", …
};

/// Reads mountinfo text; a line that is not understood is left out. In its order, which is that of
/// mounting: of two on one point the later one covers the other.
std::vector<Mount> parse_mounts(std::string_view mountinfo);
/// What `path` lies on, with the path as its point: for what mountinfo does not show. `root` is
/// empty, and `type` is "unknown" unless can_stall has a say on it.
Result<Mount> mount_at(const std::filesystem::path& path);
/// The mounts of this process. Every path is covered: "/" is listed even in a chroot whose root is
/// no mount point. Reads up to 16 MiB.
Result<std::vector<Mount>> read_mounts();

/// The mount that holds `path` (absolute, normal): the deepest, of several on one point the last.
/// Null: none; never for what read_mounts() gave.
const Mount* mount_of(std::span<const Mount> mounts, std::string_view path);

/// Could an open on it hang on a server, or on a process of the user (network, FUSE, automounter)?
/// Such file systems are never marked: the agent would hang with them. A block device behind FUSE
/// (NTFS sticks) is trusted, as only root mounts it.
bool can_stall(const Mount& mount);

/// Does the block device sit on removable media: its sysfs says `removable`, or it hangs on USB?
/// Network and memory file systems are not. False where sysfs does not say.
bool is_removable(dev_t device, const std::filesystem::path& sysfs = "/sys");

}  // namespace huxin::watch
