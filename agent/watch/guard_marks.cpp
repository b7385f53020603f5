#include "agent/watch/guard_marks.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include <spdlog/spdlog.h>

namespace huxin::watch {
namespace {

constexpr std::chrono::milliseconds kLookAgain{2000};  ///< at which guarded paths are there
constexpr std::chrono::milliseconds kLongestRetry{64'000};
constexpr std::uint64_t kNoticeMask = FAN_CREATE | FAN_MOVED_TO | FAN_ONDIR | FAN_EVENT_ON_CHILD;
constexpr unsigned kNoticeFlags =
    FAN_CLASS_NOTIF | FAN_REPORT_DFID_NAME | FAN_CLOEXEC | FAN_NONBLOCK | FAN_UNLIMITED_MARKS;

std::optional<std::pair<dev_t, ino_t>> identity_of(const std::string& folder) {
  struct stat info{};
  if (::lstat(folder.c_str(), &info) != 0) return std::nullopt;
  return std::pair(info.st_dev, info.st_ino);
}

}  // namespace

GuardMarks::GuardMarks(std::shared_ptr<PermissionGroup> mounts,
                       std::shared_ptr<PermissionGroup> folders,
                       std::vector<std::filesystem::path> guarded, Loss lost)
    : mounts_(std::move(mounts)),
      folders_(std::move(folders)),
      filter_(resolved(std::move(guarded)), {}),
      lost_(std::move(lost)) {}

GuardMarks::~GuardMarks() {
  signal_.stop();
  if (thread_.joinable()) thread_.join();
}

Status GuardMarks::start() {
  auto notices = open_group(kNoticeFlags, O_RDONLY | O_CLOEXEC);
  if (!notices) return std::unexpected(notices.error());
  notices_ = std::move(*notices);
  mount_table_ = Fd(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC));
  if (!mount_table_) return fail_errno("open /proc/self/mountinfo");
  refresh_mounts();
  guard_plain_folders();
  thread_ = std::thread([this] { run(); });
  return {};
}

void GuardMarks::run() noexcept {
  try {
    while (turn()) {
    }
  } catch (const std::exception& error) {
    spdlog::critical("keeper of the open guard's marks ended: {}", error.what());
  }
}

bool GuardMarks::turn() {
  std::array<pollfd, 3> wait{{{.fd = notices_.get(), .events = POLLIN, .revents = 0},
                              {.fd = signal_.fd(), .events = POLLIN, .revents = 0},
                              {.fd = mount_table_.get(), .events = POLLPRI, .revents = 0}}};
  ::poll(wait.data(), wait.size(), static_cast<int>(kLookAgain.count()));
  if ((wait[2].revents & (POLLPRI | POLLERR)) != 0 || plain_folders_changed()) {
    refresh_mounts();
    guard_plain_folders();
  }
  retry_unopened();
  if ((wait[0].revents & POLLIN) != 0) {
    const auto more =
        read_entry_events(notices_.get(), [this](EntryEvent&& event) { on_entry(event); });
    if (!more) throw std::runtime_error(more.error().context);
  }
  return (wait[1].revents & POLLIN) == 0 || signal_.turn();
}

void GuardMarks::refresh_mounts() {
  const auto mounts = read_mounts();
  if (!mounts) return lost_("/proc/self/mountinfo", mounts.error().context);
  decltype(seen_) present;
  plain_.clear();
  for (const auto& folder : filter_.folders()) {
    // A file asked about twice could wait for ever when the process ends: see PermissionGroup.
    const Mount* const mount = mount_of(*mounts, folder.native());
    if (mount == nullptr || !is_guarded(*mount)) plain_[folder.native()];
  }
  learn_places(*mounts);
  for (const Mount& mount : *mounts) {
    if (!is_guarded(mount)) continue;
    const std::pair<int, std::string> key(mount.id, mount.point);
    if (const auto known = seen_.find(key); known != seen_.end()) {
      present.insert(*known);
      continue;
    }
    const Status done = guard_mount(mount, holds_alone(mount, *mounts));
    const bool failed = !done && done.error().code != Errc::kCancelled;
    present.emplace(key, failed ? done.error().context : "");
    if (failed) lost_(mount.point, "unguardable: " + done.error().context);
  }
  seen_ = std::move(present);
  has_mounts_ = std::ranges::any_of(seen_, [](const auto& mount) { return mount.second.empty(); });
  const std::lock_guard lock(blind_mutex_);
  blind_mounts_.clear();
  for (const auto& [mount, fault] : seen_) {
    if (!fault.empty()) blind_mounts_[guarded_path_of(mount.second)] = fault;
  }
}

bool GuardMarks::is_guarded(const Mount& mount) const {
  return std::ranges::any_of(filter_.folders(), [&](const auto& folder) {
    return is_below(mount.point, folder.native());
  });
}

void GuardMarks::learn_places(std::span<const Mount> mounts) {
  std::set<std::uint64_t> known;
  std::vector<std::string> folders;
  for (const Mount& mount : mounts) {
    if (!is_guarded(mount) || can_stall(mount)) continue;
    known.insert(static_cast<std::uint64_t>(mount.id));
    folders.push_back(mount.point);
  }
  for (const auto& [plain, identity] : plain_) {
    if (const Mount* const mount = mount_of(mounts, plain))
      known.insert(static_cast<std::uint64_t>(mount->id));
    folders.push_back(plain);
  }
  places_.set(std::move(known), std::move(folders));
}

/// Would marking the file system whole ask about nothing but guarded files? Not for "/", which
/// containers and chroots live on, nor for kernel file systems, which are mounted everywhere.
bool GuardMarks::holds_alone(const Mount& mount, std::span<const Mount> mounts) const {
  if (mount.root != "/" || mount.point == "/") return false;
  return std::ranges::all_of(mounts, [&](const Mount& other) {
    return other.device != mount.device || is_guarded(other);
  });
}

Status GuardMarks::guard_mount(const Mount& mount, bool whole) {
  if (can_stall(mount)) return fail(Errc::kUnsupported, "{} could stall the guard", mount.type);
  const Fd point(::open(mount.point.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!point) return fail_errno("open");
  if (whole && mounts_->guard_filesystem(point.get())) return {};
  return mounts_->guard_mount(point.get());
}

void GuardMarks::guard_plain_folders() {
  folder_count_ = 0;
  unopened_ = false;
  found_blind_.clear();
  for (auto& [path, identity] : plain_) {
    identity = identity_of(path);
    if (identity) {
      guard_tree(AT_FDCWD, path, path, identity->first, 0);
    } else {
      lost_(path, "unguardable: no such folder");
      found_blind_[path] = "";
    }
  }
  has_folders_ = folder_count_ > 0;
  publish_blind_folders();
  retry_pause_ = unopened_ ? std::clamp(2 * retry_pause_, kLookAgain, kLongestRetry)
                           : std::chrono::milliseconds(0);
  retry_at_ = std::chrono::steady_clock::now() + retry_pause_;
}

void GuardMarks::retry_unopened() {
  if (retry_pause_.count() == 0 || std::chrono::steady_clock::now() < retry_at_) return;
  retrying_ = true;
  guard_plain_folders();
  retrying_ = false;
}

void GuardMarks::publish_blind_folders() {
  const std::lock_guard lock(blind_mutex_);
  blind_folders_ = found_blind_;
}

bool GuardMarks::plain_folders_changed() {
  const auto now = std::chrono::steady_clock::now();
  if (now < looked_ + kLookAgain) return false;
  looked_ = now;
  return std::ranges::any_of(
      plain_, [](const auto& plain) { return identity_of(plain.first) != plain.second; });
}

std::vector<BlindPlace> GuardMarks::blind() const {
  std::vector<BlindPlace> places;
  const std::lock_guard lock(blind_mutex_);
  for (const auto* const faults : {&blind_folders_, &blind_mounts_}) {
    for (const auto& [path, reason] : *faults) places.push_back({path, reason});
  }
  return places;
}

std::string GuardMarks::guarded_path_of(const std::string& path) const {
  for (const auto& folder : filter_.folders()) {
    if (is_below(path, folder.native())) return folder.native();
  }
  return path;
}

void GuardMarks::lose(const std::string& path, const std::string& reason) {
  const std::string guarded = guarded_path_of(path);
  // Written by this thread alone, so that it may read without the lock.
  if (!retrying_ || !blind_folders_.contains(guarded)) lost_(path, reason);
  found_blind_.emplace(guarded, path == guarded ? reason : path + ": " + reason);
}

void GuardMarks::lose_for_now(const std::string& path, int error) {
  unopened_ = true;
  if (retry_pause_.count() == 0) {  // also outside a walk through all folders
    retry_pause_ = kLookAgain;
    retry_at_ = std::chrono::steady_clock::now() + retry_pause_;
  }
  lose(path, std::string("unguardable: cannot be opened: ") + ::strerrordesc_np(error));
}

void GuardMarks::guard_tree(int above, const std::string& name, const std::string& path,
                            dev_t device, int depth) {
  const int fd = ::openat(above, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
  if (fd < 0) {
    const int error = errno;
    // One below may have gone meanwhile, and will be told of when it is back.
    const bool gone = error == ENOENT || error == ENOTDIR || error == ELOOP;
    if (!gone) return lose_for_now(path, error);
    if (above == AT_FDCWD) lose(path, "unguardable: not a folder that can be opened");
    return;
  }
  struct stat info{};
  Fd held(fd);
  if (::fstat(fd, &info) != 0 || info.st_dev != device) return;  // mounts have marks of their own
  if (depth > kMaxDepth) return lose(path, "too_deep");
  if (++folder_count_ > kMaxFolders) {
    if (folder_count_ == kMaxFolders + 1) lose(path, "too_many_folders");
    return;
  }
  // First the notice, then the guard, then the children: what appears in between is told.
  Status done = mark(notices_.get(), FAN_MARK_ADD | FAN_MARK_ONLYDIR, kNoticeMask, fd, nullptr);
  if (done) done = folders_->guard_folder(fd);
  if (!done && done.error().code == Errc::kCancelled) return;  // shutting down
  if (!done) return lose(path, "unguardable: " + done.error().context);
  guard_children(held.release(), path, device, depth);
}

void GuardMarks::guard_children(int fd, const std::string& path, dev_t device, int depth) {
  const std::unique_ptr<DIR, int (*)(DIR*)> listing(::fdopendir(fd), ::closedir);
  if (!listing) {
    const int error = errno;
    ::close(fd);
    return lose_for_now(path, error);
  }
  while (const dirent* entry = ::readdir(listing.get())) {
    const std::string child(entry->d_name);
    if (child == "." || child == ".." || (entry->d_type != DT_DIR && entry->d_type != DT_UNKNOWN))
      continue;
    guard_tree(fd, child, path + "/" + child, device, depth + 1);
  }
}

void GuardMarks::on_entry(const EntryEvent& event) {
  if (event.overflow()) return guard_plain_folders();
  if (!event.of_folder()) return;
  for (const auto& [guarded, identity] : plain_) {
    const Fd mount(::open(guarded.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    const auto id = mount ? filesystem_of(mount.get()) : Result<FilesystemId>(0);
    if (!mount || !id || *id != event.filesystem) continue;
    const auto folder = open_folder(mount.get(), event.folder);
    const auto path = folder ? path_of_folder(folder->get()) : std::nullopt;
    struct stat info{};
    if (!path || !is_below(*path, guarded) || ::fstat(folder->get(), &info) != 0) continue;
    guard_tree(folder->get(), std::string(event.name), *path + "/" + std::string(event.name),
               info.st_dev, 0);
    return publish_blind_folders();
  }
}

}  // namespace huxin::watch
