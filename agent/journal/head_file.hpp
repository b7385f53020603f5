#pragma once
#include <filesystem>
#include <optional>

#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"
#include "policy/base/secret.hpp"

namespace huxin::journal {

/// One end of the chain: a sequence and the hash of its record. Sequence 0 with 32 zero bytes
/// stands before the first record.
struct Link {
  std::uint64_t sequence = 0;
  Bytes hash = Bytes(32);
  bool operator==(const Link&) const = default;
};

/// Remembers the head of the chain outside the database, so that a broken or rolled-back database
/// is noticed and its successor continues the chain. One thread.
///
/// Two slots of 512 bytes, written in turn, so that a torn write leaves the other one whole:
///
///   offset  size  what
///   0       8     magic, "HUXHEAD1"
///   8       8     sequence, big-endian
///   16      32    hash of that record
///   48      32    HMAC-SHA-256 of the first 48 bytes, under a key derived from the database's
///
/// The file never grows after it was made, so it can be written on a full disk.
///
/// A slot that is torn, empty or under another key does not count; of two that hold, the higher
/// sequence is the head.
class HeadFile {
 public:
  /// Opens or makes the file (mode 0600). The 256-bit key is only derived from, and not kept. The
  /// disk's errors; never one for what the file holds.
  static Result<HeadFile> open(const std::filesystem::path& file, const Secret& database_key);

  /// The newest head that holds; none in a file just made.
  const std::optional<Link>& head() const { return head_; }
  /// Was something written here that this key does not vouch for? True only if no slot holds and
  /// one is not empty: a wrong key, or damage to both.
  bool foreign() const { return foreign_; }

  /// Writes a head; in the page cache on return, which outlives the process. Into the slot that
  /// does not hold the present head.
  Status write(const Link& head);
  /// Makes it outlive the power too.
  Status sync();

 private:
  HeadFile(Fd fd, const Secret& database_key);
  std::optional<Link> read_slot(int slot);

  Fd fd_;
  Secret key_;
  std::optional<Link> head_;
  int next_slot_ = 0;
  bool foreign_ = false;
  bool dirty_ = false;
};

}  // namespace huxin::journal
