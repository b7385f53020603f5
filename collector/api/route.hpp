#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/http/message.hpp"
#include "collector/http/tally.hpp"
#include "collector/store/store.hpp"

namespace huxin::api {

/// Who may make a call. Nothing admits by default: every route says it. Default: one of no roles,
/// which is nobody.
struct Access {
  enum class Kind : std::uint8_t {
    kPublic,    ///< no session
    kSignedIn,  ///< any role or none, and also before password and one-time codes are one's own
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
  /// Lives as long as the call.
  const http::Request& request;
  /// Not empty, still percent-encoded and unchecked.
  std::vector<std::string> parameters;  ///< what stands for each {…} in the path, in order
  std::string token;                    ///< of the session; empty when public
  /// As the store had it when the call began; empty when public.
  store::User user;              ///< whose session it is
  std::string* notes = nullptr;  ///< what note() adds to; null: nothing is written down

  /// Adds to the audit log's entry of this call what its path does not say: "roles officer →
  /// reviewer". Never a password, a key or an unmasked value.
  void note(std::string_view text) const {
    if (notes != nullptr) notes->append(notes->empty() ? "" : "; ").append(text);
  }
  const std::string& parameter(std::size_t index = 0) const { return parameters.at(index); }
};

/// What the audit log hears of a call. Calls that are refused to somebody with a session are always
/// written down.
enum class Audited : std::uint8_t {
  kChanges,  ///< every method but GET: before it is carried out, and its result after
  kAlways,   ///< GET too: what reveals or takes out more than a page shows
  kItself    ///< the route writes its own entries: signing in, where nobody is known yet
};

inline constexpr std::size_t kBodyBytes = std::size_t{64} << 10U;
inline constexpr std::size_t kLargestBody = std::size_t{16} << 20U;  ///< of any route

/// A line of openapi.yaml and who answers it.
/// `answer` runs on a pool thread, many at once; it may block, and refuses by an answer made with
/// error().
struct Route {
  std::string_view method, path;  ///< as in openapi.yaml, below /api: "/cases/{id}/notes"
  Access access;
  std::function<http::Response(const Call&)> answer;
  Audited audited = Audited::kChanges;
  std::size_t body_bytes = kBodyBytes;  ///< the largest body; more than usual needs a session
};

/// What every room of the API works with; each room is a class with `std::vector<Route> routes()`
/// whose answers refer to the room itself. Borrowed; all of it outlives the rooms.
struct Desk {
  store::Store& store;
  const Clock& clock;
  http::Tally& tally;
};

/// Matches a path against a route's pattern; gives what stands for each {…}, never empty, or
/// nullopt. Compared byte for byte, without decoding: "%2F" is no slash.
std::optional<std::vector<std::string>> match_path(std::string_view pattern, std::string_view path);

}  // namespace huxin::api
