#include "collector/api/assess_json.hpp"

#include <algorithm>
#include <set>

#include "collector/api/json.hpp"
#include "collector/assess/json.hpp"
#include "collector/import/date.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

json::array names_of(const std::vector<assess::Domain>& domains) {
  json::array list;
  for (const assess::Domain domain : domains) list.push_back(json_text(assess::to_string(domain)));
  return list;
}

json::value verdict_value(const std::optional<assess::Verdict>& verdict) {
  if (!verdict) return nullptr;
  return json_text(assess::to_string(*verdict));
}

json::value day_value(const std::optional<std::int64_t>& day) {
  if (!day) return nullptr;
  return json::string(assess::day_text(*day));
}

json::value time_value(const std::optional<Time>& time) {
  if (!time) return nullptr;
  return json::string(to_rfc3339(*time));
}

std::string name_of(const std::vector<assess::Branch>& branches, const std::string& code) {
  const auto found = std::ranges::find(branches, code, &assess::Branch::code);
  return found == branches.end() ? std::string{} : found->name;
}

}  // namespace

json::object item_json(const assess::Item& item) {
  return {{"id", item.id},
          {"domains", names_of(item.domains)},
          {"weight", item.weight},
          {"mode", item.mode},
          {"automatic", !item.evaluator.empty()},
          {"basis", item.basis},
          {"zh", item.zh},
          {"en", item.en},
          {"verify_zh", item.verify_zh},
          {"verify_en", item.verify_en}};
}

json::object answer_json(const assess::Answer& answer, const assess::Viewer& viewer) {
  return {{"entry", answer.id},
          {"verdict", verdict_value(answer.verdict)},
          {"note", answer.note},
          {"evidence", assess::to_json(assess::shown_to(viewer, answer.evidence))},
          {"suggested", verdict_value(answer.suggested)},
          {"correction", answer.correction},
          {"by", answer.by},
          {"time", to_rfc3339(answer.time)}};
}

json::object suggestion_json(const assess::Suggestion& said, const assess::Viewer& viewer) {
  return {{"verdict", verdict_value(said.verdict)},
          {"zh", said.zh},
          {"en", said.en},
          {"evidence", assess::to_json(assess::shown_to(viewer, said.evidence))},
          {"more", said.more}};
}

json::object inspection_json(const assess::Inspection& visit, const assess::Items& items,
                             const std::vector<assess::Branch>& branches) {
  std::size_t asked = 0, answered = 0, findings = 0;
  for (const assess::Item& item : items.all()) {
    const bool belongs = std::ranges::any_of(
        visit.domains, [&](assess::Domain domain) { return item.belongs(domain); });
    if (!belongs) continue;
    ++asked;
    const assess::Answer* const answer = visit.answer(item.id);
    if (answer == nullptr) continue;
    ++answered;
    if (answer->verdict == assess::Verdict::kFail || answer->verdict == assess::Verdict::kPartial)
      ++findings;
  }
  return {{"id", visit.id},
          {"branch", visit.branch},
          {"branch_name", name_of(branches, visit.branch)},
          {"period", visit.period.text()},
          {"domains", names_of(visit.domains)},
          {"items_version", visit.items_version},
          {"assignee", visit.assignee},
          {"due", day_value(visit.due)},
          {"planned_by", visit.planned_by},
          {"planned", to_rfc3339(visit.planned)},
          {"submitted", time_value(visit.submitted)},
          {"asked", asked},
          {"answered", answered},
          {"findings", findings}};
}

json::object rectification_json(const assess::Rectification& entry, const assess::Item* item,
                                const std::vector<assess::Branch>& branches,
                                const assess::Viewer& viewer, Time now) {
  json::array events;
  for (const assess::Rectification::Event& event : entry.events) {
    events.push_back({{"kind", event.kind},
                      {"note", event.note},
                      {"evidence", assess::to_json(assess::shown_to(viewer, event.evidence))},
                      {"by", event.by},
                      {"time", to_rfc3339(event.time)}});
  }
  return {{"id", entry.id},
          {"inspection", entry.inspection},
          {"item", entry.item},
          {"item_zh", item == nullptr ? std::string{} : item->zh},
          {"item_en", item == nullptr ? std::string{} : item->en},
          {"branch", entry.branch},
          {"branch_name", name_of(branches, entry.branch)},
          {"domains", names_of(entry.domains)},
          {"finding", entry.finding},
          {"owner", entry.owner},
          {"due", assess::day_text(entry.due)},
          {"state", entry.state},
          {"overdue", entry.state == "open" && entry.late(now)},
          {"opened", to_rfc3339(entry.opened)},
          {"reported", time_value(entry.reported)},
          {"closed", time_value(entry.closed)},
          {"events", std::move(events)}};
}

json::object mark_json(const assess::Mark& mark, const assess::Viewer& viewer) {
  json::object object{{"id", mark.id},
                      {"branch", mark.branch},
                      {"period", mark.period.text()},
                      {"kind", mark.kind},
                      {"reason", mark.reason},
                      {"evidence", assess::to_json(assess::shown_to(viewer, mark.evidence))},
                      {"by", mark.by},
                      {"time", to_rfc3339(mark.time)},
                      {"withdraws", nullptr}};
  if (mark.withdraws) object["withdraws"] = *mark.withdraws;
  return object;
}

std::optional<std::optional<std::int64_t>> day_of(const std::string& text) {
  if (text.empty()) return std::optional<std::int64_t>{};
  const auto day = imports::date_from(text);
  if (!day) return std::nullopt;
  return std::chrono::sys_days(*day).time_since_epoch().count();
}

}  // namespace huxin::api
