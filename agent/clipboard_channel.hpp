#pragma once
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "agent/desk.hpp"
#include "agent/watch/session_server.hpp"

namespace huxin::agent {

/// What people copy: each desktop session's helper offers it, and is told to keep, mask or clear
/// it.
class ClipboardChannel {
 public:
  ClipboardChannel(Desk desk, std::filesystem::path socket)
      : desk_(desk), socket_(std::move(socket)) {}

  /// Serves sessions when the policy in force asks for it.
  Status watch();
  /// "ok" when there is a session and the copies of every one are seen; else what is missing: "no
  /// session", whose copies are not seen and why, or that the server of the sessions hangs or
  /// ended.
  std::string state() const;
  void add_losses(Losses& losses) const;

 private:
  void replace(std::shared_ptr<watch::SessionServer> server, std::string state);
  std::shared_ptr<watch::SessionServer> current() const;
  watch::ClipboardAnswer judge(watch::ClipboardCopy&& copy);
  void lost(const std::string& user, const std::string& reason, std::uint64_t count);

  Desk desk_;
  const std::filesystem::path socket_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::shared_ptr<watch::SessionServer> server_;  ///< asked outside the lock: it may take its time
};

}  // namespace huxin::agent
