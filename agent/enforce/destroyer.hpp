#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/enforce/destruction_log.hpp"
#include "agent/enforce/file_ops.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::enforce {

/// What may be said of a content outside, in hex: the first 16 bytes of
/// HMAC-SHA-256("huxin-content-1" ‖ SHA-256 of it) under the bank's digest key. A plain digest
/// would let guesses be tested.
std::string content_digest(const Secret& key, const Digest& content);

/// Destroys files so that a crash at any moment leaves each in exactly one legal state after the
/// next open(): at its place, whole; or gone, and recorded.
///
/// The file is set aside first, under a name of our own in its folder, and compared with what was
/// inspected: what its user puts in its place meanwhile is not touched. The log (folder/log) has
/// each step on disk before it is taken. Until "destroying" stands there, a crash puts the file
/// back; from then on, nothing does. With "overwrite", its data is overwritten once with random
/// bytes, in place, and forced out before the name goes; a disk that refuses that is told, and the
/// name goes. Links are never followed; a file with other names (hard links) is left alone. What
/// open descriptors of others still hold is overwritten too, but not with "unlink".
///
/// Thread-safe; one process at a time (the folder is locked).
///
/// A file set aside is called ".huxin-<id>" in its folder. Whoever shares the folder may still
/// exchange it: what is not the inspected inode is put back, or left and noted.
class Destroyer {
 public:
  /// Opens or makes the folder (mode 0700) and recovers. kUnavailable: another process holds it.
  /// kCorrupt: the log is damaged before its end; nothing is touched. The log is read up to 64 MiB.
  static Result<std::unique_ptr<Destroyer>> open(const std::filesystem::path& folder,
                                                 Secret digest_key,
                                                 std::unique_ptr<FileOps> ops = system_file_ops());
  virtual ~Destroyer() = default;

  /// Destroys a file if it still is the version inspected. Nothing was done after kNotFound (none
  /// there), kInvalid (not a regular file), kCancelled (it changed), kDenied (a link is in the way,
  /// or it has other names), kIo…; after kUnavailable, it is set aside and part of it may be gone:
  /// the next open() goes on. `order`, in hex, is whom of_order() tells.
  virtual Result<Destruction> destroy(const std::filesystem::path& file,
                                      const FileVersion& inspected, order::Method method,
                                      std::string_view order) = 0;
  /// What is gone by this order and not yet told.
  virtual std::vector<Destruction> of_order(std::string_view order) const = 0;
  /// What became of this order is recorded elsewhere. Drops them from the log; an error leaves
  /// them, and they are told of again.
  virtual Status told(std::string_view order) = 0;

  /// Everything gone and not yet told, whatever the order.
  virtual std::vector<Destruction> untold() const = 0;
  /// How many files are set aside whose folder is away or refuses: tried again at the next open().
  virtual std::size_t unfinished() const = 0;
};

}  // namespace huxin::enforce
