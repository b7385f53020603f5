#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "agent/watch/teller_peer.hpp"
#include "policy/rule/event.hpp"

namespace huxin::watch {

struct TellerCounters {
  std::uint64_t bound = 0;            ///< accounts with a teller now
  std::uint64_t sign_ons = 0;         ///< taken since the desk opened
  std::uint64_t refused = 0;          ///< peers that may not bind, or over 64 connections, 4 a user
  std::uint64_t protocol_errors = 0;  ///< connections closed for what they sent
};

/// Where the bank's teller front end says who works at the terminal, since operating-system
/// accounts are shared.
///
/// A front end connects to the socket (stream) and writes one line a sign-on (teller_line.hpp);
/// each is answered by `{"ok":true}` or `{"error":"…"}`, the latter before the connection is
/// closed. What is bound is the account that the peer runs as, by the kernel's word; the binding
/// ends with a sign-off or with the connection. Where an account has several connections the newest
/// sign-on counts. A peer that may not bind is refused at its first line. At most 20 lines a second
/// of one user (40 at once).
class TellerDesk {
 public:
  struct Callbacks {
    /// Somebody signed on or off: what was decided for the account may no longer hold. On the
    /// desk's thread; must not block.
    std::function<void()> changed = [] {};
    /// A peer was refused: whose, and why; at most once a minute for each but for the first. On a
    /// thread of its own.
    std::function<void(const std::string& user, const std::string& reason, std::uint64_t count)>
        refused = [](const auto&, const auto&, auto) {};
  };

  /// Listens on `socket`, mode 0666.
  static Result<std::unique_ptr<TellerDesk>> open(const std::filesystem::path& socket,
                                                  TellerRules rules, Callbacks callbacks);
  /// Ends every binding. Front ends connect again by themselves.
  virtual ~TellerDesk() = default;

  /// The teller bound to an account at the moment. From any thread. Empty: nobody is bound. Waits
  /// for no socket.
  virtual rule::Teller teller_of(const std::string& user) const = 0;
  virtual TellerCounters counters() const = 0;
  /// kTimeout: the loop did not come round.
  virtual Status probe(std::chrono::milliseconds deadline) = 0;
};

}  // namespace huxin::watch
