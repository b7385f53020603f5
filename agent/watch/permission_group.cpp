#include "agent/watch/permission_group.hpp"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <memory>

#include "agent/watch/fanotify.hpp"

namespace huxin::watch {
namespace {

constexpr unsigned kFlags = FAN_CLASS_CONTENT | FAN_CLOEXEC | FAN_NONBLOCK | FAN_UNLIMITED_MARKS;
constexpr unsigned kFileFlags = O_RDONLY | O_LARGEFILE | O_CLOEXEC | O_NOATIME | O_NONBLOCK;
constexpr std::size_t kQuestions = 64;
constexpr rlim_t kRoom = 64;  ///< for permission groups, at the end of the descriptor table
constexpr rlim_t kHighest = 16'384;

/// Gives a group a number above those of all other descriptors. A process that ends releases its
/// descriptors from the highest number down, and the release of any fanotify group waits for opens
/// that hold a mark of it, also while they wait for an answer from another group. So a group that
/// answers must be released before those that only watch the same files: or it never is, the opens
/// hang, and so does the end of the process.
Fd above_all(Fd group) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return group;
  const rlim_t end = std::min(limit.rlim_cur, kHighest);
  if (end <= 2 * kRoom) return group;
  Fd raised(::fcntl(group.get(), F_DUPFD_CLOEXEC, static_cast<int>(end - kRoom)));
  return raised ? std::move(raised) : std::move(group);
}

}  // namespace

Result<std::shared_ptr<PermissionGroup>> PermissionGroup::make() {
  auto group = open_group(kFlags, kFileFlags);
  if (!group) return std::unexpected(group.error());
  return std::make_shared<PermissionGroup>(above_all(std::move(*group)));
}

Result<std::vector<PermissionGroup::Asked>> PermissionGroup::read() {
  std::array<fanotify_event_metadata, kQuestions> buffer;
  const ssize_t got = ::read(group_.get(), buffer.data(), sizeof buffer);
  std::vector<Asked> asked;
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return asked;
  if (got < 0) return fail_errno("read permission events");
  const std::size_t count = static_cast<std::size_t>(got) / sizeof buffer[0];
  for (std::size_t i = 0; i < count; ++i) {
    asked.push_back({.mask = buffer[i].mask, .pid = buffer[i].pid, .file = Fd(buffer[i].fd)});
  }
  return asked;
}

void PermissionGroup::answer(int fd, bool allow) {
  const fanotify_response response{.fd = fd,
                                   .response = allow ? __u32{FAN_ALLOW} : __u32{FAN_DENY}};
  const std::lock_guard lock(mutex_);
  if (!group_) return;
  // ENOENT: the opener was killed meanwhile; nobody waits.
  [[maybe_unused]] const ssize_t put = ::write(group_.get(), &response, sizeof response);
}

Status PermissionGroup::mark_file(unsigned flags, std::uint64_t mask, int fd) {
  const std::lock_guard lock(mutex_);
  if (!group_) return fail(Errc::kCancelled, "the guard is closed");
  return mark(group_.get(), flags, mask, fd, nullptr);
}

Status PermissionGroup::guard_mount(int point) {
  return mark_file(FAN_MARK_ADD | FAN_MARK_MOUNT, FAN_OPEN_PERM | FAN_CLOSE_WRITE, point);
}

Status PermissionGroup::guard_filesystem(int point) {
  return mark_file(FAN_MARK_ADD | FAN_MARK_FILESYSTEM, FAN_OPEN_PERM | FAN_CLOSE_WRITE, point);
}

Status PermissionGroup::guard_folder(int folder) {
  return mark_file(FAN_MARK_ADD | FAN_MARK_ONLYDIR, FAN_OPEN_PERM | FAN_EVENT_ON_CHILD, folder);
}

Status PermissionGroup::ignore(int file) {
  // Evictable: a million clean files do not pin a million inodes.
  return mark_file(FAN_MARK_ADD | FAN_MARK_IGNORE | FAN_MARK_EVICTABLE, FAN_OPEN_PERM, file);
}

void PermissionGroup::heed(int file) {
  [[maybe_unused]] const Status done =
      mark_file(FAN_MARK_REMOVE | FAN_MARK_IGNORE, FAN_OPEN_PERM, file);
}

void PermissionGroup::flush_files() {
  const std::lock_guard lock(mutex_);
  if (group_) ::fanotify_mark(group_.get(), FAN_MARK_FLUSH, 0, AT_FDCWD, nullptr);
}

void PermissionGroup::close() {
  const std::lock_guard lock(mutex_);
  group_.reset();
}

}  // namespace huxin::watch
