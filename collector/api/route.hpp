#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/http/message.hpp"
#include "collector/http/tally.hpp"
#include "collector/store/store.hpp"

namespace huxin::api {

/// Who may make a call. Nothing admits by default: every route says it.
struct Access {
  enum class Kind : std::uint8_t {
    kPublic,    ///< no session
    kSignedIn,  ///< any role, and also while the password must be changed
    kRoles      ///< one of `roles`
  };
  Kind kind = Kind::kRoles;
  store::Roles roles;

  static constexpr Access open() { return {Kind::kPublic, {}}; }
  static constexpr Access signed_in() { return {Kind::kSignedIn, {}}; }
  static constexpr Access only(std::initializer_list<store::Role> roles) {
    return {Kind::kRoles, roles};
  }
  /// Everybody who is signed in and has nothing to change first.
  static constexpr Access any_role() {
    Access access;
    for (const store::Role role : store::kAllRoles) access.roles.add(role);
    return access;
  }
};

/// One admitted call, as its route sees it.
struct Call {
  const http::Request& request;
  std::vector<std::string> parameters;  ///< what stands for each {…} in the path, in order
  std::string token;                    ///< of the session; empty when public
  store::User user;                     ///< whose session it is

  const std::string& parameter(std::size_t index = 0) const { return parameters.at(index); }
};

/// A line of openapi.yaml and who answers it.
struct Route {
  std::string_view method, path;  ///< as in openapi.yaml, below /api: "/cases/{id}/notes"
  Access access;
  std::function<http::Response(const Call&)> answer;
};

/// What every room of the API works with; each room is a class with `std::vector<Route> routes()`
/// whose answers refer to the room itself.
struct Desk {
  store::Store& store;
  const Clock& clock;
  http::Tally& tally;
};

/// Matches a path against a route's pattern; gives what stands for each {…}, never empty, or
/// nullopt.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace huxin::api
