#include "agent/watch/mounts.hpp"

#include <fcntl.h>
#include <linux/magic.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "agent/watch/path_filter.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {
namespace {

std::string_view next_field(std::string_view& line) {
  const auto end = std::min(line.find(' '), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

template <class Number>
bool read_number(std::string_view text, Number& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

/// Blanks, tabs, newlines and backslashes in paths are written as \ooo.
std::string unescape(std::string_view field) {
  std::string path;
  for (std::size_t i = 0; i < field.size(); ++i) {
    unsigned code = 0;
    const bool octal =
        field[i] == '\\' && i + 3 < field.size() &&
        std::from_chars(field.data() + i + 1, field.data() + i + 4, code, 8).ec == std::errc{};
    path += octal ? static_cast<char>(code) : field[i];
    if (octal) i += 3;
  }
  return path;
}

bool parse_line(std::string_view line, Mount& mount) {
  if (!read_number(next_field(line), mount.id)) return false;
  next_field(line);  // parent
  const std::string_view device = next_field(line);
  const auto colon = device.find(':');
  unsigned major = 0;
  unsigned minor = 0;
  if (colon == std::string_view::npos || !read_number(device.substr(0, colon), major) ||
      !read_number(device.substr(colon + 1), minor)) {
    return false;
  }
  mount.device = makedev(major, minor);
  mount.root = unescape(next_field(line));
  mount.point = unescape(next_field(line));
  const auto dash = line.find(" - ");
  if (mount.point.empty() || dash == std::string_view::npos) return false;
  line.remove_prefix(dash + 3);
  mount.type = next_field(line);
  return true;
}

bool says_one(const std::filesystem::path& file) {
  const auto content = read_file(file, 64);
  return content && content->starts_with('1');
}

/// The names that can_stall knows, of file systems whose mountinfo line is out of sight.
std::string type_of(const std::filesystem::path& path) {
  struct statfs info{};
  if (::statfs(path.c_str(), &info) != 0) return "unknown";
  switch (static_cast<unsigned long>(info.f_type)) {
    case NFS_SUPER_MAGIC:
      return "nfs";
    case CIFS_SUPER_MAGIC:
      return "cifs";
    case SMB2_SUPER_MAGIC:
      return "smb3";
    case V9FS_MAGIC:
      return "9p";
    case AFS_SUPER_MAGIC:
      return "afs";
    case CEPH_SUPER_MAGIC:
      return "ceph";
    case FUSE_SUPER_MAGIC:
      return "fuse";
    case AUTOFS_SUPER_MAGIC:
      return "autofs";
    default:
      return "unknown";
  }
}

}  // namespace

Result<Mount> mount_at(const std::filesystem::path& path) {
  struct statx info{};
  if (::statx(AT_FDCWD, path.c_str(), 0, STATX_MNT_ID, &info) != 0)
    return fail_errno("statx " + path.native());
  return Mount{.id = static_cast<int>(info.stx_mnt_id),
               .device = makedev(info.stx_dev_major, info.stx_dev_minor),
               .root = {},
               .point = path,
               .type = type_of(path)};
}

std::vector<Mount> parse_mounts(std::string_view mountinfo) {
  std::vector<Mount> mounts;
  while (!mountinfo.empty()) {
    const auto end = std::min(mountinfo.find('\n'), mountinfo.size());
    Mount mount;
    if (parse_line(mountinfo.substr(0, end), mount)) mounts.push_back(std::move(mount));
    mountinfo.remove_prefix(std::min(end + 1, mountinfo.size()));
  }
  return mounts;
}

Result<std::vector<Mount>> read_mounts() {
  const auto text = read_file("/proc/self/mountinfo", std::size_t{16} << 20U);
  if (!text) return std::unexpected(text.error());
  std::vector<Mount> mounts = parse_mounts(*text);
  if (mount_of(mounts, "/") != nullptr) return mounts;
  auto root =
      mount_at("/");  // a chroot into a plain folder: the kernel lists only what is below it
  if (!root) return std::unexpected(root.error());
  mounts.insert(mounts.begin(), std::move(*root));
  return mounts;
}

const Mount* mount_of(std::span<const Mount> mounts, std::string_view path) {
  const Mount* best = nullptr;
  for (const Mount& mount : mounts) {
    if (!is_below(path, mount.point)) continue;
    if (best == nullptr || mount.point.size() >= best->point.size()) best = &mount;
  }
  return best;
}

bool can_stall(const Mount& mount) {
  constexpr std::array<std::string_view, 10> kTypes{"autofs", "nfs", "nfs4", "cifs", "smb3",
                                                    "9p",     "afs", "ceph", "fuse", "glusterfs"};
  return std::ranges::find(kTypes, mount.type) != kTypes.end() || mount.type.starts_with("fuse.");
}

bool is_removable(dev_t device, const std::filesystem::path& sysfs) {
  std::error_code none;
  const auto link = sysfs / "dev/block" / fmt::format("{}:{}", major(device), minor(device));
  const auto node = std::filesystem::canonical(link, none);
  if (none) return false;
  // A partition's folder lies in its disk's.
  if (says_one(node / "removable") || says_one(node.parent_path() / "removable")) return true;
  return node.native().find("/usb") != std::string::npos;
}

}  // namespace huxin::watch
