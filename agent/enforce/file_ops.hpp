#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "policy/base/digest.hpp"
#include "policy/base/file.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"

namespace huxin::enforce {

/// The steps on disk that quarantine and destruction are made of, one method a step: the seam where
/// a test ends the process between (or within) any two of them. Names are entries of a folder given
/// by descriptor, so that no link put in the way is followed. Descriptors stay the caller's.
/// Methods that are given no error of their own here return the system's. Thread-safe.
class FileOps {
 public:
  virtual ~FileOps() = default;
  /// kDenied when a component of the path is a link.
  virtual Result<Fd> open_folder(const std::filesystem::path& folder) = 0;
  /// A regular file, for reading; kInvalid for anything else. A link by this name is not followed,
  /// and a pipe is not waited for.
  virtual Result<Fd> open_file(int folder, const std::string& name) = 0;
  /// As open_file, for writing too.
  virtual Result<Fd> open_writable(int folder, const std::string& name) = 0;
  /// A new file of mode 0600; kExists.
  virtual Result<Fd> create(int folder, const std::string& name) = 0;
  /// See seal_file and unseal_file: both return the SHA-256 of the plain bytes.
  virtual Result<Digest> seal(int from, int to, const Secret& key, std::string_view name) = 0;
  virtual Result<Digest> unseal(int from, int to, const Secret& key, std::string_view name) = 0;
  /// The SHA-256 of a file as it lies there. From its start, whatever the descriptor's place.
  virtual Result<Digest> digest(int file) = 0;
  /// Writes random bytes over everything a file holds, in place, once; its holes stay holes. Not
  /// synced: see sync().
  virtual Status overwrite(int file) = 0;
  /// A file's data, or a folder's entries: on disk when it returns.
  virtual Status sync(int fd) = 0;
  /// Gives a file to its owner as it was: uid, gid, mode (without set-id bits), modification time.
  virtual Status restore_owner(int file, unsigned uid, unsigned gid, unsigned mode,
                               std::int64_t mtime_ns) = 0;
  /// Never replaces: kExists.
  /// kUnsupported: the file system cannot rename without replacing.
  virtual Status rename(int from_folder, const std::string& from, int to_folder,
                        const std::string& to) = 0;
  /// kNotFound: there is none. A folder is never removed.
  virtual Status unlink(int folder, const std::string& name) = 0;
  /// Appends a whole line and has it on disk when it returns.
  virtual Status append(int log, std::string_view line) = 0;
};

/// Those of the operating system; without state.
std::unique_ptr<FileOps> system_file_ops();

}  // namespace huxin::enforce
