#include "agent/watch/guarded_places.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <climits>

#include "agent/watch/path_filter.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {
namespace {

/// Room for a handle of any file system.
struct Handle {
  alignas(file_handle) std::array<char, sizeof(file_handle) + MAX_HANDLE_SZ> bytes{};
  file_handle* get() { return reinterpret_cast<file_handle*>(bytes.data()); }
};

/// The path of the file a handle names, as the mount that holds `folder` shows it.
std::optional<std::string> look_up(const std::string& folder, dev_t device, Handle& handle) {
  const Fd mount(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_NOATIME | O_CLOEXEC));
  struct stat info{};
  if (!mount || ::fstat(mount.get(), &info) != 0 || info.st_dev != device) return std::nullopt;
  const Fd file(::open_by_handle_at(mount.get(), handle.get(), O_PATH | O_CLOEXEC));
  std::string path = file ? opened_path(file.get()) : std::string();
  if (!is_below(path, folder)) return std::nullopt;
  return path;
}

}  // namespace

std::string opened_path(int file) {
  std::array<char, PATH_MAX> link{};
  const ssize_t length =
      ::readlink(fmt::format("/proc/self/fd/{}", file).c_str(), link.data(), link.size());
  return length > 0 ? std::string(link.data(), static_cast<std::size_t>(length)) : std::string();
}

void GuardedPlaces::set(std::set<std::uint64_t> mounts, std::vector<std::string> folders) {
  const std::lock_guard lock(mutex_);
  mounts_ = std::move(mounts);
  folders_ = std::move(folders);
}

std::optional<std::string> GuardedPlaces::path_of(int file) const {
  struct statx info{};
  if (::statx(file, "", AT_EMPTY_PATH, STATX_MNT_ID, &info) != 0) return std::nullopt;
  std::vector<std::string> folders;
  {
    const std::lock_guard lock(mutex_);
    if (mounts_.contains(info.stx_mnt_id)) return opened_path(file);
    folders = folders_;
  }
  Handle handle;
  handle.get()->handle_bytes = MAX_HANDLE_SZ;
  int mount = 0;
  struct stat about{};
  if (::name_to_handle_at(file, "", handle.get(), &mount, AT_EMPTY_PATH) != 0 ||
      ::fstat(file, &about) != 0)
    return std::nullopt;
  for (const std::string& folder : folders) {
    if (auto path = look_up(folder, about.st_dev, handle)) return path;
  }
  return std::nullopt;
}

}  // namespace huxin::watch
