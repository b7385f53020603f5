#pragma once
#include <optional>

#include "agent/extract/source.hpp"
#include "agent/guard/mapped_file.hpp"

namespace huxin::guard {

/// A file of any length as a source: a stretch of it is mapped at a time, so that neither memory
/// nor address space grows with the file. What is no regular file (a pipe) is read into memory, so
/// far as a limit allows. Borrows the descriptor.
///
/// What holds of MappedFile holds of this: one at a time in a process with one thread.
class SlidingFile final : public extract::Source {
 public:
  /// Bytes mapped at a time, unless more is asked for.
  static constexpr std::size_t kStretch = std::size_t{16} << 20U;

  /// Of the length that the file has now; what it grows by is not read. Of a pipe with more than
  /// `limit` bytes: kTooLarge. kIo when it cannot be read.
  static Result<SlidingFile> open(const Fd& file, std::size_t limit,
                                  std::size_t stretch = kStretch);

  ByteView from(std::size_t begin, std::size_t least) override;
  Whole whole(std::size_t limit) override;
  /// Bytes of the file.
  std::size_t size() const { return size_; }
  /// It shrank while it was read: a page that is gone was touched.
  bool changed() const { return changed_ || (part_ && part_->changed()); }
  /// A stretch of it could not be mapped, and reads as the file's end.
  bool failed() const { return failed_; }

 private:
  SlidingFile(const Fd& file, std::size_t size, std::size_t stretch)
      : file_(file), size_(size), stretch_(stretch) {}
  bool map(std::size_t begin, std::size_t end);

  const Fd& file_;
  std::size_t size_;
  std::size_t stretch_;
  std::size_t begin_ = 0;  ///< where what is mapped begins in the file
  std::optional<MappedFile> part_;
  bool changed_ = false;
  bool failed_ = false;
};

}  // namespace huxin::guard
