#pragma once
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "collector/store/types.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/digest.hpp"

namespace huxin::api {

/// Who is signed in: in memory only, so that a restart signs everybody out. A session ends after 15
/// minutes without a call, 12 hours in all, and as soon as its user's password or one-time codes
/// change, or the account is disabled or ends. At most 10,000 sessions and 16 of one user; those
/// not used for longest give way. Thread-safe. Calls for one session may come from many threads;
/// the clock outlives it.
class Sessions {
 public:
  explicit Sessions(const Clock& clock) : clock_(clock) {}

  /// Begins a session and returns its token: 256 random bits, hex. Only the token's hash is kept.
  std::string begin(const store::User& user);
  /// The name of the user of a live session, which stays so for 15 minutes more. nullopt: unknown
  /// or over; the cookie's text is untrusted.
  std::optional<std::string> touch(std::string_view token);
  /// What the user of a live session held when the store was last asked; nobody's, none. Not to be
  /// relied on for more than how much of a body is read.
  store::Roles roles(std::string_view token);
  /// Does what the session began with still stand? False ends the session. Call it with the account
  /// as the store has it now, on every request.
  bool confirm(std::string_view token, const store::User& user);
  /// An unknown token does nothing.
  void end(std::string_view token);
  /// The secret of one-time codes that this session is enrolling: `fresh` if it has none yet. Empty
  /// when the session is over.
  Bytes enrolling(std::string_view token, Bytes fresh);

 private:
  struct Session {
    std::string user;
    Digest proof{};  ///< of what it began with: password hash and secret of one-time codes
    Bytes enrolling;
    Time begun{}, seen{};
    store::Roles roles;
  };
  void make_room(const std::string& user);

  const Clock& clock_;
  std::mutex mutex_;
  std::map<Digest, Session>
      sessions_;  // by the SHA-256 of the token: lookup time tells nothing of it
};

}  // namespace huxin::api
