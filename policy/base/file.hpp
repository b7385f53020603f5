#pragma once
#include <filesystem>
#include <string>
#include <utility>

#include "policy/base/bytes.hpp"

namespace huxin {

/// Owns a file descriptor and closes it. Moves, never copies. -1 is none. One owner; not for
/// sharing between threads.
class Fd {
 public:
  Fd() = default;
  explicit Fd(int fd) : fd_(fd) {}
  Fd(Fd&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Fd& operator=(Fd&& other) noexcept {
    if (this != &other) {
      reset();
      fd_ = std::exchange(other.fd_, -1);
    }
    return *this;
  }
  ~Fd() { reset(); }

  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  /// Gives the descriptor up to the caller, who closes it.
  int release() { return std::exchange(fd_, -1); }
  void reset() noexcept;

 private:
  int fd_ = -1;
};

/// Reads a whole regular file of at most `limit` bytes; kTooLarge beyond, kNotFound when absent.
/// kInvalid for a folder, pipe or device, which it neither blocks on nor reads. Links are followed:
/// not for paths that strangers can change.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::size_t limit = std::size_t{64} << 20U);

/// Replaces a file in one step (temporary beside it, fsync, rename, fsync of the folder), so that a
/// crash leaves the old or the new content, never half. `mode` is that of the new file. The folder
/// must exist. On failure the temporary is removed and the old file is as it was; only where the
/// folder's fsync fails is the new one there already.
Status write_file_atomically(const std::filesystem::path& path, ByteView content,
                             unsigned mode = 0644);

}  // namespace huxin
