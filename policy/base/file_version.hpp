#pragma once
#include <cstdint>

namespace huxin {

/// One version of a file: changes when the content may have. The change time cannot be set back by
/// an unprivileged user, so a version is as good as the granularity of the file system's clock.
/// Links and renames change ctime as well: they make a new version of the same content.
struct FileVersion {
  /// Numbers of fstat; times are nanoseconds since 1970. A device's number may change with a
  /// reboot.
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  std::int64_t mtime_ns = 0;
  std::int64_t ctime_ns = 0;
  std::uint64_t size = 0;
  bool operator==(const FileVersion&) const = default;
};

/// Reads the version out of what fstat gave (`struct stat`, a template to keep its header out).
template <class Stat>
FileVersion version_of(const Stat& info) {
  constexpr std::int64_t kSecond = 1'000'000'000;
  return {.device = info.st_dev,
          .inode = info.st_ino,
          .mtime_ns = info.st_mtim.tv_sec * kSecond + info.st_mtim.tv_nsec,
          .ctime_ns = info.st_ctim.tv_sec * kSecond + info.st_ctim.tv_nsec,
          .size = static_cast<std::uint64_t>(info.st_size)};
}

}  // namespace huxin
