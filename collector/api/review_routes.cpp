#include "collector/api/review_routes.hpp"

#include "collector/api/error.hpp"
#include "collector/api/filter.hpp"
#include "collector/api/ids.hpp"
#include "collector/api/json.hpp"

namespace huxin::api {
namespace {

constexpr auto kSummaryDays = std::chrono::days(30);

}  // namespace

std::vector<Route> ReviewRoutes::routes() {
  using enum store::Role;
  const Access readers = Access::only({kOfficer, kReviewer, kAmlReviewer});
  return {
      {"GET", "/incidents", readers, [this](const Call& call) { return list_incidents(call); }},
      {"GET", "/incidents/{id}", readers, [this](const Call& call) { return get_incident(call); }},
      {"GET", "/catalog", Access::any_role(),
       [this](const Call& call) { return get_catalog(call); }},
      {"GET", "/summary", readers, [this](const Call& call) { return get_summary(call); }},
  };
}

http::Response ReviewRoutes::list_incidents(const Call& call) {
  auto filter = parse_filter(call.request.query);
  if (!filter) return error("bad_parameter", filter.error().context);
  filter->audience = store::Audience::of(call.user.roles);
  const auto page = desk_.store.incidents(*filter);
  if (!page) return store_trouble(page.error());
  boost::json::array incidents;
  for (const store::StoredIncident& stored : page->incidents) incidents.push_back(to_json(stored));
  return json_response(200, {{"total", page->total}, {"incidents", std::move(incidents)}});
}

http::Response ReviewRoutes::get_incident(const Call& call) {
  if (!is_incident_id(call.parameter())) return error("bad_parameter", "id");
  const auto found = desk_.store.incident(call.parameter(), store::Audience::of(call.user.roles));
  if (!found) return store_trouble(found.error());
  if (!*found) return error("not_found");
  return json_response(200, to_json_in_detail(**found));
}

http::Response ReviewRoutes::get_catalog(const Call&) {
  boost::json::array elements;
  for (const catalog::Element& element : catalog_->elements()) elements.push_back(to_json(element));
  return json_response(200, {{"elements", std::move(elements)}});
}

http::Response ReviewRoutes::get_summary(const Call& call) {
  const Time now = desk_.clock.now();
  const auto summary =
      desk_.store.summary(std::chrono::floor<std::chrono::days>(now) - kSummaryDays,
                          store::Audience::of(call.user.roles));
  if (!summary) return store_trouble(summary.error());
  const auto terminals = desk_.store.terminals();
  if (!terminals) return store_trouble(terminals.error());
  return json_response(200, to_json(*summary, *terminals, now));
}

}  // namespace huxin::api
