#include "collector/api/account_routes.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "collector/api/body.hpp"
#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"
#include "collector/api/json.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostRoles = store::kAllRoles.size();

boost::json::object to_json(const store::User& user, Time now) {
  boost::json::array roles;
  for (const store::Role role : store::kAllRoles) {
    if (user.roles.has(role)) roles.emplace_back(json_text(to_string(role)));
  }
  return {{"name", user.name},
          {"roles", std::move(roles)},
          {"disabled", user.disabled},
          {"ended", user.has_ended(now)},
          {"ends", user.ends ? boost::json::value(to_rfc3339(*user.ends)) : nullptr},
          {"must_change", user.must_change},
          {"must_enrol_totp", user.must_enrol_totp()}};
}

/// The array of role names that a body holds; nullopt when it is not one.
std::optional<store::Roles> read_roles(const boost::json::value& value) {
  const auto* const names = value.if_array();
  if (names == nullptr || names->size() > kMostRoles) return std::nullopt;
  store::Roles roles;
  for (const boost::json::value& name : *names) {
    const auto* const text = name.if_string();
    if (text == nullptr) return std::nullopt;
    const auto role = store::role_from({text->data(), text->size()});
    if (!role) return std::nullopt;
    roles.add(*role);
  }
  return roles;
}

/// Visible ASCII but for what has a meaning in a path, Chinese characters in their one place, and
/// the dot in names like 阿卜杜拉·买买提: nothing that is not seen, or looks like something else.
bool may_be_in_a_name(UChar32 character) {
  constexpr UChar32 kZero = 0x3007;  // 〇
  constexpr UChar32 kDot = 0x00B7;   // ·
  if (character > 0x20 && character < 0x7F)
    return !std::string_view("/?#%").contains(static_cast<char>(character));
  return character == kZero || character == kDot ||
         (character > 0x7F && u_hasBinaryProperty(character, UCHAR_UNIFIED_IDEOGRAPH) != 0);
}

std::string names_of(store::Roles roles) { return roles.empty() ? "-" : to_string(roles); }

}  // namespace

bool is_user_name(std::string_view name) {
  if (name.empty() || name.size() > kLongestName) return false;
  for (std::int32_t at = 0; at < static_cast<std::int32_t>(name.size());) {
    UChar32 character = 0;
    U8_NEXT(name.data(), at, static_cast<std::int32_t>(name.size()), character);
    if (!may_be_in_a_name(character)) return false;
  }
  return true;
}

std::vector<Route> AccountRoutes::routes() {
  using enum store::Role;
  const Access system = Access::only({kSystemAdmin});
  const Access security = Access::only({kSecurityAdmin});
  return {
      {"GET", "/users", Access::only({kSystemAdmin, kSecurityAdmin}),
       [this](const Call& call) { return list_users(call); }},
      {"POST", "/users", system, [this](const Call& call) { return add_user(call); }},
      {"PUT", "/users/{name}/roles", security,
       [this](const Call& call) { return set_roles(call); }},
      {"PUT", "/users/{name}/disabled", system,
       [this](const Call& call) { return set_disabled(call); }},
      {"POST", "/users/{name}/password", system,
       [this](const Call& call) { return reset_password(call); }},
      {"DELETE", "/users/{name}/totp", security,
       [this](const Call& call) { return reset_totp(call); }},
  };
}

http::Response AccountRoutes::list_users(const Call&) {
  const auto all = desk_.store.users();
  if (!all) return store_trouble(all.error());
  const Time now = desk_.clock.now();
  boost::json::array users;
  for (const store::User& user : *all) users.push_back(to_json(user, now));
  return json_response(200, {{"users", std::move(users)}});
}

http::Response AccountRoutes::add_user(const Call& call) {
  Body body(call.request);
  const std::string name = body.text("name", 1, 1024);
  const std::optional<Time> ends = body.optional_time("ends");
  if (auto fault = body.fault()) return std::move(*fault);
  if (!is_user_name(name)) return error("bad_user_name");
  call.note(name);
  const std::string password = make_one_time_password();
  auto encoded = passwords_.hash(password);
  if (!encoded)
    return encoded.error().code == Errc::kUnavailable ? error("busy") : error("internal");
  const store::User user{
      .name = name, .password = std::move(*encoded), .must_change = true, .ends = ends};
  const Status added = desk_.store.add_user(user);
  if (!added && added.error().code == Errc::kExists) return error("user_exists");
  if (!added) return store_trouble(added.error());
  return json_response(
      201, {{"user", to_json(user, desk_.clock.now())}, {"one_time_password", password}});
}

http::Response AccountRoutes::change(const Call& call,
                                     const std::function<Status(store::User&)>& change) {
  const auto name = percent_decode(call.parameter(), false);
  if (!name) return error("bad_parameter", "name");
  if (*name == call.user.name) return error("own_account");
  const auto changed = desk_.store.change_user(*name, change);
  if (changed) return json_response(200, to_json(*changed, desk_.clock.now()));
  if (changed.error().code == Errc::kNotFound) return error("not_found");
  if (changed.error().code == Errc::kDenied) return error(changed.error().context);
  return store_trouble(changed.error());
}

http::Response AccountRoutes::set_roles(const Call& call) {
  Body body(call.request);
  const auto roles = read_roles(body.value("roles"));
  const std::optional<Time> ends = body.optional_time("ends");
  if (auto fault = body.fault()) return std::move(*fault);
  if (!roles) return error("bad_json", "roles");
  if (const auto fault = store::exclusion_fault(*roles); !fault.empty())
    return error("roles_exclude", fault);
  return change(call, [&](store::User& user) -> Status {
    if (roles->has(store::Role::kInspector) && !ends) return fail(Errc::kDenied, "end_required");
    call.note(fmt::format("roles {} → {}", names_of(user.roles), names_of(*roles)));
    if (ends) call.note(fmt::format("ends {}", to_rfc3339(*ends)));
    if (user.ends && !ends) call.note(fmt::format("no end; it was {}", to_rfc3339(*user.ends)));
    user.roles = *roles;
    user.ends = ends;
    return {};
  });
}

http::Response AccountRoutes::set_disabled(const Call& call) {
  Body body(call.request);
  const bool disabled = body.flag("disabled");
  if (auto fault = body.fault()) return std::move(*fault);
  return change(call, [&](store::User& user) -> Status {
    call.note(disabled ? "disabled" : "enabled");
    user.disabled = disabled;
    return {};
  });
}

http::Response AccountRoutes::reset_password(const Call& call) {
  const std::string password = make_one_time_password();
  auto encoded = passwords_.hash(password);
  if (!encoded)
    return encoded.error().code == Errc::kUnavailable ? error("busy") : error("internal");
  const http::Response answer = change(call, [&](store::User& user) -> Status {
    user.password = *encoded;
    user.must_change = true;
    return {};
  });
  if (answer.status != 200) return answer;
  return json_response(200, {{"one_time_password", password}});
}

http::Response AccountRoutes::reset_totp(const Call& call) {
  return change(call, [&](store::User& user) -> Status {
    call.note(user.must_enrol_totp() ? "none was enrolled" : "removed");
    user.totp.clear();
    user.totp_step = 0;
    return {};
  });
}

}  // namespace huxin::api
