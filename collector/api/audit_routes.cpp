#include "collector/api/audit_routes.hpp"

#include "collector/api/error.hpp"
#include "collector/api/json.hpp"
#include "collector/api/query.hpp"
#include "collector/api/role_matrix.hpp"

namespace huxin::api {
namespace {

constexpr std::uint64_t kLargestOffset = 1'000'000'000;
constexpr std::uint64_t kLargestPage = 500;
constexpr std::size_t kMostFaults = 100;

boost::json::object to_json(const store::AuditEntry& entry, std::string_view summary) {
  const store::AuditAct& act = entry.act;
  return {{"sequence", entry.sequence},
          {"time", to_rfc3339(entry.time)},
          {"who", act.who},
          {"origin", act.origin},
          {"what", act.what},
          {"summary", json_text(summary)},
          {"target", act.target},
          {"result", act.result},
          {"detail", act.detail},
          {"begun", act.begun},
          {"hash", to_hex(entry.hash)}};
}

boost::json::object to_json(const store::AuditCheck& check) {
  return {{"whole", check.whole()},     {"entries", check.entries}, {"last", check.last},
          {"head", to_hex(check.head)}, {"bad", check.bad},         {"what", check.what}};
}

}  // namespace

AuditRoutes::AuditRoutes(Desk desk) : desk_(desk) {
  const auto operations = role_matrix();
  if (!operations) return;  // entries are then shown without; roles_test holds that it can be read
  for (const Operation& operation : *operations)
    summaries_[fmt::format("{} {}", operation.method, operation.path)] = operation.summary;
}

std::vector<Route> AuditRoutes::routes() {
  const Access auditor = Access::only({store::Role::kAuditor});
  return {
      {"GET", "/audit", auditor, [this](const Call& call) { return list_audit(call); }},
      {"GET", "/audit/chain", auditor, [this](const Call& call) { return check_audit(call); },
       Audited::kAlways},
      {"GET", "/verification", auditor, [this](const Call& call) { return verify(call); },
       Audited::kAlways},
  };
}

http::Response AuditRoutes::list_audit(const Call& call) {
  Query query(call.request);
  store::AuditFilter filter;
  filter.from = query.time("from");
  filter.to = query.time("to");
  filter.who = query.text("who");
  filter.what = query.text("what");
  filter.refused = query.flag("refused");
  filter.offset = query.number("offset", 0, 0, kLargestOffset);
  filter.limit = query.number("limit", 50, 1, kLargestPage);
  if (auto fault = query.fault()) return std::move(*fault);
  const auto page = desk_.store.audit().page(filter);
  if (!page) return store_trouble(page.error());
  boost::json::array entries;
  for (const store::AuditEntry& entry : page->entries) {
    const auto known = summaries_.find(entry.act.what);
    entries.push_back(to_json(entry, known == summaries_.end() ? "" : known->second));
  }
  return json_response(200, {{"total", page->total}, {"entries", std::move(entries)}});
}

http::Response AuditRoutes::check_audit(const Call& call) {
  const auto check = desk_.store.audit().verify();
  if (!check) return store_trouble(check.error());
  call.note(check->whole() ? kFoundWhole : "not whole");
  return json_response(200, to_json(*check));
}

http::Response AuditRoutes::verify(const Call& call) {
  const auto checked = desk_.store.verify();
  if (!checked) return store_trouble(checked.error());
  call.note(checked->faults.empty() ? kFoundWhole : "not whole");
  boost::json::array faults;
  for (const store::ChainFault& fault : checked->faults) {
    if (faults.size() == kMostFaults) break;
    faults.push_back({{"terminal", fault.terminal},
                      {"from", fault.from},
                      {"to", fault.to},
                      {"what", fault.what}});
  }
  return json_response(200, {{"whole", checked->faults.empty()},
                             {"terminals", checked->terminals},
                             {"records", checked->records},
                             {"heads", checked->heads},
                             {"unreadable", checked->unreadable},
                             {"faults_total", checked->faults.size()},
                             {"faults", std::move(faults)}});
}

}  // namespace huxin::api
