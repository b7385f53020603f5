#pragma once
#include "collector/api/password.hpp"
#include "collector/api/route.hpp"
#include "collector/api/sessions.hpp"
#include "collector/api/throttle.hpp"

namespace huxin::api {

/// Signing in (password, then one-time code) and out, one's own password, and the enrolment of
/// one's authenticator. Thread-safe.
/// Tries to sign in are written to the audit log here, under "(unknown user)" where the name is
/// nobody's: what was typed may be a password. Refusals do not say which half was wrong.
class SessionRoutes {
 public:
  SessionRoutes(Desk desk, Sessions& sessions, PasswordHasher& passwords);
  std::vector<Route> routes();

  /// Asks somebody with a session for password and one-time code again, before what must not be
  /// done on an unwatched screen. A refusal when either is wrong, counted and slowed down as on
  /// signing in. 401 `totp_required` asks for the code and costs no attempt. A code that was taken
  /// works for nothing else.
  std::optional<http::Response> confirm(const Call& call, std::string_view password,
                                        std::string_view code);

 private:
  http::Response sign_in(const Call& call);
  http::Response current_session(const Call& call);
  http::Response sign_out(const Call& call);
  http::Response change_password(const Call& call);
  http::Response begin_totp(const Call& call);
  http::Response confirm_totp(const Call& call);
  /// Why a code is not taken; nullopt: it is, and never again.
  std::optional<http::Response> refuse_code(const store::User& user, std::string_view code);
  /// False too, and as slowly, for accounts that are disabled or have ended.
  Result<bool> check_password(const store::User& user, std::string_view password);
  /// Writes a try to sign in to the audit log; false: it cannot be written, refuse.
  bool write_down(const Call& call, std::string_view who, std::string_view result);
  /// Zero when somebody at an address may try a name's password, else how long to wait.
  std::chrono::seconds begin_attempt(const std::string& name, const std::string& address);
  void attempt_succeeded(const std::string& name, const std::string& address);
  /// The password was right, but nothing was proven yet: the attempt costs nothing.
  void take_attempt_back(const std::string& name, const std::string& address);

  Desk desk_;
  Sessions& sessions_;
  // Guesses from one address slow down that address alone; those from many slow down a name, but
  // never for longer than its owner can wait. Codes are guessed only by who has the password: their
  // name waits, from wherever they come.
  Throttle by_address_, by_pair_, by_name_, by_code_;
  PasswordHasher& passwords_;
};

}  // namespace huxin::api
