#include "collector/api/session_routes.hpp"

#include <spdlog/spdlog.h>

#include "collector/api/body.hpp"
#include "collector/api/cookie.hpp"
#include "collector/api/error.hpp"
#include "collector/api/json.hpp"
#include "collector/api/totp.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kLongestName = 64;
constexpr std::size_t kLongestText = 1024;
constexpr unsigned kFreeTriesOfPair = 5;
constexpr unsigned kFreeTriesOfName = 100;
constexpr auto kLongestWaitOfName = std::chrono::seconds(30);
constexpr unsigned kFreeTriesOfAddress = 20;
constexpr unsigned kFreeCodes = 5;
constexpr std::size_t kLongestCode = 16;

http::Response session_of(const store::User& user) {
  boost::json::array roles;
  for (const store::Role role : store::kAllRoles) {
    if (user.roles.has(role)) roles.emplace_back(json_text(to_string(role)));
  }
  return json_response(200, {{"name", user.name},
                             {"roles", std::move(roles)},
                             {"must_change", user.must_change},
                             {"must_enrol_totp", user.must_enrol_totp()}});
}

http::Response throttled(std::chrono::seconds wait) {
  return error("throttled").with("Retry-After", std::to_string(wait.count()));
}

}  // namespace

SessionRoutes::SessionRoutes(Desk desk, Sessions& sessions, PasswordHasher& passwords)
    : desk_(desk),
      sessions_(sessions),
      by_address_(desk.clock, kFreeTriesOfAddress),
      by_pair_(desk.clock, kFreeTriesOfPair),
      by_name_(desk.clock, kFreeTriesOfName, kLongestWaitOfName),
      by_code_(desk.clock, kFreeCodes),
      passwords_(passwords) {}

std::vector<Route> SessionRoutes::routes() {
  return {
      {"POST", "/session", Access::open(), [this](const Call& call) { return sign_in(call); },
       Audited::kItself},
      {"GET", "/session", Access::signed_in(),
       [this](const Call& call) { return current_session(call); }},
      {"DELETE", "/session", Access::signed_in(),
       [this](const Call& call) { return sign_out(call); }},
      {"POST", "/session/password", Access::signed_in(),
       [this](const Call& call) { return change_password(call); }},
      {"POST", "/session/totp", Access::signed_in(),
       [this](const Call& call) { return begin_totp(call); }},
      {"PUT", "/session/totp", Access::signed_in(),
       [this](const Call& call) { return confirm_totp(call); }},
  };
}

Result<bool> SessionRoutes::check_password(const store::User& user, std::string_view password) {
  const bool barred = user.disabled || user.has_ended(desk_.clock.now());
  return passwords_.verify(barred ? std::string_view{} : std::string_view(user.password), password);
}

std::chrono::seconds SessionRoutes::begin_attempt(const std::string& name,
                                                  const std::string& address) {
  auto wait = by_address_.begin(address);
  if (wait.count() == 0) wait = by_pair_.begin(name + '\n' + address);
  if (wait.count() == 0) wait = by_name_.begin(name);
  return wait;
}

void SessionRoutes::attempt_succeeded(const std::string& name, const std::string& address) {
  by_address_.take_back(address);
  by_pair_.succeeded(name + '\n' + address);
  by_name_.take_back(name);
}

void SessionRoutes::take_attempt_back(const std::string& name, const std::string& address) {
  by_address_.take_back(address);
  by_pair_.take_back(name + '\n' + address);
  by_name_.take_back(name);
}

std::optional<http::Response> SessionRoutes::refuse_code(const store::User& user,
                                                         std::string_view code) {
  if (const auto wait = by_code_.begin(user.name); wait.count() > 0) return throttled(wait);
  const auto taken = desk_.store.change_user(user.name, [&](store::User& current) -> Status {
    const auto step = match_totp(current.totp, code, desk_.clock.now(), current.totp_step);
    if (!step || current.totp.empty()) return fail(Errc::kDenied, "code");
    current.totp_step = *step;
    return {};
  });
  if (taken) {
    by_code_.succeeded(user.name);
    return std::nullopt;
  }
  if (taken.error().code != Errc::kDenied) return store_trouble(taken.error());
  desk_.tally.add("totp_failed", user.name);
  return error("wrong_code");
}

bool SessionRoutes::write_down(const Call& call, std::string_view who, std::string_view result) {
  const auto written = desk_.store.audit().append({.who = std::string(who),
                                                   .origin = call.request.peer.address,
                                                   .what = "POST /session",
                                                   .target = call.request.path,
                                                   .result = std::string(result),
                                                   .detail = {}},
                                                  desk_.clock.now());
  if (!written) spdlog::error("audit: {}", written.error().context);
  return written.has_value();
}

