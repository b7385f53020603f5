#pragma once
#include <memory>
#include <optional>
#include <string>

#include "agent/extract/archive/archive_kind.hpp"
#include "agent/extract/extraction.hpp"

struct archive;
struct archive_entry;

namespace huxin::extract {

struct Member {
  std::string name;  ///< UTF-8; a name in GBK has been converted. Empty in a compressed file.
  bool file = true;  ///< not a folder, a link or a device
  /// Its content cannot be read; the reader loses "encrypted".
  bool encrypted = false;
};

/// Walks an archive in memory, member by member, in the order of the file.
///
/// One thread; borrows the bytes and the extraction, to which it charges what it unpacks. A broken
/// archive ends early with the loss "corrupt", one whose names are encrypted too with "encrypted".
///
/// Of a compressed file the members of the TAR in it are given, or else itself as its only member.
/// What stands behind the end of a TAR is read on as one more, and is "corrupt" if it is none.
/// Sizes that the archive tells of itself are not believed: what is unpacked is
/// counted as it comes.
class Archive {
 public:
  /// Nothing but `kind` is read. The bytes must outlive the archive.
  Archive(ByteView content, ArchiveKind kind, Extraction& extraction);
  ~Archive();
  Archive(const Archive&) = delete;
  Archive& operator=(const Archive&) = delete;

  /// Moves to the next member; nullopt at the end or when the extraction is stopped.
  std::optional<Member> next();
  /// Reads on in the present member: at most `size` bytes; 0 at its end. A broken member ends early
  /// with the loss "corrupt".
  std::size_t read(char* to, std::size_t size);
  /// Says whether it ended early.
  bool broken() const { return broken_; }

 private:
  void lose_broken();
  /// Unpacks what is left of the present member where the next one cannot be reached otherwise: so
  /// that it is charged, and the clock looked at.
  void pass_over();

  struct Closer {
    void operator()(archive* handle) const;
  };
  std::unique_ptr<archive, Closer> handle_;
  Extraction& extraction_;
  std::size_t packed_;
  std::size_t unpacked_ = 0;
  bool seekable_;
  bool inside_ = false;  ///< of a member that is to be unpacked, and is not read to its end
  bool broken_ = false;
};

}  // namespace huxin::extract
