#pragma once
#include <sys/fanotify.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "policy/base/bytes.hpp"
#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::watch {

/// Names a file system in events: its fsid as one number.
using FilesystemId = std::uint64_t;

/// Reads the fsid of the file system that holds an open file or folder.
Result<FilesystemId> filesystem_of(int fd);

/// Something that happened to an entry of a folder, as a group with FAN_REPORT_DFID_NAME tells it.
/// The views point into the buffer read.
/// After an overflow nothing but the mask means anything.
struct EntryEvent {
  /// FAN_*; several events of one entry may be joined.
  std::uint64_t mask = 0;
  std::int32_t pid = 0;
  Fd pidfd;  ///< empty: the process was gone, or none was asked for
  FilesystemId filesystem = 0;
  ByteView folder;        ///< struct file_handle of the folder
  std::string_view name;  ///< entry in the folder; "." for the folder itself

  bool overflow() const { return (mask & FAN_Q_OVERFLOW) != 0; }
  bool of_folder() const { return (mask & FAN_ONDIR) != 0; }
};

/// Reads what is queued on a notification group, at most one buffer of it, and hands it on event by
/// event. True when there was anything. The group is non-blocking: false when nothing is queued.
/// kUnsupported: another version of the structures.
Result<bool> read_entry_events(int group, const std::function<void(EntryEvent&&)>& take);

/// Opens (O_PATH) the folder a handle names, on the file system `mount` lies on. No value: the
/// folder is gone. `mount` must be open for reading, not O_PATH. Needs CAP_DAC_READ_SEARCH.
std::optional<Fd> open_folder(int mount, ByteView handle);

/// Says where an open folder is now: no value when it was deleted or lies outside what this process
/// can name (a bind mount shows only part of its file system).
std::optional<std::string> path_of_folder(int folder);

/// Counts the marks a group holds, as the kernel lists them in fdinfo. Marks that the kernel may
/// evict are among them.
Result<std::size_t> count_marks(int group);

/// Wraps fanotify_init and fanotify_mark. kDenied without CAP_SYS_ADMIN; kUnsupported names the
/// kernel or the file system that cannot.
Result<Fd> open_group(unsigned flags, unsigned event_flags);
/// fanotify_mark(2): `path` below `fd`, or `fd` itself when `path` is null.
Status mark(int group, unsigned flags, std::uint64_t mask, int fd, const char* path);

}  // namespace huxin::watch
