#include "agent/watch/sweep.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <memory>
#include <string_view>

#include "agent/watch/actor.hpp"
#include "agent/watch/mounts.hpp"
#include "agent/watch/path_filter.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {
namespace {

constexpr int kMaxDepth = 128;
using Found = std::function<bool(const std::filesystem::path&, const FileVersion&)>;

class Walk {
 public:
  Walk(const PathFilter& filter, const Found& found) : filter_(filter), found_(found) {}

  /// Walks by descriptors relative to the folder above, so that no link put in the way is followed.
  void folder(int above, const std::string& name, const std::string& path, int depth) {
    if (filter_.prunes(path)) {
      ++count_.excluded;
      return;
    }
    const int fd = ::openat(above, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    const std::unique_ptr<DIR, int (*)(DIR*)> listing(fd < 0 ? nullptr : ::fdopendir(fd),
                                                      ::closedir);
    if (!listing) {
      if (fd >= 0) ::close(fd);
      ++count_.unreadable;
      return;
    }
    ++count_.folders;
    while (const dirent* entry = ::readdir(listing.get())) {
      const std::string_view child(entry->d_name);
      if (child != "." && child != "..")
        visit(fd, std::string(child), (path == "/" ? "" : path) + "/" + std::string(child), depth);
      if (count_.stopped) return;
    }
  }

  const SweepCount& count() const { return count_; }

 private:
  void visit(int above, const std::string& name, const std::string& path, int depth) {
    struct stat info{};
    if (::fstatat(above, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return;  // gone meanwhile
    if (S_ISDIR(info.st_mode)) {
      if (depth < kMaxDepth) return folder(above, name, path, depth + 1);
      ++count_.too_deep;
    }
    if (!S_ISREG(info.st_mode)) return;
    if (!filter_.wanted(path)) {
      ++count_.excluded;
      return;
    }
    ++count_.files;
    count_.stopped = !found_(path, version_of(info));
  }

  const PathFilter& filter_;
  const Found& found_;
  SweepCount count_;
};

}  // namespace

SweepCount sweep(const std::vector<std::filesystem::path>& directories,
                 const std::vector<std::string>& exclude, const Found& found) {
  const PathFilter filter(resolved(directories), exclude);
  Walk walk(filter, found);
  for (const auto& folder : filter.folders()) {
    if (walk.count().stopped) break;
    std::error_code none;
    if (std::filesystem::exists(folder, none))
      walk.folder(AT_FDCWD, folder.native(), folder.native(), 0);
  }
  return walk.count();
}

rule::Event swept_event(const std::filesystem::path& path, Time now) {
  static Accounts accounts;
  struct stat info{};
  const bool there = ::lstat(path.c_str(), &info) == 0;
  rule::Event event;
  event.stage = rule::Stage::kStore;
  event.channel =
      there && is_removable(info.st_dev) ? rule::Channel::kRemovable : rule::Channel::kFile;
  event.time = now;
  event.user = there ? accounts.name(info.st_uid) : "";
  event.path = to_utf8(path.native());
  event.operation = "sweep";
  return event;
}

}  // namespace huxin::watch
