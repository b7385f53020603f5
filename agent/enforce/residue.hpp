#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/file.hpp"
#include "policy/base/file_version.hpp"
#include "policy/base/secret.hpp"

namespace huxin::enforce {

/// Where a destroyed file may have left traces.
struct ResiduePlaces {
  struct Home {
    std::filesystem::path path;
    std::uint32_t uid = 0;
  };
  std::vector<Home> homes;
  std::vector<std::filesystem::path> mounts;  ///< whose .Trash/UID and .Trash-UID are looked into
  std::vector<std::filesystem::path> temporary;  ///< /tmp, /var/tmp
};

/// A file that was destroyed.
struct Sought {
  std::filesystem::path path;
  std::uint64_t bytes = 0;
  std::string digest;  ///< content_digest of it; empty: not known, only its name is looked for
};

/// Where a trace was found, which says what kind of trace it is.
enum class TraceKind : std::uint8_t {
  kTrash,      ///< "trash": in a trash folder, with the .trashinfo that says where it was
  kAutosave,   ///< "autosave": an office program's backup folder
  kLock,       ///< "lock": an office program's lock file beside it; holds no content of it
  kBackup,     ///< "backup": an editor's backup or swap file beside it
  kCopy,       ///< "copy": the same content beside it
  kRecent,     ///< "recent": an entry in a list of recently used files
  kThumbnail,  ///< "thumbnail"
  kTemporary,  ///< "temporary": in /tmp or /var/tmp
};
std::string_view to_string(TraceKind kind);

struct Trace {
  std::filesystem::path path;
  TraceKind kind = TraceKind::kCopy;
  std::size_t sought = 0;     ///< which of the files it is a trace of
  bool same_content = false;  ///< found by its digest; else by its name
  std::string fault;          ///< not empty: this place could not be looked at, and why
};

/// How far the search goes. Beyond `files` and `depth`, a trace says so (fault).
struct SearchLimits {
  std::size_t files = 200'000;  ///< looked at in one place
  std::size_t depth = 16;
  std::uint64_t hashed = std::uint64_t{8} << 30U;  ///< bytes read to compare contents, in all
};

/// Looks for traces by name, by address (URI), and by content. Files are compared by content only
/// when they have the size of one that is sought. Follows no link and enters no other file system.
/// A place that is not there is no fault; one that cannot be opened is a trace with a fault. Each
/// path is told once, but a list of recent files once for each file in it. A destroyed file's own
/// path is never a trace. Contents are not compared beyond `hashed`, nor files beside a destroyed
/// one beyond `files`; neither is told.
std::vector<Trace> find_residue(const ResiduePlaces& places, std::span<const Sought> sought,
                                const Secret& digest_key, const SearchLimits& limits = {});

/// Takes the entry for a file out of a list of recently used files, in one step, with the list's
/// owner and mode. kCancelled: its user changed the list meanwhile. True when there was one. The
/// list is read up to 16 MiB; kNotFound: there is none.
Result<bool> forget_recent(const std::filesystem::path& list, const std::filesystem::path& file);

}  // namespace huxin::enforce
