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
  /// "ok" with at least one session whose copies are seen; else what is missing.
  std::string state() const;
  void add_losses(Losses& losses) const;

 private:
  void replace(std::unique_ptr<watch::SessionServer> server, std::string state);
  watch::ClipboardAnswer judge(watch::ClipboardCopy&& copy);
  void lost(const std::string& user, const std::string& reason, std::uint64_t count);

  Desk desk_;
  const std::filesystem::path socket_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::unique_ptr<watch::SessionServer> server_;
};

}  // namespace huxin::agent
