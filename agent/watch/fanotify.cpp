#include "agent/watch/fanotify.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <climits>
#include <cstring>

namespace huxin::watch {
namespace {

constexpr std::size_t kBuffer = std::size_t{64} << 10U;

FilesystemId pack(const void* fsid) {
  FilesystemId id = 0;
  std::memcpy(&id, fsid, sizeof id);
  return id;
}

/// Reads one struct out of the buffer; the buffer is aligned but its records only by 4.
template <class Record>
Record peek(ByteView bytes) {
  Record record{};
  std::memcpy(&record, bytes.data(), std::min(sizeof record, bytes.size()));
  return record;
}

void read_folder(ByteView info, EntryEvent& event) {
  constexpr std::size_t kFixed = sizeof(fanotify_event_info_header) + sizeof(__kernel_fsid_t);
  if (info.size() < kFixed + sizeof(file_handle)) return;
  event.filesystem = pack(info.data() + sizeof(fanotify_event_info_header));
  const ByteView rest = info.subspan(kFixed);
  unsigned length = 0;
  std::memcpy(&length, rest.data(), sizeof length);
  const std::size_t handle = sizeof(file_handle) + length;
  if (rest.size() < handle) return;
  event.folder = rest.first(handle);
  const std::string_view name = as_text(rest.subspan(handle));
  event.name = name.substr(0, std::min(name.find('\0'), name.size()));
}

EntryEvent decode(ByteView bytes) {
  const auto head = peek<fanotify_event_metadata>(bytes);
  EntryEvent event{
      .mask = head.mask, .pid = head.pid, .pidfd = {}, .filesystem = 0, .folder = {}, .name = {}};
  bytes = bytes.subspan(head.metadata_len);
  while (bytes.size() >= sizeof(fanotify_event_info_header)) {
    const auto info = peek<fanotify_event_info_header>(bytes);
    if (info.len < sizeof info || info.len > bytes.size()) break;
    if (info.info_type == FAN_EVENT_INFO_TYPE_DFID_NAME) read_folder(bytes.first(info.len), event);
    if (info.info_type == FAN_EVENT_INFO_TYPE_PIDFD) {
      const int pidfd = peek<fanotify_event_info_pidfd>(bytes).pidfd;
      if (pidfd >= 0) event.pidfd = Fd(pidfd);
    }
    bytes = bytes.subspan(info.len);
  }
  return event;
}

}  // namespace

Result<FilesystemId> filesystem_of(int fd) {
  struct statfs info{};
  if (::fstatfs(fd, &info) != 0) return fail_errno("statfs");
  return pack(&info.f_fsid);
}

Result<bool> read_entry_events(int group, const std::function<void(EntryEvent&&)>& take) {
  alignas(fanotify_event_metadata) std::array<std::uint8_t, kBuffer> buffer;
  const ssize_t got = ::read(group, buffer.data(), buffer.size());
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return false;
  if (got < 0) return fail_errno("read fanotify events");
  ByteView bytes(buffer.data(), static_cast<std::size_t>(got));
  while (bytes.size() >= sizeof(fanotify_event_metadata)) {
    const auto head = peek<fanotify_event_metadata>(bytes);
    if (head.event_len < sizeof head || head.event_len > bytes.size()) break;
    if (head.vers != FANOTIFY_METADATA_VERSION)
      return fail(Errc::kUnsupported, "fanotify version {}", head.vers);
    take(decode(bytes.first(head.event_len)));
    bytes = bytes.subspan(head.event_len);
  }
  return got > 0;
}

std::optional<Fd> open_folder(int mount, ByteView handle) {
  alignas(file_handle) std::array<std::uint8_t, sizeof(file_handle) + MAX_HANDLE_SZ> copy{};
  if (handle.size() < sizeof(file_handle) || handle.size() > copy.size()) return std::nullopt;
  std::memcpy(copy.data(), handle.data(), handle.size());
  const int fd = ::open_by_handle_at(mount, reinterpret_cast<file_handle*>(copy.data()),
                                     O_PATH | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return std::nullopt;
  return Fd(fd);
}

std::optional<std::string> path_of_folder(int folder) {
  std::array<char, PATH_MAX> link{};
  const ssize_t length =
      ::readlink(fmt::format("/proc/self/fd/{}", folder).c_str(), link.data(), link.size());
  if (length <= 0) return std::nullopt;
  std::string path(link.data(), static_cast<std::size_t>(length));
  struct stat here{};
  struct stat there{};
  const bool same = ::fstat(folder, &here) == 0 && ::lstat(path.c_str(), &there) == 0 &&
                    here.st_dev == there.st_dev && here.st_ino == there.st_ino;
  if (!same) return std::nullopt;
  return path;
}

Result<std::size_t> count_marks(int group) {
  const auto text = read_file(fmt::format("/proc/self/fdinfo/{}", group), std::size_t{64} << 20U);
  if (!text) return std::unexpected(text.error());
  std::size_t marks = 0;
  for (const std::string_view kind : {"fanotify mnt_id:", "fanotify ino:", "fanotify sdev:"}) {
    for (auto at = text->find(kind); at != std::string::npos; at = text->find(kind, at + 1))
      ++marks;
  }
  return marks;
}

Result<Fd> open_group(unsigned flags, unsigned event_flags) {
  const int fd = ::fanotify_init(flags, event_flags);
  if (fd >= 0) return Fd(fd);
  if (errno == EINVAL || errno == ENOSYS) {
    return fail(Errc::kUnsupported,
                "fanotify_init {:#x}: this kernel lacks a feature (5.15 or later is needed)",
                flags);
  }
  return fail_errno("fanotify_init");
}

Status mark(int group, unsigned flags, std::uint64_t mask, int fd, const char* path) {
  if (::fanotify_mark(group, flags, mask, fd, path) == 0) return {};
  const std::string what = fmt::format("fanotify_mark {}", path == nullptr ? "(descriptor)" : path);
  if (errno == EOPNOTSUPP || errno == ENODEV || errno == EXDEV) {
    return fail(Errc::kUnsupported, "{}: the file system cannot be watched", what);
  }
  return fail_errno(what);
}

}  // namespace huxin::watch
