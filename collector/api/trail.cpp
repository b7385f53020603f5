#include "collector/api/trail.hpp"

#include <spdlog/spdlog.h>

#include "collector/api/error.hpp"

namespace huxin::api {

std::string result_of(const http::Response& response) {
  if (response.status < 400) return "done";
  return fmt::format("{}: {}", response.status < 500 ? "refused" : "failed",
                     error_code_of(response));
}

store::AuditAct Trail::act_of(const Route& route, const Call& call, std::string result) const {
  return {.who = call.user.name,
          .origin = call.request.peer.address,
          .what = fmt::format("{} {}", route.method, route.path),
          .target = call.request.path,
          .result = std::move(result),
          .detail = {}};
}

Result<std::uint64_t> Trail::write(const Route& route, const Call& call, std::string result,
                                   std::string detail, std::uint64_t begun) {
  store::AuditAct act = act_of(route, call, std::move(result));
  act.detail = std::move(detail);
  act.begun = begun;
  auto written = desk_.store.audit().append(act, desk_.clock.now());
  if (!written) spdlog::error("audit: {}", written.error().context);
  return written;
}

http::Response Trail::refused(const Route& route, const Call& call, http::Response refusal) {
  const std::string result = result_of(refusal);
  settle();  // what was counted before comes before
  if (!refusals_.first(act_of(route, call, result), desk_.clock.now())) return refusal;
  if (!write(route, call, result)) return error("audit_unavailable");
  return refusal;
}

void Trail::settle(bool all) {
  std::vector<store::AuditAct> left;
  for (store::AuditAct& act : refusals_.take(desk_.clock.now(), all)) {
    if (left.empty() && desk_.store.audit().append(act, desk_.clock.now())) continue;
    left.push_back(std::move(act));
  }
  if (left.empty()) return;
  spdlog::error("audit: {} counts of refusals could not be written yet", left.size());
  refusals_.put_back(std::move(left));
}

http::Response Trail::carry_out(const Route& route, Call& call) {
  const bool written_down = route.audited == Audited::kAlways ||
                            (route.audited == Audited::kChanges && route.method != "GET");
  if (!written_down) return route.answer(call);
  if (refusals_.exhausted(call.user.name, desk_.clock.now()))
    return refused(route, call, error("too_many_refused"));
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
  if (response.status >= 400 && response.status < 500)
    refusals_.spend(call.user.name, desk_.clock.now());
  if (!finish(result_of(response))) return error("audit_unfinished");
  return response;
}

}  // namespace huxin::api
