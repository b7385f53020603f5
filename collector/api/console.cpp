#include "collector/api/console.hpp"

#include <spdlog/spdlog.h>

#include "collector/api/cookie.hpp"
#include "collector/api/error.hpp"

namespace huxin::api {
namespace {

constexpr unsigned kFreeTriesOfPair = 5;
constexpr unsigned kFreeTriesOfName = 100;
constexpr auto kLongestWaitOfName = std::chrono::seconds(30);
constexpr unsigned kFreeTriesOfAddress = 20;
constexpr std::string_view kApi = "/api";

/// Every answer carries these. The policy names no inline script or style and no other host.
void secure(http::Response& response) {
  response
      .with("Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; "
            "frame-ancestors 'none'")
      .with("Strict-Transport-Security", "max-age=31536000")
      .with("X-Content-Type-Options", "nosniff")
      .with("X-Frame-Options", "DENY")
      .with("Referrer-Policy", "no-referrer")
      .with("Cross-Origin-Opener-Policy", "same-origin")
      .with("Cross-Origin-Resource-Policy", "same-origin")
      .with("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}

/// Matches a path against a route's pattern; gives what stands for {…}.
std::optional<std::string> match(std::string_view pattern, std::string_view path) {
  const std::size_t brace = pattern.find('{');
  if (brace == std::string_view::npos) {
    if (path == pattern) return std::string{};
    return std::nullopt;
  }
  if (!path.starts_with(pattern.substr(0, brace))) return std::nullopt;
  const std::string_view rest = path.substr(brace);
  if (rest.empty() || rest.contains('/')) return std::nullopt;
  return std::string(rest);
}

bool admits(Access access, std::string_view role) {
  const auto has = [&](Access bit) {
    return (static_cast<unsigned>(access) & static_cast<unsigned>(bit)) != 0;
  };
  if (access == Access::kSignedIn) return role == "officer" || role == "admin";
  return (role == "officer" && has(Access::kOfficer)) || (role == "admin" && has(Access::kAdmin));
}

}  // namespace

Console::Console(Parts parts)
    : parts_(std::move(parts)),
      sessions_(parts_.clock),
      by_address_(parts_.clock, kFreeTriesOfAddress),
      by_pair_(parts_.clock, kFreeTriesOfPair),
      by_name_(parts_.clock, kFreeTriesOfName, kLongestWaitOfName) {}

std::span<const Console::Route> Console::routes() {
  static constexpr std::array kRoutes{
      Route{"POST", "/session", Access::kPublic, &Console::sign_in},
      Route{"GET", "/session", Access::kSignedIn, &Console::current_session},
      Route{"DELETE", "/session", Access::kSignedIn, &Console::sign_out},
      Route{"POST", "/session/password", Access::kSignedIn, &Console::change_password},
      Route{"GET", "/incidents", Access::kOfficer, &Console::list_incidents},
      Route{"GET", "/incidents/{id}", Access::kOfficer, &Console::get_incident},
      Route{"GET", "/terminals", Access::kAnyRole, &Console::list_terminals},
      Route{"GET", "/catalog", Access::kAnyRole, &Console::get_catalog},
      Route{"GET", "/summary", Access::kAnyRole, &Console::get_summary},
  };
  return kRoutes;
}

http::Response Console::handle(const http::Request& request) {
  http::Response response = dispatch(request);
  if (response.status == 403 || response.status == 429) {
    parts_.tally.add("console_refused",
                     fmt::format("{} {}", response.status, request.path.substr(0, 40)));
  }
  secure(response);
  return response;
}

http::Response Console::dispatch(const http::Request& request) {
  if (request.path != kApi && !request.path.starts_with("/api/"))
    return parts_.assets.serve(request);
  const std::string_view path = std::string_view(request.path).substr(kApi.size());
  std::string allowed;
  for (const Route& route : routes()) {
    std::optional<std::string> parameter = match(route.path, path);
    if (!parameter) continue;
    if (route.method == request.method) return enter(route, request, std::move(*parameter));
    allowed.append(allowed.empty() ? "" : ", ").append(route.method);
  }
  if (allowed.empty()) return error("not_found");
  return error("method_not_allowed").with("Allow", allowed);
}

http::Response Console::enter(const Route& route, const http::Request& request,
                              std::string parameter) {
  if (request.method != "GET" && request.header("x-huxin").value_or("") != "1")
    return error("csrf");
  Call call{request, std::move(parameter), {}, {}};
  if (route.access == Access::kPublic) return (this->*route.call)(call);
  call.token = session_cookie(request);
  const std::optional<std::string> name = sessions_.touch(call.token);
  if (!name) return error("unauthenticated");
  Result<std::optional<store::User>> user = parts_.store.user(*name);
  if (!user) return store_trouble(user.error());
  if (!*user || !sessions_.confirm(call.token, **user)) return error("unauthenticated");
  call.user = std::move(**user);
  if (call.user.must_change && route.access != Access::kSignedIn)
    return error("password_change_required");
  if (!admits(route.access, call.user.role)) return error("forbidden");
  return (this->*route.call)(call);
}

http::Response Console::store_trouble(const Error& trouble) {
  spdlog::error("console: {}: {}", to_string(trouble.code), trouble.context);
  return error("unavailable");
}

}  // namespace huxin::api
