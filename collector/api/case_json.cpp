#include "collector/api/case_json.hpp"

#include <algorithm>

#include "collector/api/json.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;
using store::Case, store::CaseMark, store::CaseState;

/// Who did it and when, or null.
json::value mark_of(const Case* found, std::string_view kind, std::string_view name) {
  if (found == nullptr) return nullptr;
  const auto mark = std::ranges::find_if(
      found->marks, [&](const CaseMark& each) { return each.kind == kind && each.name == name; });
  if (mark == found->marks.end()) return nullptr;
  return {{"by", mark->by}, {"at", to_rfc3339(mark->at)}};
}

std::string severity_name(std::uint32_t severity) {
  return severity == 0 || severity > 4 ? "none" : fmt::format("S{}", severity);
}

}  // namespace

json::object to_json(const Case& found, Time now) {
  json::array incidents;
  for (const std::string& incident : found.incidents) incidents.emplace_back(incident);
  json::object object{{"id", found.id},
                      {"version", found.version},
                      {"title", found.title},
                      {"state", json_text(to_string(found.state))},
                      {"severity", severity_name(found.severity)},
                      {"owner", found.owner},
                      {"discovered", to_rfc3339(found.discovered)},
                      {"opened", to_rfc3339(found.opened)},
                      {"opened_by", found.opened_by},
                      {"due", to_rfc3339(found.due)},
                      {"overdue", found.state != CaseState::kClosed && found.due < now},
                      {"closed", nullptr},
                      {"verdict", nullptr},
                      {"confidential", found.confidential},
                      {"incidents", std::move(incidents)}};
  if (found.closed) object["closed"] = to_rfc3339(*found.closed);
  if (!found.verdict.empty()) object["verdict"] = found.verdict;
  return object;
}

json::object to_json(const store::CaseEvent& event) {
  return {{"time", to_rfc3339(event.time)},
          {"by", event.by},
          {"what", event.what},
          {"from", event.from},
          {"to", event.to},
          {"text", event.text}};
}

json::object to_json(const review::Checklist& list, const Case& found) {
  json::array steps;
  for (const review::Step& step : list.steps) {
    steps.push_back({{"id", step.id},
                     {"zh", step.zh},
                     {"en", step.en},
                     {"done", mark_of(&found, "step", step.id)}});
  }
  return {{"id", list.id},
          {"zh", list.zh},
          {"en", list.en},
          {"clause", list.clause},
          {"source", list.source},
          {"checked", list.checked},
          {"steps", std::move(steps)}};
}

json::object clocks_to_json(std::uint32_t severity, const std::vector<record::Incident>& incidents,
                            Time discovered, const Case* found) {
  const review::Clocks& data = review::Clocks::builtin();
  json::array clocks;
  for (const review::ReportClock* clock : data.running(severity, incidents)) {
    clocks.push_back({{"id", clock->id},
                      {"to_zh", clock->to_zh},
                      {"to_en", clock->to_en},
                      {"when_zh", clock->when_zh},
                      {"when_en", clock->when_en},
                      {"minutes", clock->first.count()},
                      {"deadline", to_rfc3339(discovered + clock->first)},
                      {"draft", clock->draft},
                      {"source", clock->source},
                      {"checked", clock->checked},
                      {"reported", mark_of(found, "report", clock->id)}});
  }
  json::object object{{"discovered", to_rfc3339(discovered)},
                      {"grade", nullptr},
                      {"clocks", std::move(clocks)},
                      {"notice_zh", data.notice_zh()},
                      {"notice_en", data.notice_en()}};
  if (const review::Grade* const grade = data.grade(severity)) {
    object["grade"] = {{"severity", severity_name(severity)},
                       {"zh", grade->zh},
                       {"en", grade->en},
                       {"due_minutes", grade->due.count()},
                       {"source", grade->source},
                       {"checked", grade->checked}};
  }
  return object;
}

}  // namespace huxin::api
