#include "collector/api/console.hpp"

#include <algorithm>

#include "collector/api/cookie.hpp"
#include "collector/api/error.hpp"

namespace huxin::api {
namespace {

constexpr std::string_view kApi = "/api";
constexpr std::ptrdiff_t kPasswordsAtOnce = 2;

/// Sets a header that a route has not set more strictly for itself, as bulletins do.
void set_default(http::Response& response, std::string_view name, std::string_view value) {
  const bool there =
      std::ranges::any_of(response.headers, [&](const auto& each) { return each.first == name; });
  if (!there) response.with(std::string(name), std::string(value));
}

/// Every answer carries these. The policy names no inline script or style and no other host.
void secure(http::Response& response) {
  set_default(response, "Content-Security-Policy",
              "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
              "form-action 'self'; "
              "frame-ancestors 'none'");
  set_default(response, "X-Frame-Options", "DENY");
  response.with("Strict-Transport-Security", "max-age=31536000")
      .with("X-Content-Type-Options", "nosniff")
      .with("Referrer-Policy", "no-referrer")
      .with("Cross-Origin-Opener-Policy", "same-origin")
      .with("Cross-Origin-Resource-Policy", "same-origin")
      .with("Permissions-Policy", "camera=(), microphone=(), geolocation=()");
}

/// Another origin's page cannot send the header.
bool is_forged(const http::Request& request) {
  return request.method != "GET" && request.header("x-huxin").value_or("") != "1";
}

bool admits(const Access& access, store::Roles roles) {
  if (access.kind == Access::Kind::kSignedIn) return true;
  return access.kind == Access::Kind::kRoles && roles.meets(access.roles);
}

}  // namespace

Console::Console(Parts parts)
    : desk_{parts.store, parts.clock, parts.tally},
      trail_(desk_),
      assets_(std::move(parts.assets)),
      sessions_(parts.clock),
      passwords_(kPasswordsAtOnce, parts.password_cost),
      session_routes_(desk_, sessions_, passwords_),
      account_routes_(desk_, passwords_),
      audit_routes_(desk_),
      review_routes_(desk_, std::move(parts.catalog)),
      case_routes_(desk_),
      evidence_routes_(desk_),
      order_routes_(
          desk_,
          [this](const Call& call, std::string_view password, std::string_view code) {
            return session_routes_.confirm(call, password, code);
          },
          std::move(parts.order_key)),
      branch_routes_(desk_),
      score_routes_(desk_),
      inspection_routes_(desk_),
      ledger_routes_(desk_),
      terminal_routes_(desk_),
      customer_list_routes_(desk_, std::move(parts.lists)) {
  const auto add = [&](std::vector<Route> routes) {
    std::ranges::move(routes, std::back_inserter(routes_));
  };
  add(session_routes_.routes());
  add(account_routes_.routes());
  add(audit_routes_.routes());
  add(review_routes_.routes());
  add(order_routes_.routes());
  add(branch_routes_.routes());
  add(score_routes_.routes());
  add(inspection_routes_.routes());
  add(ledger_routes_.routes());
  add(case_routes_.routes());
  add(evidence_routes_.routes());
  add(terminal_routes_.routes());
  add(customer_list_routes_.routes());
}

http::Response Console::handle(const http::Request& request) {
  http::Response response = dispatch(request);
  if (response.status == 403 || response.status == 405 || response.status == 429) {
    desk_.tally.add("console_refused",
                    fmt::format("{} {}", response.status, request.path.substr(0, 40)));
  }
  secure(response);
  return response;
}

std::size_t Console::body_limit(const http::Request& head) {
  if (!head.path.starts_with("/api/")) return kBodyBytes;
  const std::string_view path = std::string_view(head.path).substr(kApi.size());
  const auto route = std::ranges::find_if(routes_, [&](const Route& each) {
    return each.method == head.method && match_path(each.path, path);
  });
  if (route == routes_.end() || route->body_bytes <= kBodyBytes) return kBodyBytes;
  return admits(route->access, sessions_.roles(session_cookie(head))) ? route->body_bytes
                                                                      : kBodyBytes;
}

http::Response Console::dispatch(const http::Request& request) {
  if (request.path != kApi && !request.path.starts_with("/api/")) return assets_.serve(request);
  const std::string_view path = std::string_view(request.path).substr(kApi.size());
  std::string allowed;
  for (const Route& route : routes_) {
    auto parameters = match_path(route.path, path);
    if (!parameters) continue;
    if (route.method == request.method) return enter(route, request, std::move(*parameters));
    allowed.append(allowed.empty() ? "" : ", ").append(route.method);
  }
  if (allowed.empty()) {  // what a room does not find is no refusal, what no room has is
    desk_.tally.add("console_refused", fmt::format("404 {}", request.path.substr(0, 40)));
    return error("not_found");
  }
  return error("method_not_allowed").with("Allow", allowed);
}

http::Response Console::enter(const Route& route, const http::Request& request,
                              std::vector<std::string> parameters) {
  Call call{request, std::move(parameters), {}, {}};
  if (route.access.kind == Access::Kind::kPublic) {
    if (is_forged(request)) return error("csrf");
    return route.answer(call);
  }
  if (auto refusal = identify(route, call)) return std::move(*refusal);
  if (auto refusal = bar(route, call)) return trail_.refused(route, call, std::move(*refusal));
  return trail_.carry_out(route, call);
}

std::optional<http::Response> Console::identify(const Route& route, Call& call) {
  call.token = session_cookie(call.request);
  const std::optional<std::string> name = sessions_.touch(call.token);
  if (!name) return error("unauthenticated");
  Result<std::optional<store::User>> user = desk_.store.user(*name);
  if (!user) return store_trouble(user.error());
  call.user.name = *name;
  if (!*user || !sessions_.confirm(call.token, **user))
    return trail_.refused(route, call, error("unauthenticated"));
  call.user = std::move(**user);
  return std::nullopt;
}

std::optional<http::Response> Console::bar(const Route& route, const Call& call) const {
  if (is_forged(call.request)) return error("csrf");
  const bool free = route.access.kind == Access::Kind::kSignedIn;
  if (call.user.must_change && !free) return error("password_change_required");
  if (call.user.must_enrol_totp() && !free) return error("totp_enrolment_required");
  if (!admits(route.access, call.user.roles)) return error("forbidden");
  return std::nullopt;
}

}  // namespace huxin::api
