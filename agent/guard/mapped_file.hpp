#pragma once
#include "policy/base/bytes.hpp"
#include "policy/base/file.hpp"

namespace huxin::guard {

/// Maps what a descriptor holds, without copying a regular file. A file that shrinks while it is
/// read gives zeros where its end was, and changed() says so, instead of a bus error.
///
/// One at a time in a process with one thread: it owns SIGBUS while it lives.
class MappedFile {
 public:
  /// kTooLarge beyond `limit` (nothing is read), kIo when it cannot be read. From the start,
  /// whatever the descriptor's place. What is no regular file (a pipe) is read into memory.
  static Result<MappedFile> map(const Fd& file, std::size_t limit);
  /// Maps `size` bytes of a regular file from `begin` on, a multiple of 64 KiB; those that the file
  /// does not have read as zeros, and changed() says so. kIo when they cannot be mapped.
  static Result<MappedFile> map_part(const Fd& file, std::size_t begin, std::size_t size);
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&&) = delete;
  ~MappedFile();

  /// Valid while this lives, even after the file was removed.
  ByteView bytes() const { return bytes_; }
  /// True only once a page that is gone was touched.
  bool changed() const;

 private:
  explicit MappedFile(ByteView bytes) : bytes_(bytes) {}
  ByteView bytes_;
};

/// How large a file is said to be; 0 for what has no size (a pipe).
std::size_t file_size(const Fd& file);

}  // namespace huxin::guard
