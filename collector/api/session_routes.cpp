#include <spdlog/spdlog.h>

#include "collector/api/console.hpp"
#include "collector/api/cookie.hpp"
#include "collector/api/error.hpp"
#include "collector/api/json.hpp"

namespace huxin::api {
namespace {

constexpr std::size_t kLongestName = 64;

/// Two members, both strings and not empty, and nothing else.
struct Pair {
  std::string first, second;
};

Result<Pair> read_pair(const http::Request& request, std::string_view first,
                       std::string_view second) {
  const std::string_view type = request.header("content-type").value_or("");
  if (type.substr(0, type.find(';')) != "application/json")
    return fail(Errc::kUnsupported, "content type");
  const auto object = parse_object(request.body);
  if (!object || object->size() != 2) return fail(Errc::kInvalid, "{}, {}", first, second);
  const auto* const one = object->if_contains(json_text(first));
  const auto* const two = object->if_contains(json_text(second));
  if (one == nullptr || two == nullptr) return fail(Errc::kInvalid, "{}, {}", first, second);
  Pair pair{std::string(one->get_string()), std::string(two->get_string())};
  if (pair.first.empty() || pair.second.empty())
    return fail(Errc::kInvalid, "{}, {}", first, second);
  return pair;
}

http::Response body_refused(const Error& fault) {
  return fault.code == Errc::kUnsupported ? error("unsupported_media_type")
                                          : error("bad_json", fault.context);
}

http::Response session_of(const store::User& user) {
  return json_response(
      200, {{"name", user.name}, {"role", user.role}, {"must_change", user.must_change}});
}

http::Response throttled(std::chrono::seconds wait) {
  return error("throttled").with("Retry-After", std::to_string(wait.count()));
}

}  // namespace

Result<bool> Console::check_password(const store::User& user, std::string_view password) {
  return passwords_.verify(user.disabled ? std::string_view{} : std::string_view(user.password),
                           password);
}

std::chrono::seconds Console::begin_attempt(const std::string& name, const std::string& address) {
  auto wait = by_address_.begin(address);
  if (wait.count() == 0) wait = by_pair_.begin(name + '\n' + address);
  if (wait.count() == 0) wait = by_name_.begin(name);
  return wait;
}

void Console::attempt_succeeded(const std::string& name, const std::string& address) {
  by_address_.take_back(address);
  by_pair_.succeeded(name + '\n' + address);
  by_name_.take_back(name);
}

http::Response Console::sign_in(const Call& call) {
  const auto given = read_pair(call.request, "user", "password");
  if (!given) return body_refused(given.error());
  const auto& [name, password] = *given;
  if (name.size() > kLongestName || password.size() > kLongestPassword)
    return error("bad_credentials");
  const std::string& address = call.request.peer.address;
  if (const auto wait = begin_attempt(name, address); wait.count() > 0) return throttled(wait);
  const auto found = parts_.store.user(name);
  if (!found) return store_trouble(found.error());
  // Somebody unknown or disabled takes as long to refuse as a wrong password.
  const store::User user = found->value_or(store::User{});
  const auto fits = check_password(user, password);
  if (!fits) return error("busy");
  if (!*fits) {
    parts_.tally.add("sign_in_failed", *found ? name : "(unknown user)");
    spdlog::warn("sign-in refused from {}", address);
    return error("bad_credentials");
  }
  attempt_succeeded(name, address);
  return session_of(user).with("Set-Cookie", set_session_cookie(sessions_.begin(user)));
}

http::Response Console::current_session(const Call& call) { return session_of(call.user); }

http::Response Console::sign_out(const Call& call) {
  sessions_.end(call.token);
  http::Response response{204, {}, {}};
  return response.with("Cache-Control", "no-store").with("Set-Cookie", set_session_cookie({}));
}

http::Response Console::change_password(const Call& call) {
  const auto given = read_pair(call.request, "old", "new");
  if (!given) return body_refused(given.error());
  const auto& [old_password, new_password] = *given;
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
  store::User user = call.user;
  user.password = std::move(*encoded);
  user.must_change = false;
  if (Status saved = parts_.store.save_user(user); !saved) return store_trouble(saved.error());
  // Every session of the old password ends by itself; this one goes on under a new token.
  sessions_.end(call.token);
  return session_of(user).with("Set-Cookie", set_session_cookie(sessions_.begin(user)));
}

}  // namespace huxin::api
