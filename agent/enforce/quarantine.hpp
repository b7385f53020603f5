#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/enforce/file_ops.hpp"
#include "agent/enforce/quarantine_log.hpp"
#include "policy/base/file.hpp"
#include "policy/base/file_version.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"
#include "policy/order/order.hpp"

namespace huxin::enforce {

/// Moves files into a folder that only root can read, and back, so that a crash at any moment
/// leaves each file in exactly one legal state after the next open(): at its place and not in the
/// vault, or in the vault, verified, and not at its place. The last copy is never removed.
///
/// A file is always copied, never renamed into the vault: a renamed one would stay writable through
/// descriptors its user still holds, and through its other links. The log (vault/log) has each step
/// on disk before the next is taken. The source is set aside under a name of our own, compared with
/// what was copied, and only then unlinked: whatever was put in its place meanwhile is not touched.
/// Content is sealed under a key of the vault (sealed_file.hpp); the log holds paths in hex, and of
/// content only keyed digests. Files are of mode 0600 in a folder of mode 0700.
///
/// Thread-safe; one process at a time (the vault is locked).
///
/// What is set aside is called ".huxin-<id>" in its folder; if its user took its name meanwhile, it
/// comes back as "<name>.huxin-<id>".
class Quarantine {
 public:
  static constexpr std::size_t kVaultKey = 32;

  /// What became of a move whose outcome nobody recorded before the process ended.
  struct Move {
    std::string incident;  ///< hex, as given to take()
    std::string outcome;   ///< "quarantined", "failed: …"
  };
  /// A file that left the vault by an order, and nobody recorded it yet.
  struct Left {
    std::string incident;        ///< hex
    std::filesystem::path from;  ///< where it was before it was taken
    std::filesystem::path to;    ///< where it was released to; empty: destroyed
    std::uint64_t bytes = 0;
  };
  /// What open() found half done.
  struct Recovery {
    std::size_t finished = 0;     ///< moves and releases completed
    std::size_t rolled_back = 0;  ///< undone: the source was untouched
    std::size_t source_kept =
        0;  ///< the vault keeps the version inspected, the place holds a newer one
    std::vector<Move> moves;
  };

  /// Opens or makes the vault and recovers. kUnavailable: another process holds it. kCorrupt: the
  /// log is damaged before its end, or another key sealed the vault; nothing is touched.
  /// kInvalid: the key is not kVaultKey bytes. The log is read up to 64 MiB. A folder that is away
  /// (a stick) is no error: its file waits for the next open().
  static Result<std::unique_ptr<Quarantine>> open(const std::filesystem::path& vault, Secret key,
                                                  std::unique_ptr<FileOps> ops = system_file_ops());
  virtual ~Quarantine() = default;

  /// Takes a file if it still is the version inspected. kCancelled: it changed, and nothing was
  /// done; or its user gave it another name meanwhile, and what was copied stays in the vault.
  /// kNotFound, kNoSpace, kIo…: nothing was done, the file is where it was. With an incident (its
  /// id, as bytes), a later recovered() tells what became of it until told() says that is recorded.
  /// With an error after the copy was kept: the copy is in the vault and the source could not be
  /// removed or given back; the next open() finishes it, and recovered() tells how it ended.
  virtual Result<QuarantinedFile> take(const std::filesystem::path& file,
                                       const FileVersion& inspected,
                                       std::string_view incident = {}) = 0;
  /// The outcome of this incident's move, or of the order that ended it, is recorded elsewhere. As
  /// bytes, as given to take().
  virtual Status told(std::string_view incident) = 0;
  /// Gives a file back, to where it was or elsewhere, with its owner, mode and time. kExists: there
  /// is one already; kNotFound: no such id or folder; kDenied: a folder that its owner could not
  /// have written into. Returns where it is now.
  /// kCorrupt: damaged in the vault, where it stays; kCancelled: somebody exchanged it while it was
  /// put in place. The folder must be there; it is opened without following links.
  virtual Result<std::filesystem::path> release(std::string_view id,
                                                const std::filesystem::path& to = {}) = 0;
  /// Releases by an order: as release(), but left() tells of it until told(), over any crash.
  virtual Result<std::filesystem::path> release_by_order(std::string_view id,
                                                         const std::filesystem::path& to) = 0;
  /// Destroys the vault's copy by an order, for good: once begun, a crash does not bring it back.
  /// left() tells of it until told(). kNotFound: no such id. The copy is sealed, so a device that
  /// refuses the overwriting is no error.
  virtual Status destroy(std::string_view id, order::Method method) = 0;
  /// The plain content, in memory without a name, for inspection; kTooLarge beyond `limit` bytes.
  /// kCorrupt: damaged in the vault.
  virtual Result<Fd> read(std::string_view id, std::uint64_t limit) = 0;
  /// Oldest first; with or without an incident.
  virtual std::vector<Left> left() const = 0;

  /// What the vault holds. In the order in which they were taken; kDone, and kKept where the source
  /// could not be removed yet. Only kDone ones can be released, read or destroyed.
  virtual std::vector<QuarantinedFile> list() const = 0;
  /// What the last open() found.
  virtual Recovery recovered() const = 0;
};

}  // namespace huxin::enforce
