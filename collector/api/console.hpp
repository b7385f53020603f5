#pragma once
#include <memory>
#include <span>

#include "collector/api/assets.hpp"
#include "collector/api/password.hpp"
#include "collector/api/sessions.hpp"
#include "collector/api/throttle.hpp"
#include "collector/http/message.hpp"
#include "collector/http/tally.hpp"
#include "collector/store/store.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::api {

/// Who may make a call. Roles are a set of bits.
enum class Access : std::uint8_t {
  kNobody = 0,
  kOfficer = 1,
  kAdmin = 2,
  kAnyRole = 3,
  kSignedIn = 4,  ///< any role, and also while the password must be changed
  kPublic = 8,
};

/// One admitted call, as its route sees it.
struct Call {
  const http::Request& request;
  std::string parameter;  ///< what stands for {…} in the path
  std::string token;      ///< of the session; empty when public
  store::User user;       ///< whose session it is
};

/// What the officer's console asks (openapi.yaml), and the console itself. Everything that is not
/// in the table of routes is refused, and so is everything that its row does not admit. The user is
/// looked up in the store at each call, so that disabling one, or a new password, bites at once.
/// Thread-safe; blocking.
class Console {
 public:
  struct Parts {
    store::Store& store;
    std::shared_ptr<const catalog::Catalog> catalog;
    const Clock& clock;
    http::Tally& tally;
    Assets assets;
  };
  struct Route {
    std::string_view method, path;  ///< as in openapi.yaml, below /api
    Access access;
    http::Response (Console::*call)(const Call&);
  };

  explicit Console(Parts parts);
  http::Response handle(const http::Request& request);
  static std::span<const Route> routes();

 private:
  http::Response dispatch(const http::Request& request);
  http::Response enter(const Route& route, const http::Request& request, std::string parameter);

  // session_routes.cpp
  http::Response sign_in(const Call& call);
  http::Response current_session(const Call& call);
  http::Response sign_out(const Call& call);
  http::Response change_password(const Call& call);
  Result<bool> check_password(const store::User& user, std::string_view password);
  // review_routes.cpp
  http::Response list_incidents(const Call& call);
  http::Response get_incident(const Call& call);
  http::Response list_terminals(const Call& call);
  http::Response get_catalog(const Call& call);
  http::Response get_summary(const Call& call);

  http::Response store_trouble(const Error& error);

  Parts parts_;
  Sessions sessions_;
  /// Zero when somebody at an address may try a name's password, else how long to wait.
  std::chrono::seconds begin_attempt(const std::string& name, const std::string& address);
  void attempt_succeeded(const std::string& name, const std::string& address);
  // Guesses from one address slow down that address alone; those from many slow down a name, but
  // never for longer than its owner can wait.
  Throttle by_address_, by_pair_, by_name_;
  PasswordHasher passwords_;
};

}  // namespace huxin::api
