#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "agent/desk.hpp"
#include "agent/watch/teller_desk.hpp"

namespace huxin::agent {

/// Who works at the terminal, as the bank's teller front end says; carried on every incident.
///
/// watch() from one thread at a time; the rest from any. of() never waits for a probe.
class TellerChannel {
 public:
  /// `changed` is told of every sign-on and sign-off; it must not block.
  TellerChannel(Desk desk, std::filesystem::path socket, std::function<void()> changed)
      : desk_(desk), socket_(std::move(socket)), changed_(std::move(changed)) {}

  /// Opens the desk when the policy in force names programs that may bind a teller. Other programs
  /// or users than before: a new desk, and every teller must sign on again. An error leaves no
  /// desk, and nobody bound.
  Status watch();
  /// Ends the desk, and every binding with it.
  void close() { replace(nullptr, "off"); }
  /// `user`: an account's name on this machine. Without a binding the teller is empty.
  rule::Teller of(const std::string& user) const;
  /// "ok" while the desk is open; "off"; or what is wrong. Asks its own socket, for up to 2 s.
  std::string state() const;
  /// Sets tellers_refused and teller_protocol_errors; nothing while it is off.
  void add_losses(Losses& losses) const;

 private:
  void replace(std::shared_ptr<watch::TellerDesk> desk, std::string state);
  std::shared_ptr<watch::TellerDesk> desk() const;

  Desk desk_;
  const std::filesystem::path socket_;
  const std::function<void()> changed_;
  watch::TellerRules rules_;
  mutable std::mutex mutex_;
  std::string state_ = "off";
  std::shared_ptr<watch::TellerDesk> teller_desk_;
};

}  // namespace huxin::agent
