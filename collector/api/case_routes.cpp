#include "collector/api/case_routes.hpp"

#include <algorithm>

#include "collector/api/body.hpp"
#include "collector/api/case_json.hpp"
#include "collector/api/error.hpp"
#include "collector/api/ids.hpp"
#include "collector/api/json.hpp"
#include "collector/api/query.hpp"
#include "policy/record/confidential.hpp"
#include "policy/rule/event.hpp"

namespace huxin::api {
namespace {

using store::Audience, store::Case, store::CaseState, store::Role;

constexpr std::size_t kLongestTitle = 300;
constexpr std::size_t kLongestNote = 4000;
constexpr std::size_t kLongestName = 64;
constexpr std::size_t kMostIncidents = 200;
constexpr std::uint64_t kLargestPage = 500;
constexpr std::uint64_t kLargestOffset = 1'000'000'000;
constexpr std::uint32_t kLightest = 4;

/// Incident ids of a body's member; nullopt when it holds anything else. Absent: none.
std::optional<std::vector<std::string>> read_ids(const boost::json::value& value) {
  std::vector<std::string> ids;
  if (value.is_null()) return ids;
  const auto* const array = value.if_array();
  if (array == nullptr || array->size() > kMostIncidents) return std::nullopt;
  for (const boost::json::value& each : *array) {
    const auto* const id = each.if_string();
    if (id == nullptr || !is_incident_id({id->data(), id->size()})) return std::nullopt;
    if (std::ranges::count(ids, std::string_view(id->data(), id->size())) == 0)
      ids.emplace_back(id->data(), id->size());
  }
  return ids;
}

/// A severity by its name; nullopt when absent. `fault` names what is none.
std::optional<std::uint32_t> read_severity(const std::string& text, std::string& fault) {
  if (text.empty()) return std::nullopt;
  const auto severity = rule::severity_from(text);
  if (!severity || *severity == rule::Severity::kNone) {
    fault = "severity";
    return std::nullopt;
  }
  return static_cast<std::uint32_t>(*severity);
}

std::vector<record::Incident> records_of(const std::vector<store::StoredIncident>& stored) {
  std::vector<record::Incident> records;
  for (const store::StoredIncident& each : stored) records.push_back(each.incident);
  return records;
}

std::uint32_t gravest_of(const std::vector<store::StoredIncident>& stored) {
  std::uint32_t gravest = kLightest;
  for (const store::StoredIncident& each : stored) {
    if (each.incident.severity() > 0) gravest = std::min(gravest, each.incident.severity());
  }
  return gravest;
}

std::vector<std::string> steps_of(const std::vector<store::StoredIncident>& stored) {
  std::vector<std::string> steps;
  for (const review::Checklist* list :
       review::Checklists::builtin().called_for(records_of(stored))) {
    for (const review::Step& step : list->steps) steps.push_back(step.id);
  }
  return steps;
}

struct Opening {
  std::vector<std::string> incidents;
  std::string title, owner, note;
  std::optional<std::uint32_t> severity;
  std::optional<Time> due;
};

std::expected<Opening, http::Response> read_opening(const Call& call) {
  Body body(call.request);
  Opening opening;
  std::string bad;
  opening.title = body.text("title", 1, kLongestTitle);
  opening.owner = body.optional_text("owner", kLongestName);
  opening.note = body.optional_text("note", kLongestNote);
  opening.severity = read_severity(body.optional_text("severity", 8), bad);
  opening.due = body.optional_time("due");
  auto ids = read_ids(body.value("incidents"));
  if (auto fault = body.fault()) return std::unexpected(std::move(*fault));
  if (!ids || ids->empty()) return std::unexpected(error("bad_json", "incidents"));
  if (!bad.empty()) return std::unexpected(error("bad_json", bad));
  opening.incidents = std::move(*ids);
  return opening;
}

struct Wanted {
  std::uint64_t version = 0;
  review::CaseChange change;
};

std::expected<Wanted, http::Response> read_change(const Call& call) {
  Body body(call.request);
  Wanted wanted;
  review::CaseChange& change = wanted.change;
  std::string bad;
  wanted.version = static_cast<std::uint64_t>(body.number("version", 1, INT64_MAX));
  const std::string state = body.optional_text("state", 20);
  change.title = body.optional_text("title", kLongestTitle);
  change.owner = body.optional_text("owner", kLongestName);
  change.verdict = body.optional_text("verdict", 20);
  change.severity = read_severity(body.optional_text("severity", 8), bad);
  change.due = body.optional_time("due");
  change.note = body.optional_text("note", kLongestNote);
  change.step = body.optional_text("step", 128);
  const boost::json::value done = body.value("done");
  change.report = body.optional_text("report", 64);
  auto ids = read_ids(body.value("incidents"));
  if (auto fault = body.fault()) return std::unexpected(std::move(*fault));
  if (!done.is_null() && !done.is_bool()) bad = "done";
  change.done = done.is_bool() && done.get_bool();
  if (!ids) return std::unexpected(error("bad_json", "incidents"));
  change.incidents = std::move(*ids);
  if (const auto known = store::case_state_from(state)) {
    change.state = *known;
  } else if (!state.empty()) {
    bad = "state";
  }
  if (!bad.empty()) return std::unexpected(error("bad_json", bad));
  return wanted;
}

/// What the audit log is to say of a change; of a confidential case, which its readers may not see,
/// only what was changed.
std::string told(const std::vector<store::CaseEvent>& events, bool confidential) {
  std::string text;
  for (const store::CaseEvent& event : events) {
    text += (text.empty() ? "" : "; ") + event.what;
    if (!confidential) text += fmt::format(" {} → {}", event.from, event.to);
  }
  return text;
}

}  // namespace

std::vector<Route> CaseRoutes::routes() {
  using enum Role;
  const Access readers = Access::only({kOfficer, kReviewer, kAmlReviewer});
  const Access workers = Access::only({kOfficer, kAmlReviewer});
  return {
      {"GET", "/cases", readers, [this](const Call& call) { return list(call); }},
      {"POST", "/cases", workers, [this](const Call& call) { return open(call); }},
      {"GET", "/cases/{id}", readers, [this](const Call& call) { return get(call); }},
      {"PATCH", "/cases/{id}", workers, [this](const Call& call) { return change(call); }},
      {"POST", "/cases/{id}/notes", readers, [this](const Call& call) { return add_note(call); }},
      {"GET", "/incidents/{id}/case", readers,
       [this](const Call& call) { return of_incident(call); }},
      {"GET", "/case-owners", readers, [this](const Call& call) { return list_owners(call); }},
  };
}

CaseRoutes::Answer<Case> CaseRoutes::find(const Call& call) {
  auto found = desk_.store.cases().find(call.parameter(), Audience::of(call.user.roles));
  if (!found) return std::unexpected(store_trouble(found.error()));
  if (!*found) return std::unexpected(error("not_found"));
  return std::move(**found);
}

CaseRoutes::Answer<std::vector<store::StoredIncident>> CaseRoutes::incidents_of(
    const store::User& user, const std::vector<std::string>& ids) {
  std::vector<store::StoredIncident> all;
  for (const std::string& id : ids) {
    auto found = desk_.store.incident(id, Audience::of(user.roles));
    if (!found) return std::unexpected(store_trouble(found.error()));
    if (!*found) return std::unexpected(error("not_found", id));
    all.push_back(std::move(**found));
  }
  return all;
}

std::optional<http::Response> CaseRoutes::owner_fault(const std::string& owner, bool confidential) {
  const auto user = desk_.store.user(owner);
  if (!user) return store_trouble(user.error());
  const Role needed = confidential ? Role::kAmlReviewer : Role::kOfficer;
  if (!*user || !(*user)->works(desk_.clock.now()) || !(*user)->roles.has(needed))
    return error("bad_owner");
  return std::nullopt;
}

http::Response CaseRoutes::detail(const Case& found) {
  std::vector<store::StoredIncident> stored;
  boost::json::array incidents, history, checklists;
  for (const std::string& id : found.incidents) {
    auto each = desk_.store.incident(id, Audience::everybody());
    if (!each) return store_trouble(each.error());
    if (!*each) continue;
    incidents.push_back(to_json(**each));
    stored.push_back(std::move(**each));
  }
  const auto events = desk_.store.cases().history(found.id);
  if (!events) return store_trouble(events.error());
  for (const store::CaseEvent& event : *events) history.push_back(to_json(event));
  const auto records = records_of(stored);
  for (const review::Checklist* list : review::Checklists::builtin().called_for(records))
    checklists.push_back(to_json(*list, found));
  boost::json::object object = to_json(found, desk_.clock.now());
  object["incident_list"] = std::move(incidents);
  object["history"] = std::move(history);
  object["checklists"] = std::move(checklists);
  object["timing"] = clocks_to_json(found.severity, records, found.discovered, &found);
  return json_response(200, object);
}

http::Response CaseRoutes::list(const Call& call) {
  Query query(call.request);
  store::CaseFilter filter;
  filter.audience = Audience::of(call.user.roles);
  filter.state = query.value("state", store::case_state_from);
  filter.not_closed = query.flag("not_closed");
  if (query.flag("overdue")) filter.overdue_at = desk_.clock.now();
  const auto severity = query.value("severity", rule::severity_from);
  if (severity) filter.severity = static_cast<std::uint32_t>(*severity);
  filter.owner = query.text("owner");
  filter.verdict = query.text("verdict");
  filter.text = query.text("text");
  filter.offset = query.number("offset", 0, 0, kLargestOffset);
  filter.limit = query.number("limit", 50, 1, kLargestPage);
  if (auto fault = query.fault()) return std::move(*fault);
  const auto page = desk_.store.cases().list(filter);
  if (!page) return store_trouble(page.error());
  boost::json::array cases;
  for (const Case& found : page->cases) cases.push_back(to_json(found, desk_.clock.now()));
  return json_response(200, {{"total", page->total}, {"cases", std::move(cases)}});
}

http::Response CaseRoutes::open(const Call& call) {
  auto opening = read_opening(call);
  if (!opening) return std::move(opening.error());
  auto stored = incidents_of(call.user, opening->incidents);
  if (!stored) return std::move(stored.error());
  Case fresh;
  fresh.confidential = record::is_aml_confidential(stored->front().incident);
  fresh.discovered = stored->front().received;
  for (const store::StoredIncident& each : *stored) {
    if (record::is_aml_confidential(each.incident) != fresh.confidential)
      return error("case_mixed");
    fresh.discovered = std::min(fresh.discovered, each.received);
  }
  fresh.title = opening->title;
  fresh.severity = opening->severity.value_or(gravest_of(*stored));
  fresh.owner = opening->owner.empty() ? call.user.name : opening->owner;
  if (auto fault = owner_fault(fresh.owner, fresh.confidential)) return std::move(*fault);
  fresh.opened = desk_.clock.now();
  fresh.opened_by = call.user.name;
  fresh.due = opening->due.value_or(review::Clocks::builtin().due(fresh.severity, fresh.opened));
  fresh.incidents = opening->incidents;
  const auto id = desk_.store.cases().open(
      fresh, {fresh.opened, call.user.name, "opened", {}, fresh.owner, opening->note});
  if (!id && id.error().code == Errc::kExists) return error("incident_in_case");
  if (!id) return store_trouble(id.error());
  call.note(fmt::format("{} opened", *id));
  const auto found = desk_.store.cases().find(*id, Audience::everybody());
  if (!found || !*found) return error("internal");
  http::Response response = detail(**found);
  if (response.status == 200) response.status = 201;
  return response;
}

http::Response CaseRoutes::get(const Call& call) {
  auto found = find(call);
  return found ? detail(*found) : std::move(found.error());
}

http::Response CaseRoutes::change(const Call& call) {
  auto wanted = read_change(call);
  if (!wanted) return std::move(wanted.error());
  auto before = find(call);
  if (!before) return std::move(before.error());
  if (before->version != wanted->version) return error("conflict");
  auto stored = incidents_of(call.user, before->incidents);
  if (!stored) return std::move(stored.error());
  auto added = incidents_of(call.user, wanted->change.incidents);
  if (!added) return std::move(added.error());
  for (const store::StoredIncident& each : *added) {
    if (record::is_aml_confidential(each.incident) != before->confidential)
      return error("case_mixed");
  }
  if (before->incidents.size() + added->size() > kMostIncidents) return error("case_full");
  const auto steps = steps_of(*stored);
  const review::CaseChange& change = wanted->change;
  if (!change.step.empty() && std::ranges::count(steps, change.step) == 0)
    return error("bad_json", "step");
  if (!change.report.empty() && review::Clocks::builtin().find(change.report) == nullptr)
    return error("bad_json", "report");
  if (!change.owner.empty() && change.owner != before->owner) {
    if (auto fault = owner_fault(change.owner, before->confidential)) return std::move(*fault);
  }
  const auto changed =
      review::change_case(*before, change, steps, call.user.name, desk_.clock.now());
  if (!changed) return error(changed.error());
  call.note(told(changed->events, before->confidential));
  const Status kept = desk_.store.cases().change(*before, changed->after, changed->events);
  if (!kept && kept.error().code == Errc::kExists)
    return error(kept.error().context.starts_with("incident") ? "incident_in_case" : "conflict");
  if (!kept) return store_trouble(kept.error());
  return get(call);
}

http::Response CaseRoutes::add_note(const Call& call) {
  Body body(call.request);
  const std::string text = body.text("text", 1, kLongestNote);
  if (auto fault = body.fault()) return std::move(*fault);
  const auto found = find(call);
  if (!found) return found.error();
  if (found->state == CaseState::kClosed) return error("case_closed");
  const Status kept = desk_.store.cases().note(
      found->id, {desk_.clock.now(), call.user.name, "note", {}, {}, text});
  if (!kept) return store_trouble(kept.error());
  return detail(*found);
}

http::Response CaseRoutes::of_incident(const Call& call) {
  if (!is_incident_id(call.parameter())) return error("bad_parameter", "id");
  auto stored = incidents_of(call.user, {call.parameter()});
  if (!stored) return error("not_found");
  const store::StoredIncident& incident = stored->front();
  boost::json::object object{{"case", nullptr}};
  if (!incident.case_id.empty()) {
    const auto found = desk_.store.cases().find(incident.case_id, Audience::of(call.user.roles));
    if (!found) return store_trouble(found.error());
    if (*found) object["case"] = to_json(**found, desk_.clock.now());
  }
  object["timing"] =
      clocks_to_json(gravest_of(*stored), records_of(*stored), incident.received, nullptr);
  return json_response(200, object);
}

http::Response CaseRoutes::list_owners(const Call& call) {
  const Audience caller = Audience::of(call.user.roles);
  const auto users = desk_.store.users();
  if (!users) return store_trouble(users.error());
  boost::json::array owners;
  for (const store::User& user : *users) {
    const bool general = user.roles.has(Role::kOfficer) && caller.general;
    const bool confidential = user.roles.has(Role::kAmlReviewer) && caller.confidential;
    if (!user.works(desk_.clock.now()) || (!general && !confidential)) continue;
    owners.push_back({{"name", user.name}, {"general", general}, {"confidential", confidential}});
  }
  return json_response(200, {{"owners", std::move(owners)}});
}

}  // namespace huxin::api
