#include "collector/api/assess_inspections.hpp"

#include <algorithm>
#include <charconv>

#include "collector/api/assess_json.hpp"
#include "collector/api/body.hpp"
#include "collector/api/error.hpp"
#include "collector/api/json.hpp"
#include "collector/assess/evaluate.hpp"
#include "collector/assess/json.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

constexpr std::int64_t kDaysToRectify = 30;
constexpr std::int64_t kMostItems = 500;

http::Response refused(const Error& trouble) {
  if (trouble.code == Errc::kNotFound) return error("not_found");
  if (trouble.code == Errc::kDenied) return error("closed", trouble.context);
  return store_trouble(trouble);
}

/// Domains of a body, each once, in their order; none when something is wrong.
std::vector<assess::Domain> domains_of(const json::value& value) {
  std::vector<assess::Domain> domains;
  const auto* const list = value.if_array();
  if (list == nullptr || list->size() > assess::kDomains.size()) return {};
  for (const json::value& each : *list) {
    const auto* const text = each.if_string();
    const auto domain =
        assess::domain_from(text == nullptr ? std::string_view{} : std::string_view(*text));
    if (!domain || std::ranges::find(domains, *domain) != domains.end()) return {};
    domains.push_back(*domain);
  }
  std::ranges::sort(domains);
  return domains;
}

std::vector<assess::Domain> common(const assess::Item& item, const assess::Inspection& visit) {
  std::vector<assess::Domain> both;
  for (const assess::Domain domain : visit.domains) {
    if (item.belongs(domain)) both.push_back(domain);
  }
  return both;
}

json::object open_item(const assess::Item& item, const assess::Inspection& visit,
                       const assess::Facts* facts, const assess::Viewer& viewer) {
  json::object object = item_json(item);
  const assess::Answer* const answer = visit.answer(item.id);
  object["answer"] = nullptr;
  if (answer != nullptr) object["answer"] = answer_json(*answer, viewer);
  json::array history;
  for (const assess::Answer& entry : visit.answers) {
    if (entry.item == item.id) history.push_back(answer_json(entry, viewer));
  }
  object["history"] = std::move(history);
  object["suggestion"] = nullptr;
  if (facts != nullptr && !item.evaluator.empty())
    object["suggestion"] = suggestion_json(suggest(*facts, visit.branch, item), viewer);
  return object;
}

}  // namespace

std::vector<Route> InspectionRoutes::routes() {
  using enum store::Role;
  const Access both = Access::only({kCompliance, kInspector});
  const Access compliance = Access::only({kCompliance});
  return {
      {"GET", "/inspection-items", both, [this](const Call& call) { return list_items(call); }},
      {"GET", "/inspections", both, [this](const Call& call) { return list(call); }},
      {"POST", "/inspections", compliance, [this](const Call& call) { return plan(call); }},
      {"GET", "/inspections/{id}", both, [this](const Call& call) { return show(call); }},
      {"POST", "/inspections/{id}/assign", compliance,
       [this](const Call& call) { return assign(call); }},
      {"POST", "/inspections/{id}/answers", both,
       [this](const Call& call) { return answer(call); }},
      {"POST", "/inspections/{id}/corrections", compliance,
       [this](const Call& call) { return correct(call); }},
      {"POST", "/inspections/{id}/submit", both, [this](const Call& call) { return submit(call); }},
  };
}

InspectionRoutes::Found InspectionRoutes::inspection_of(const Call& call) {
  const std::string& text = call.parameter();
  std::uint64_t id = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), id);
  if (problem != std::errc{} || end != text.data() + text.size())
    return std::unexpected(error("bad_parameter", "id"));
  auto found = desk_.store.assessment().inspection(id);
  if (!found) return std::unexpected(store_trouble(found.error()));
  const bool all = call.user.roles.has(store::Role::kCompliance);
  if (!*found || (!all && (*found)->assignee != call.user.name))
    return std::unexpected(error("not_found"));
  return std::move(**found);
}