http::Response SessionRoutes::sign_in(const Call& call) {
  Body body(call.request);
  const std::string name = body.text("user", 1, kLongestText);
  const std::string password = body.text("password", 1, kLongestText);
  const std::string code = body.optional_text("code", kLongestCode);
  if (auto fault = body.fault()) return std::move(*fault);
  if (name.size() > kLongestName || password.size() > kLongestPassword)
    return error("bad_credentials");
  const std::string& address = call.request.peer.address;
  if (const auto wait = begin_attempt(name, address); wait.count() > 0) return throttled(wait);
  const auto found = desk_.store.user(name);
  if (!found) return store_trouble(found.error());
  // Somebody unknown or disabled takes as long to refuse as a wrong password.
  const store::User user = found->value_or(store::User{});
  const auto fits = check_password(user, password);
  if (!fits) return error("busy");
  if (!*fits) {
    // What was typed as a name that nobody has may be a password.
    const std::string_view who = *found ? std::string_view(name) : "(unknown user)";
    desk_.tally.add("sign_in_failed", who);
    spdlog::warn("sign-in refused from {}", address);
    if (!write_down(call, who, "refused: bad_credentials")) return error("audit_unavailable");
    return error("bad_credentials");
  }
  if (!user.must_enrol_totp()) {
    if (code.empty()) {
      take_attempt_back(name, address);
      return error("totp_required");
    }
    if (auto refusal = refuse_code(user, code)) {
      if (!write_down(call, name, fmt::format("refused: {}", error_code_of(*refusal))))
        return error("audit_unavailable");
      return std::move(*refusal);
    }
  }
  if (!write_down(call, name, "done")) return error("audit_unavailable");
  attempt_succeeded(name, address);
  return session_of(user).with("Set-Cookie", set_session_cookie(sessions_.begin(user)));
}

http::Response SessionRoutes::current_session(const Call& call) { return session_of(call.user); }

http::Response SessionRoutes::sign_out(const Call& call) {
  sessions_.end(call.token);
  http::Response response{204, {}, {}};
  return response.with("Cache-Control", "no-store").with("Set-Cookie", set_session_cookie({}));
}

http::Response SessionRoutes::change_password(const Call& call) {
  Body body(call.request);
  const std::string old_password = body.text("old", 1, kLongestText);
  const std::string new_password = body.text("new", 1, kLongestText);
  if (auto fault = body.fault()) return std::move(*fault);
  if (const std::string_view fault = password_fault(call.user.name, new_password); !fault.empty())
    return error(fault);
  if (old_password == new_password) return error("password_unchanged");
  const std::string& address = call.request.peer.address;
  if (const auto wait = begin_attempt(call.user.name, address); wait.count() > 0)
    return throttled(wait);
  const auto fits = check_password(call.user, old_password.substr(0, kLongestPassword + 1));
  if (!fits) return error("busy");
  if (!*fits) return error("wrong_password");
  attempt_succeeded(call.user.name, address);
  auto encoded = passwords_.hash(new_password);
  if (!encoded)
    return encoded.error().code == Errc::kUnavailable ? error("busy") : error("internal");
  const auto changed = desk_.store.change_user(call.user.name, [&](store::User& current) -> Status {
    // Somebody else may have given the account another password meanwhile.
    if (current.password != call.user.password) return fail(Errc::kDenied, "password");
    current.password = *encoded;
    current.must_change = false;
    return {};
  });
  if (!changed && changed.error().code == Errc::kDenied) return error("unauthenticated");
  if (!changed) return store_trouble(changed.error());
  // Every session of the old password ends by itself; this one goes on under a new token.
  sessions_.end(call.token);
  return session_of(*changed).with("Set-Cookie", set_session_cookie(sessions_.begin(*changed)));
}

http::Response SessionRoutes::begin_totp(const Call& call) {
  if (call.user.must_change) return error("password_change_required");
  if (!call.user.must_enrol_totp()) return error("totp_enrolled");
  const Bytes secret = sessions_.enrolling(call.token, make_totp_secret());
  if (secret.empty()) return error("unauthenticated");
  return json_response(200,
                       {{"secret", base32(secret)}, {"uri", totp_uri(call.user.name, secret)}});
}

http::Response SessionRoutes::confirm_totp(const Call& call) {
  Body body(call.request);
  const std::string code = body.text("code", 1, kLongestCode);
  if (auto fault = body.fault()) return std::move(*fault);
  if (!call.user.must_enrol_totp()) return error("totp_enrolled");
  const Bytes secret = sessions_.enrolling(call.token, {});
  if (secret.empty()) return error("totp_not_begun");
  if (const auto wait = by_code_.begin(call.user.name); wait.count() > 0) return throttled(wait);
  const auto step = match_totp(secret, code, desk_.clock.now(), 0);
  if (!step) return error("wrong_code");
  by_code_.succeeded(call.user.name);
  const auto changed = desk_.store.change_user(call.user.name, [&](store::User& current) -> Status {
    if (!current.must_enrol_totp()) return fail(Errc::kExists, "totp");
    current.totp = secret;
    current.totp_step = *step;
    return {};
  });
  if (!changed && changed.error().code == Errc::kExists) return error("totp_enrolled");
  if (!changed) return store_trouble(changed.error());
  // Sessions of the password alone end by themselves; this one goes on under a new token.
  sessions_.end(call.token);
  return session_of(*changed).with("Set-Cookie", set_session_cookie(sessions_.begin(*changed)));
}

std::optional<http::Response> SessionRoutes::confirm(const Call& call, std::string_view password,
                                                     std::string_view code) {
  const std::string& address = call.request.peer.address;
  if (const auto wait = begin_attempt(call.user.name, address); wait.count() > 0)
    return throttled(wait);
  const auto fits = check_password(call.user, password);
  if (!fits) return error("busy");
  if (!*fits) {
    desk_.tally.add("confirmation_failed", call.user.name);
    return error("confirmation_failed");
  }
  if (code.empty()) {
    take_attempt_back(call.user.name, address);
    return error("totp_required");
  }
  if (auto refusal = refuse_code(call.user, code)) return refusal;
  attempt_succeeded(call.user.name, address);
  return std::nullopt;
}

}  // namespace huxin::api
