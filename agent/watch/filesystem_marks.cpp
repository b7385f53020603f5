#include "agent/watch/filesystem_marks.hpp"

#include <fcntl.h>

#include <algorithm>

namespace huxin::watch {

FilesystemMarks::FilesystemMarks(int group, std::uint64_t mask, const PathFilter& filter,
                                 std::vector<std::filesystem::path> removable)
    : group_(group), mask_(mask), filter_(filter), removable_(std::move(removable)) {}

bool FilesystemMarks::relevant(const Mount& mount, const std::vector<Mount>& all) const {
  return std::ranges::any_of(filter_.folders(), [&](const auto& folder) {
    return mount_of(all, folder.native()) == &mount || is_below(mount.point, folder.native());
  });
}

Status FilesystemMarks::mark_mount(const Mount& mount) {
  if (can_stall(mount))
    return fail(Errc::kUnsupported, "{}: {} could stall the watcher", mount.point, mount.type);
  const Fd point(::open(mount.point.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!point) return fail_errno("open " + mount.point);
  const auto id = filesystem_of(point.get());
  if (!id) return std::unexpected(id.error());
  const Status done = mark(group_, FAN_MARK_ADD | FAN_MARK_FILESYSTEM, mask_, point.get(), nullptr);
  if (!done) return std::unexpected(done.error().within(mount.point));
  auto& points = points_[*id];
  if (std::ranges::find(points, mount.point) == points.end()) points.push_back(mount.point);
  return {};
}

Result<std::vector<FilesystemMarks::Marked>> FilesystemMarks::refresh() {
  const auto mounts = read_mounts();
  if (!mounts) return std::unexpected(mounts.error());
  std::vector<Marked> news;
  std::set<std::pair<int, std::string>> present;
  removable_devices_.clear();
  points_.clear();
  for (const Mount& mount : *mounts) {
    if (!relevant(mount, *mounts)) continue;
    present.emplace(mount.id, mount.point);
    const bool told =
        std::ranges::find(removable_, std::filesystem::path(mount.point)) != removable_.end();
    if (told || is_removable(mount.device)) removable_devices_[mount.device] = mount.point;
    Status status = mark_mount(mount);  // marking again what is marked changes nothing
    if (!seen_.contains({mount.id, mount.point})) news.push_back({mount.point, std::move(status)});
  }
  seen_ = std::move(present);
  return news;
}

int FilesystemMarks::open_point(const std::string& point) {
  Fd& fd = open_[point];
  // open_by_handle_at refuses O_PATH for the mount.
  if (!fd) fd = Fd(::open(point.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.get();
}

std::optional<FilesystemMarks::Folder> FilesystemMarks::find(FilesystemId filesystem,
                                                             ByteView handle) {
  const auto points = points_.find(filesystem);
  if (points == points_.end()) return std::nullopt;
  for (const std::string& point : points->second) {
    const int mount = open_point(point);
    auto folder = mount < 0 ? std::nullopt : open_folder(mount, handle);
    if (!folder) continue;
    auto path = path_of_folder(folder->get());
    if (!path) continue;
    const bool near = std::ranges::any_of(filter_.folders(), [&](const auto& watched) {
      return is_below(*path, watched.native()) || watched.parent_path() == *path;
    });
    if (near) return Folder{.fd = std::move(*folder), .path = std::move(*path)};
  }
  return std::nullopt;
}

std::optional<std::string> FilesystemMarks::removable(dev_t device) const {
  const auto found = removable_devices_.find(device);
  if (found == removable_devices_.end()) return std::nullopt;
  return found->second;
}

}  // namespace huxin::watch
