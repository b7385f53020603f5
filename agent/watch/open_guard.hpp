#pragma once
#include <chrono>
#include <cstdint>
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

struct GuardOptions {
  std::vector<std::filesystem::path> guarded;  ///< mount points or folders; absolute
  std::vector<std::string> exclude;            ///< globs of paths that open unasked
  std::chrono::milliseconds deadline{800};     ///< by when every open is answered
  bool fail_closed = false;                    ///< no answer in time: refuse (true) or let pass
  unsigned threads = 2;                        ///< that run the handler
};

/// An open that waits for its answer.
struct OpenRequest {
  rule::Event event;           ///< stage kUse, channel kFileOpen, operation "open"
  std::filesystem::path path;  ///< the bytes of the path; Event::path is text
  Fd file;                     ///< reading it raises no event, in whatever process
  FileVersion version;
  std::chrono::steady_clock::time_point deadline{};  ///< when it is answered without the handler
};

/// What became of an open.
struct OpenSettlement {
  bool in_time = true;  ///< the decision was the answer; else the deadline was, or the guard's end
  bool allowed = true;
};

struct OpenDecision {
  bool allow = true;
  bool clean_for_everyone =
      false;             ///< no user, process or hour could change it: the kernel may stop asking
  bool remember = true;  ///< the same user and process need not be asked about again for a minute
  /// Called once the opener has his answer: the place to write records from.
  std::move_only_function<void(const OpenSettlement&)> settled{};
};

/// Since the start. A decision that comes too late counts as decided and as missed.
struct GuardCounters {
  std::uint64_t asked = 0;        ///< by the kernel
  std::uint64_t own = 0;          ///< the agent's own opens, let pass at once
  std::uint64_t remembered = 0;   ///< answered from memory
  std::uint64_t decided = 0;      ///< by the handler
  std::uint64_t denied = 0;       ///< of all of them
  std::uint64_t missed = 0;       ///< answered by the deadline
  std::uint64_t overloaded = 0;   ///< answered as by the deadline: over 1,024 opens waited
  std::uint64_t handed_over = 0;  ///< files the kernel was told to stop asking about
  std::uint64_t failures =
      0;  ///< the kernel could not open a file for us and refused it; a handler threw
};

/// Decides opens of regular files before they succeed.
///
/// Three kinds of threads, so that no inspection can hold up an answer: a reader that only looks
/// things up (own process, excluded, remembered), a few that run the handler, and one that answers
/// what passes its deadline. The reader and the deadlines open no file and ask no name service.
/// Opens by `own` processes always pass at once, so a handler may open guarded files itself.
/// Stopping, or the death of the process, closes the kernel's side: whatever waits passes, and
/// nothing is guarded.
///
/// A file judged clean for everyone is ignored by the kernel until it is written: then its opens
/// cost nothing (mounts only, not folders). Content changed through a writable memory mapping
/// counts as written when the mapping ends. Opening a folder, a device or a pipe is never asked
/// about. Needs CAP_SYS_ADMIN, and a limit of open files well above the opens that wait.
class OpenGuard {
 public:
  /// Runs on several threads at once; must return some time. The deadline passes without it.
  using Handler = std::function<OpenDecision(OpenRequest&&)>;
  /// Tells of guarded paths that are not guarded ("unguardable: …", "too_many_folders", "too_deep")
  /// and of opens nobody judged ("open_deadline", "open_overload", "open_failed"; they passed, or
  /// were refused when failing closed), with their number. On a thread of its own; valid UTF-8.
  using Loss =
      std::function<void(const std::string& path, const std::string& reason, std::uint64_t count)>;

  /// Returns when the marks are set. Places that cannot be guarded are told as losses; errors are
  /// of fanotify itself (kDenied, kUnsupported).
  static Result<std::unique_ptr<OpenGuard>> start(GuardOptions options, Handler handler, Loss lost,
                                                  std::shared_ptr<const OwnProcesses> own,
                                                  std::shared_ptr<const Clock> clock);
  /// Lets everything pass first, then waits for handlers that still run.
  virtual ~OpenGuard() = default;

  /// Forgets every decision: the policy changed.
  virtual void forget() = 0;
  /// Is it alive? kTimeout: a thread does not answer; kInternal: the kernel no longer holds the
  /// marks.
  virtual Status probe(std::chrono::milliseconds deadline) = 0;
  /// "ok", or which of the guarded paths are missing or not guarded (see describe_coverage).
  virtual std::string coverage() const = 0;
  /// Are opens answered? False when the thread that reads the kernel's questions, or the one that
  /// keeps the deadlines, does not come round within `deadline`: then openers may wait for ever.
  virtual bool answers(std::chrono::milliseconds deadline) = 0;
  /// From any thread.
  virtual GuardCounters counters() const = 0;
};

}  // namespace huxin::watch
