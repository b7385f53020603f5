#include "agent/watch/sweep.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <string_view>

#include "agent/watch/actor.hpp"
#include "agent/watch/mounts.hpp"
#include "agent/watch/path_filter.hpp"
#include "policy/base/file.hpp"

namespace huxin::watch {
namespace {

constexpr int kMaxDepth = 128;

class Walk {
 public:
  Walk(const PathFilter& filter, const SweepHandlers& handlers, std::string after)
      : filter_(filter), handlers_(handlers), after_(std::move(after)) {}

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
      return lose(path, "unreadable");
    }
    ++count_.folders;
    const std::string below = path == "/" ? path : path + "/";
    for (const std::string& child : names(*listing, path)) {
      visit(fd, child, below + child, depth);
      if (count_.stopped) return;
    }
  }

  const SweepCount& count() const { return count_; }

 private:
  /// The entries of a folder in order, without those that an earlier sweep was done with.
  std::vector<std::string> names(DIR& listing, const std::string& path) const {
    std::vector<std::string> names;
    const std::string done = done_in(path);
    while (const dirent* entry = ::readdir(&listing)) {
      const std::string_view child(entry->d_name);
      if (child != "." && child != ".." && child >= done) names.emplace_back(child);
    }
    std::ranges::sort(names);
    return names;
  }

  /// The entry of this folder which `after_` is, or lies below; empty: it lies elsewhere.
  std::string done_in(const std::string& path) const {
    if (after_ == path || !is_below(after_, path)) return {};
    const std::size_t start = path == "/" ? 1 : path.size() + 1;
    return after_.substr(start, after_.find('/', start) - start);
  }

  void visit(int above, const std::string& name, const std::string& path, int depth) {
    struct stat info{};
    if (::fstatat(above, name.c_str(), &info, AT_SYMLINK_NOFOLLOW) != 0) return;  // gone meanwhile
    if (S_ISDIR(info.st_mode)) {
      if (depth < kMaxDepth) return folder(above, name, path, depth + 1);
      ++count_.too_deep;
      lose(path, "too_deep");
    }
    if (!S_ISREG(info.st_mode) || path == after_) return;
    if (!filter_.wanted(path)) {
      ++count_.excluded;
      return;
    }
    ++count_.files;
    count_.stopped = !handlers_.found(path, version_of(info));
  }

  void lose(const std::string& path, std::string_view reason) const {
    if (handlers_.lost) handlers_.lost(path, reason);
  }

  const PathFilter& filter_;
  const SweepHandlers& handlers_;
  const std::string after_;
  SweepCount count_;
};

}  // namespace

SweepCount sweep(const std::vector<std::filesystem::path>& directories,
                 const std::vector<std::string>& exclude, const SweepHandlers& handlers,
                 const std::filesystem::path& after) {
  const PathFilter filter(resolved(directories), exclude);
  const auto& folders = filter.folders();
  auto at = std::ranges::find_if(folders, [&](const std::filesystem::path& folder) {
    return !after.empty() && is_below(after.native(), folder.native());
  });
  if (at == folders.end()) at = folders.begin();
  Walk walk(filter, handlers, after.native());
  for (; at != folders.end() && !walk.count().stopped; ++at) {
    std::error_code none;
    if (std::filesystem::exists(*at, none)) walk.folder(AT_FDCWD, at->native(), at->native(), 0);
  }
  return walk.count();
}

SweepCount sweep(
    const std::vector<std::filesystem::path>& directories, const std::vector<std::string>& exclude,
    const std::function<bool(const std::filesystem::path&, const FileVersion&)>& found) {
  return sweep(directories, exclude, SweepHandlers{.found = found, .lost = {}});
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
