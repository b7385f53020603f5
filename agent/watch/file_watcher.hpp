#pragma once
#include <atomic>
#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "agent/watch/actor.hpp"
#include "agent/watch/file_version.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/file.hpp"
#include "policy/base/result.hpp"
#include "policy/rule/event.hpp"

namespace huxin::watch {

struct WatchOptions {
  std::vector<std::filesystem::path>
      directories;                   ///< absolute; may appear later, or hold mount points that do
  std::vector<std::string> exclude;  ///< globs of paths never looked at
  std::vector<std::filesystem::path>
      removable;                         ///< mount points taken as removable whatever sysfs says
  std::chrono::milliseconds quiet{150};  ///< a file is told when nothing more came for this long,
  std::chrono::milliseconds patience{2000};  ///< or this long after its first event
};

/// A regular file that was written or moved in, opened for inspection.
struct FileChange {
  rule::Event event;
  std::filesystem::path path;  ///< the bytes of the path; Event::path is text
  Fd file;                     ///< O_RDONLY, at offset 0
  FileVersion version;         ///< as opened
};

/// A folder whose files may have changed unseen: sweep it.
struct Rescan {
  std::filesystem::path folder;
  std::string reason;  ///< "queue_overflow", "mounted", "moved_in", "unreadable",
                       ///< "unwatchable: …"; valid UTF-8
  bool loss = false;   ///< events were lost (counts as coverage), not only a folder that came whole
};

/// Since the start.
struct WatchCounters {
  std::uint64_t events = 0;      ///< read from the kernel
  std::uint64_t ignored = 0;     ///< elsewhere, excluded, or our own
  std::uint64_t coalesced = 0;   ///< taken together with an earlier event of the same file
  std::uint64_t vanished = 0;    ///< gone, or no regular file any more, when it was to be opened
  std::uint64_t unreadable = 0;  ///< could not be opened; told as a Rescan of its folder
  std::uint64_t delivered = 0;
  std::uint64_t overflows = 0;
};

/// Tells which files in chosen folders were written or moved in, and by whom.
///
/// Marks whole file systems (FAN_MARK_FILESYSTEM) and keeps what lies below the folders by the path
/// its folder has now. Per-directory marks would miss what happens between the making of a
/// subfolder and its marking, and follow a renamed folder out of the tree; a file system mark does
/// neither, and sees writes made through other mounts, containers and snaps. Its price is one
/// event, about a dozen microseconds, for each file written elsewhere on that file system. File
/// systems mounted later below a folder (a stick below /media) are marked when the kernel announces
/// them. A held descriptor never keeps a stick busy for longer than `quiet`.
///
/// The handlers run on the watcher's own thread, one at a time; while one runs, events queue in the
/// kernel (16,384), and beyond that are lost, which is told as a Rescan; so is a file that cannot
/// be opened, once a second and folder (all folders beyond 64). A process that ended before its
/// event was read has no name: the event's user is then the file's owner and its process is empty.
/// Needs CAP_SYS_ADMIN and CAP_DAC_READ_SEARCH.
///
/// The watcher ends, and probe() says so, if a handler throws.
class FileWatcher {
 public:
  struct Handlers {
    /// Stage kStore, channel kFile or kRemovable; destination: the stick's mount point.
    std::function<void(FileChange&&)> changed;
    std::function<void(const Rescan&)> rescan;
  };

  /// Returns when the marks are set: whatever is written afterwards is seen. `own` names the
  /// processes whose writes are no events.
  /// A folder's own file system that cannot be marked is an error (kDenied, kUnsupported); one
  /// mounted below it is told as a Rescan.
  static Result<std::unique_ptr<FileWatcher>> start(WatchOptions options, Handlers handlers,
                                                    std::shared_ptr<const OwnProcesses> own,
                                                    std::shared_ptr<const Clock> clock);
  /// Stops at once; files still waiting for their burst to end are not told (the next sweep sees
  /// them).
  virtual ~FileWatcher() = default;

  /// Is it alive? kTimeout: the thread did not answer (a handler hangs); kInternal: the kernel no
  /// longer holds the marks.
  virtual Status probe(std::chrono::milliseconds deadline) = 0;
  /// From any thread.
  virtual WatchCounters counters() const = 0;
};

}  // namespace huxin::watch