std::optional<http::Response> InspectionRoutes::assignee_fault(const std::string& name) {
  const auto user = desk_.store.user(name);
  if (!user) return store_trouble(user.error());
  const bool fits = *user && !(*user)->disabled &&
                    !((*user)->ends && *(*user)->ends <= desk_.clock.now()) &&
                    (*user)->roles.meets({store::Role::kCompliance, store::Role::kInspector});
  if (fits) return std::nullopt;
  return error("not_assignable");
}

http::Response InspectionRoutes::list_items(const Call&) {
  const auto items = office_.items_for(assess::Period::containing(desk_.clock.now()));
  if (!items) return store_trouble(items.error());
  json::array list;
  for (const assess::Item& item : items->all()) list.push_back(item_json(item));
  return json_response(
      200, {{"version", items->version()}, {"date", items->date()}, {"items", std::move(list)}});
}

http::Response InspectionRoutes::list(const Call& call) {
  const bool all = call.user.roles.has(store::Role::kCompliance);
  const auto found =
      desk_.store.assessment().inspections(all ? std::string_view{} : call.user.name);
  if (!found) return store_trouble(found.error());
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  json::array list;
  for (const assess::Inspection& visit : *found) {
    const auto items = office_.items(visit.items_version);
    if (!items) return store_trouble(items.error());
    list.push_back(inspection_json(visit, *items, *branches));
  }
  return json_response(200, {{"inspections", std::move(list)}});
}

http::Response InspectionRoutes::plan(const Call& call) {
  Body body(call.request);
  store::NewInspection wanted;
  wanted.branch = body.text("branch", 1, 32);
  wanted.period = body.text("period", 7, 7);
  wanted.domains = domains_of(body.value("domains"));
  wanted.assignee = body.optional_text("assignee", 64);
  const auto due = day_of(body.optional_text("due", 10));
  if (auto fault = body.fault()) return std::move(*fault);
  if (wanted.domains.empty()) return error("bad_json", "domains");
  if (!assess::Period::from(wanted.period)) return error("bad_json", "period");
  if (!due) return error("bad_json", "due");
  wanted.due = *due;
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  if (std::ranges::find(*branches, wanted.branch, &assess::Branch::code) == branches->end())
    return error("bad_json", "branch");
  if (!wanted.assignee.empty()) {
    if (auto fault = assignee_fault(wanted.assignee)) return std::move(*fault);
  }
  const auto items = office_.items_for(*assess::Period::from(wanted.period));
  if (!items) return store_trouble(items.error());
  const Time now = desk_.clock.now();
  Status kept;  // a version of the bank's own is kept already
  if (items->version() == assess::Items::builtin().version())
    kept = desk_.store.assessment().keep_data("items", items->version(),
                                              assess::Items::builtin_text(), now);
  if (!kept) return store_trouble(kept.error());
  const auto id = desk_.store.assessment().plan(wanted, items->version(), call.user.name, now);
  if (!id) return store_trouble(id.error());
  call.note(fmt::format("inspection {} of {} {}", *id, wanted.branch, wanted.period));
  return json_response(201, {{"id", *id}});
}

http::Response InspectionRoutes::show(const Call& call) {
  const Found visit = inspection_of(call);
  if (!visit) return visit.error();
  const auto items = office_.items(visit->items_version);
  if (!items) return store_trouble(items.error());
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  std::optional<assess::Facts> facts;
  if (!visit->submitted) {
    auto known = office_.facts(visit->period);
    if (!known) return store_trouble(known.error());
    facts = std::move(*known);
  }
  json::object answer = inspection_json(*visit, *items, *branches);
  json::array list;
  const assess::Viewer viewer{call.user.roles.has(store::Role::kAmlReviewer)};
  for (const assess::Item& item : items->all()) {
    if (!common(item, *visit).empty())
      list.push_back(open_item(item, *visit, facts ? &*facts : nullptr, viewer));
  }
  answer["items"] = std::move(list);
  return json_response(200, answer);
}

