#pragma once
#include <sys/types.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "policy/base/file.hpp"
#include "policy/base/result.hpp"

namespace huxin::agent {

/// A process beside the guardian that ends it (SIGKILL) when it does not come round any more: it
/// was stopped (SIGSTOP), or it hangs.
///
/// Whoever opens a guarded file waits for the guardian's answer, without end when none can come.
/// Its death closes the kernel's side: what waits passes, and who started the guardian starts it
/// anew. The process holds one end of a pipe and nothing else: no key, no file, no socket.
class Watchdog {
 public:
  /// Silence after which the guardian is ended.
  static constexpr std::chrono::milliseconds kPatience{8000};

  /// Forks: to be called before this process has threads or secrets. `note` gets a line when the
  /// guardian was ended; see take_note.
  static Result<std::unique_ptr<Watchdog>> start(std::filesystem::path note,
                                                 std::chrono::milliseconds patience = kPatience);
  /// Ends the process.
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

  /// Says that the guardian comes round; the first beat begins the watch. One thread at a time.
  void beat();
  /// Ends the watch until the next beat.
  void rest();
  /// "ok", or that the process is gone.
  std::string state() const { return gone_ ? "the watchdog process has ended" : "ok"; }

  /// Says when the last guardian was ended, as the note tells, and takes the note away. Empty: it
  /// was not.
  static std::string take_note(const std::filesystem::path& note);

 private:
  Watchdog(Fd beats, pid_t process) : beats_(std::move(beats)), process_(process) {}
  void say(char what);

  Fd beats_;
  pid_t process_;
  std::atomic<bool> gone_ = false;
};

/// Tells the service manager something ("READY=1", "WATCHDOG=1"), when there is one
/// ($NOTIFY_SOCKET, see sd_notify(3)).
void tell_service_manager(const char* what);

}  // namespace huxin::agent
