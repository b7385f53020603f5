#pragma once
#include "collector/api/password.hpp"
#include "collector/api/route.hpp"

namespace huxin::api {

/// Accounts. A system administrator makes them, disables them and gives them one-time passwords; a
/// security administrator says which roles they hold and resets their one-time codes: it takes both
/// to become somebody else. Nobody changes their own account here. Thread-safe. One-time passwords
/// are in the answer once and kept as hashes; their owner has to change them at the first sign-in.
/// Every change ends the account's sessions that it concerns.
class AccountRoutes {
 public:
  AccountRoutes(Desk desk, PasswordHasher& passwords) : desk_(desk), passwords_(passwords) {}
  std::vector<Route> routes();

 private:
  http::Response list_users(const Call& call);
  http::Response add_user(const Call& call);
  http::Response set_roles(const Call& call);
  http::Response set_disabled(const Call& call);
  http::Response reset_password(const Call& call);
  http::Response reset_totp(const Call& call);
  /// Lets `change` alter the account that the path names; the answer is the account. `change` names
  /// the code of its refusal as an error's context, under kDenied.
  http::Response change(const Call& call, const std::function<Status(store::User&)>& change);

  Desk desk_;
  PasswordHasher& passwords_;
};

/// May this be the name of an account? 1 to 64 bytes without blanks, control characters,
/// '/', '?', '#' and '%', since it stands in paths. That it is UTF-8 is the JSON reader's to check.
bool is_user_name(std::string_view name);

}  // namespace huxin::api
