#include "collector/api/trail.hpp"

#include <spdlog/spdlog.h>

#include "collector/api/error.hpp"

namespace huxin::api {

std::string result_of(const http::Response& response) {
  if (response.status < 400) return "done";
  return fmt::format("{}: {}", response.status < 500 ? "refused" : "failed",
                     error_code_of(response));
}

Result<std::uint64_t> Trail::write(const Route& route, const Call& call, std::string result,
                                   std::string detail, std::uint64_t begun) {
  auto written = desk_.store.audit().append({.who = call.user.name,
                                             .origin = call.request.peer.address,
                                             .what = fmt::format("{} {}", route.method, route.path),
                                             .target = call.request.path,
                                             .result = std::move(result),
                                             .detail = std::move(detail),
                                             .begun = begun},
                                            desk_.clock.now());
  if (!written) spdlog::error("audit: {}", written.error().context);
  return written;
}

http::Response Trail::refused(const Route& route, const Call& call, http::Response refusal) {
  if (!write(route, call, result_of(refusal))) return error("audit_unavailable");
  return refusal;
}

http::Response Trail::carry_out(const Route& route, Call& call) {
  const bool written_down = route.audited == Audited::kAlways ||
                            (route.audited == Audited::kChanges && route.method != "GET");
  if (!written_down) return route.answer(call);
  const auto begun = write(route, call, "begun");
  if (!begun) return error("audit_unavailable");
  std::string notes;
  call.notes = &notes;
  const auto finish = [&](const std::string& result) {
    return write(route, call, result, std::move(notes), *begun).has_value();
  };
  http::Response response;
  try {
    response = route.answer(call);
  } catch (...) {
    finish("failed: internal");
    throw;
  }
  if (!finish(result_of(response))) return error("audit_unfinished");
  return response;
}

}  // namespace huxin::api