http::Response InspectionRoutes::assign(const Call& call) {
  const Found visit = inspection_of(call);
  if (!visit) return visit.error();
  Body body(call.request);
  const std::string assignee = body.text("assignee", 1, 64);
  const auto due = day_of(body.optional_text("due", 10));
  if (auto fault = body.fault()) return std::move(*fault);
  if (!due) return error("bad_json", "due");
  if (auto fault = assignee_fault(assignee)) return std::move(*fault);
  const Status done = desk_.store.assessment().assign(visit->id, assignee, *due);
  if (!done) return refused(done.error());
  call.note("to " + assignee);
  return http::Response{204, {}, {}};
}

http::Response InspectionRoutes::answer(const Call& call) { return add_entry(call, false); }
http::Response InspectionRoutes::correct(const Call& call) { return add_entry(call, true); }

http::Response InspectionRoutes::add_entry(const Call& call, bool correction) {
  const Found visit = inspection_of(call);
  if (!visit) return visit.error();
  if (!correction && visit->assignee != call.user.name) return error("not_assigned");
  Body body(call.request);
  store::NewAnswer entry;
  entry.item = static_cast<int>(body.number("item", 1, kMostItems));
  const auto verdict = assess::verdict_from(body.text("verdict", 1, 16));
  entry.note = body.optional_text("note", assess::kLongestNote);
  auto evidence = assess::evidence_from(body.value("evidence"));
  if (auto fault = body.fault()) return std::move(*fault);
  if (!verdict) return error("bad_json", "verdict");
  if (!evidence || evidence->size() > assess::kMostEvidence) return error("bad_json", "evidence");
  entry.verdict = *verdict;
  entry.evidence = std::move(*evidence);
  const auto items = office_.items(visit->items_version);
  if (!items) return store_trouble(items.error());
  const assess::Item* const item = items->find(entry.item);
  if (item == nullptr || common(*item, *visit).empty()) return error("bad_json", "item");
  if (!item->evaluator.empty()) {
    const auto facts = office_.facts(visit->period);
    if (!facts) return store_trouble(facts.error());
    entry.suggested = suggest(*facts, visit->branch, *item).verdict;
  }
  const bool departs = item->mode == "A" && entry.suggested && *entry.suggested != entry.verdict;
  if (entry.note.empty() && (correction || departs || entry.verdict != assess::Verdict::kPass))
    return error("note_needed");
  const Status done = desk_.store.assessment().answer(visit->id, entry, correction, call.user.name,
                                                      desk_.clock.now());
  if (!done) return refused(done.error());
  call.note(fmt::format("item {}: {}", entry.item, assess::to_string(entry.verdict)));
  return http::Response{204, {}, {}};
}

http::Response InspectionRoutes::submit(const Call& call) {
  const Found visit = inspection_of(call);
  if (!visit) return visit.error();
  if (visit->assignee != call.user.name) return error("not_assigned");
  const auto items = office_.items(visit->items_version);
  if (!items) return store_trouble(items.error());
  const auto branches = desk_.store.assessment().branches();
  if (!branches) return store_trouble(branches.error());
  const auto branch = std::ranges::find(*branches, visit->branch, &assess::Branch::code);
  const std::string owner = branch == branches->end() ? std::string{} : branch->accountable;
  const Time now = desk_.clock.now();
  std::vector<store::NewFinding> findings;
  std::string left;
  for (const assess::Item& item : items->all()) {
    auto domains = common(item, *visit);
    if (domains.empty()) continue;
    const assess::Answer* const entry = visit->answer(item.id);
    if (entry == nullptr) left += fmt::format("{}{}", left.empty() ? "" : ", ", item.id);
    if (entry == nullptr || entry->verdict == assess::Verdict::kPass ||
        entry->verdict == assess::Verdict::kNotApplicable)
      continue;
    findings.push_back(
        {item.id, std::move(domains), entry->note, owner, assess::bank_day(now) + kDaysToRectify});
  }
  if (!left.empty()) return error("incomplete", left);
  const Status done = desk_.store.assessment().submit(visit->id, findings, call.user.name, now);
  if (!done) return refused(done.error());
  call.note(fmt::format("{} finding(s)", findings.size()));
  return json_response(200, {{"findings", findings.size()}});
}

}  // namespace huxin::api
