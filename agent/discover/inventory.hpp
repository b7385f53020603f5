#pragma once
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agent/discover/holding.hpp"
#include "policy/base/result.hpp"
#include "policy/base/secret.hpp"
#include "policy/record/record.pb.h"

namespace huxin::discover {

/// One walk over some folders, which may take several lives of the agent.
struct Run {
  std::int64_t number = 0;  ///< 1, 2, … on this terminal
  Bytes id;                 ///< 16 bytes, random; as the collector knows it
  Time started{};
  std::string origin;  ///< "schedule", "hand"
  std::vector<std::filesystem::path> folders;
  std::filesystem::path cursor;  ///< the last file that is done with, and on disk as such
  bool stopped = false;          ///< somebody stopped it; else the agent ended in its midst
};

/// Which entries to list; unset or empty means any. Conditions are joined by "and".
struct EntryFilter {
  unsigned level = 0;  ///< at least
  std::optional<catalog::ElementId> element;
  std::filesystem::path below;  ///< a folder or a file
  /// With findings, too: what holds no customer data has no deadline to miss.
  bool overdue = false;
  bool not_inspected = false;  ///< wholly or in part
  bool with_findings = false;
  Time now{};                   ///< what `overdue` is judged by
  std::filesystem::path after;  ///< goes on behind this path
};

/// What lies in the terminal's folders: one entry a file, in a database of its own, sealed under a
/// key of its own (SQLCipher; inventory.db). It holds no value of a customer (of a credit report
/// the keyed digest that its consent is listed under), but the paths as they are, because orders
/// and people must find the files again; numbers that people put into names are therefore in here,
/// sealed, on the terminal. What leaves it is hidden or counted.
///
/// Thread-safe. What is noted is held in memory and written with the next checkpoint or flush, at
/// the latest after 256 changes: a crash only means that those files are read again.
///
/// One entry a path: a file with two names is in here twice. Times are UTC.
class Inventory {
 public:
  static constexpr std::size_t kKey = 32;
  static constexpr std::uint64_t kMostFiles = 1'000'000;

  /// Opens or makes it. A database that is broken or under another key is set aside and begun anew:
  /// everything in it can be found again, but for the first sightings (a deadline is then counted
  /// from the file's last change). The key has kKey bytes. kUnsupported: a newer version of the
  /// agent made it, and it is left alone.
  static Result<std::unique_ptr<Inventory>> open(const std::filesystem::path& file,
                                                 const Secret& key, Time now);
  virtual ~Inventory() = default;

  /// Was this version inspected under this policy? If so, and with a run, it is marked as seen by
  /// it. False as well for what was noted as `retry`.
  virtual Result<bool> known(const std::filesystem::path& path, const FileVersion& version,
                             std::string_view policy_digest, Time now, std::int64_t run = 0) = 0;
  /// Notes what a version holds. `run` read it, or 0: it was inspected for another reason, such as
  /// an event. kTooLarge: kMostFiles are in here.
  ///
  /// A deadline is counted from the first sighting of the file at its path, or, when the agent came
  /// later than the copy, from its last change (ctime) as of that sighting: an unprivileged user
  /// can set neither back nor forward, which mtime would allow, a copy with the old mtime of its
  /// original is as new as it is, and rewriting a file does not renew its term. A renamed file
  /// (same inode, size and mtime) keeps its first sighting.
  /// A holding to be retried is kept, but under no policy: known() does not know it.
  virtual Status note(const std::filesystem::path& path, const FileVersion& version,
                      std::string_view policy_digest, const Holding& holding,
                      const std::optional<Purpose>& purpose, Time now, std::int64_t run = 0) = 0;
  /// Puts in doubt each file whose judgement rests on an authorisation that `holds` denies: it is
  /// not known until it was judged again. Returns how many are in doubt.
  virtual Result<std::uint64_t> doubt(const std::function<bool(ByteView consent)>& holds) = 0;
  virtual Result<bool> in_doubt(const std::filesystem::path& path) = 0;
  /// Drops a file that is no longer at its place. Succeeds when there is no such entry.
  virtual Status forget(const std::filesystem::path& path) = 0;
  /// Writes what is held in memory.
  virtual Status flush() = 0;

  /// The folders as run_folders gives them. The newest 100 runs are kept.
  virtual Result<Run> begin(const std::vector<std::filesystem::path>& folders,
                            std::string_view origin, Time now) = 0;
  /// The newest run, if it did not reach its end.
  virtual Result<std::optional<Run>> unfinished() = 0;
  /// When the newest run of this origin began; none: there was none.
  virtual Result<std::optional<Time>> last_begun(std::string_view origin) = 0;
  /// Everything up to and including `cursor` is done: on disk when this returns.
  virtual Status checkpoint(std::int64_t run, const std::filesystem::path& cursor) = 0;
  /// What the run did not see: a folder's entries stay, a reason is counted. `folder` could not be
  /// read, for a `reason` such as "unreadable".
  virtual Status lose(std::int64_t run, const std::filesystem::path& folder,
                      std::string_view reason) = 0;
  struct Sum {
    record::Inventory run;    ///< what lies below the run's folders; stopped: what it met there
    record::Inventory whole;  ///< everything in here, which is what the collector is told
  };
  /// Ends a run and sums it up. Complete: entries below its folders that it did not meet are
  /// dropped. Stopped: it can be gone on with.
  /// Drops nothing below a folder that the run lost.
  virtual Result<Sum> finish(const Run& run, bool complete, Time now) = 0;

  /// The files in here that lie in none of these folders.
  virtual Result<std::vector<std::filesystem::path>> elsewhere(
      const std::vector<std::filesystem::path>& folders) = 0;
  /// Calls for each entry in order of path until false. Holds the inventory meanwhile: `take` must
  /// not call back.
  virtual Status each(const EntryFilter& filter, const std::function<bool(Entry&&)>& take) = 0;
  /// Files in here, those not written yet included.
  virtual Result<std::uint64_t> size() = 0;
  /// Files with findings past their deadline that were not told of on this day (any number that
  /// changes with the day), oldest deadline first.
  virtual Result<std::vector<Entry>> overdue(Time now, std::int64_t day, std::size_t most) = 0;
  /// Until the day changes, overdue() leaves it out.
  virtual Status told_overdue(const std::filesystem::path& path, std::int64_t day) = 0;
};

}  // namespace huxin::discover
