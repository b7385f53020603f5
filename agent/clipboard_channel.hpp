#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "agent/desk.hpp"
#include "agent/watch/session_server.hpp"

namespace huxin::agent {

/// What people copy: each desktop session's helper offers it, and is told to keep, mask or clear
/// it. Only text is judged, at most 8 MiB of a copy; a longer one is recorded as "too_large".
///
/// watch() from one thread at a time; the rest from any. Copies are judged on the server's threads.
class ClipboardChannel {
 public:
  /// `socket`: where the helpers connect; made by watch(), mode and owner as SessionServer says.
  ClipboardChannel(Desk desk, std::filesystem::path socket)
      : desk_(desk), socket_(std::move(socket)) {}

  /// Serves sessions when the policy in force asks for it. Does nothing while what it asks for is
  /// what runs, so that a new policy disturbs no session. A socket that cannot be made: its error,
  /// which state() then tells.
  Status watch();
  /// "ok" when there is a session and the copies of every one are seen; else what is missing: "no
  /// session", whose copies are not seen and why, or that the server of the sessions hangs or
  /// ended.
  std::string state() const;
  /// Sets copies_limited, sessions_refused and session_protocol_errors; nothing while it is off. A
  /// server that is started anew counts from zero.
  void add_losses(Losses& losses) const;

 private:
  void replace(std::shared_ptr<watch::SessionServer> server, std::string state);
  std::shared_ptr<watch::SessionServer> current() const;
  /// Clears for block and stricter. Masks what is plain text or a table, whose findings lie where
  /// the text says; what cannot be masked is cleared.
  watch::ClipboardAnswer judge(watch::ClipboardCopy&& copy);
  /// What a session could not hand over; recorded as a blind spot with the user as destination.
  void lost(const std::string& user, const std::string& reason, std::uint64_t count);

  Desk desk_;
  const std::filesystem::path socket_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::shared_ptr<watch::SessionServer> server_;  ///< asked outside the lock: it may take its time
};

}  // namespace huxin::agent
