#include "collector/api/json.hpp"

#include <boost/json/serialize.hpp>

#include <algorithm>

#include "policy/rule/clauses.hpp"
#include "policy/rule/event.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

constexpr auto kSilentAfter = std::chrono::minutes(15);
constexpr auto kListedDays = std::chrono::days(30);

std::string time_of(std::int64_t milliseconds) {
  return time_text(Time(std::chrono::milliseconds(milliseconds)));
}

/// Names an enumerator that came over the wire as a number.
template <class Enum>
std::string name_of(std::uint32_t number, std::uint32_t last) {
  if (number == 0 || number > last) return "unknown";
  return std::string(rule::to_string(static_cast<Enum>(number)));
}
std::string severity_name(std::uint32_t number) {
  return number == 0 || number > 4 ? "none" : fmt::format("S{}", number);
}
std::string element_name(std::uint32_t number) { return fmt::format("D{:02}", number); }
std::string level_name(std::uint32_t number) {
  return fmt::format("C{}", std::clamp(number, 1U, 3U));
}

template <class Repeated>
json::array text_array(const Repeated& texts) {
  json::array array;
  for (const std::string& text : texts) array.emplace_back(text);
  return array;
}

json::array counts_of(const record::Incident& incident) {
  json::array array;
  for (const auto& count : incident.counts()) {
    array.push_back({{"element", element_name(count.element())}, {"findings", count.findings()}});
  }
  return array;
}

json::array findings_of(const record::Incident& incident) {
  json::array array;
  for (const record::Finding& finding : incident.findings()) {
    array.push_back({{"element", element_name(finding.element())},
                     {"level", level_name(finding.level())},
                     {"confidence", std::clamp(finding.confidence(), 0.0, 1.0)},
                     {"where", finding.where()},
                     {"offset", finding.offset()},
                     {"length", finding.length()},
                     {"masked", finding.masked()},
                     {"customer", finding.customer()},
                     {"known", finding.known()}});
  }
  return array;
}

json::array documents_of(const record::Incident& incident) {
  json::array array;
  for (const record::KnownDocument& document : incident.documents()) {
    array.push_back(
        {{"name", document.name()}, {"share", document.share()}, {"where", document.where()}});
  }
  return array;
}

json::array clauses_of(const record::Incident& incident) {
  json::array array;
  for (const std::string& id : incident.clauses()) {
    const rule::Clause* const known = rule::Clauses::builtin().find(id);
    array.push_back({{"id", id},
                     {"zh", known ? known->zh : std::string{}},
                     {"en", known ? known->en : std::string{}},
                     {"source", known ? known->source : std::string{}}});
  }
  return array;
}

json::array surplus_of(const record::Incident& incident) {
  json::array array;
  for (const std::uint32_t element : incident.surplus()) array.emplace_back(element_name(element));
  return array;
}

json::value teller_of(const record::Incident& incident) {
  if (!incident.has_teller()) return nullptr;
  return {{"institution", incident.teller().institution()},
          {"teller", incident.teller().teller()},
          {"terminal", incident.teller().terminal()}};
}

json::object severities_of(const store::SeverityCounts& counts) {
  return {{"S1", counts[1]}, {"S2", counts[2]}, {"S3", counts[3]}, {"S4", counts[4]}};
}

std::uint64_t total_of(const store::SeverityCounts& counts) {
  std::uint64_t total = 0;
  for (const std::uint64_t count : counts) total += count;
  return total;
}

json::array days_of(const store::Summary& summary, Time now) {
  json::array array;
  const auto today = std::chrono::floor<std::chrono::days>(now);
  for (auto day = today - kListedDays + std::chrono::days(1); day <= today;
       day += std::chrono::days(1)) {
    const auto found =
        std::ranges::find(summary.days, day, [](const auto& entry) { return entry.first; });
    const store::SeverityCounts counts =
        found == summary.days.end() ? store::SeverityCounts{} : found->second;
    json::object entry = severities_of(counts);
    entry["day"] = to_rfc3339(Time(day)).substr(0, 10);
    entry["total"] = total_of(counts);
    array.push_back(std::move(entry));
  }
  return array;
}

}  // namespace

std::string time_text(Time time) {
  constexpr Time kLast = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
  return to_rfc3339(std::clamp(time, Time{}, kLast));
}

http::Response json_response(unsigned status, const json::value& body) {
  http::Response response{status, {}, json::serialize(body)};
  response.with("Content-Type", "application/json; charset=utf-8")
      .with("Cache-Control", "no-store");
  return response;
}

json::object to_json(const store::StoredIncident& stored) {
  const record::Incident& incident = stored.incident;
  json::value in_case = nullptr;
  if (!stored.case_id.empty()) in_case = {{"id", stored.case_id}, {"state", stored.case_state}};
  return {{"id", stored.id},
          {"case", std::move(in_case)},
          {"sequence", stored.sequence},
          {"time", time_of(incident.time_ms())},
          {"received", time_text(stored.received)},
          {"terminal", stored.terminal},
          {"hostname", stored.hostname},
          {"branch", stored.branch},
          {"severity", severity_name(incident.severity())},
          {"stage", name_of<rule::Stage>(incident.stage(), 4)},
          {"channel", name_of<rule::Channel>(incident.channel(), 6)},
          {"action", name_of<rule::Action>(incident.action(), 5)},
          {"would", name_of<rule::Action>(incident.would(), 5)},
          {"rule", incident.rule()},
          {"rule_zh", incident.rule_zh()},
          {"rule_en", incident.rule_en()},
          {"user", incident.user()},
          {"process", incident.process()},
          {"path", incident.path()},
          {"destination", incident.destination()},
          {"operation", incident.operation()},
          {"customers", incident.customers()},
          {"findings_total", incident.findings_total()},
          {"known_total", incident.known_total()},
          {"elements", counts_of(incident)},
          {"domains", text_array(incident.domains())},
          {"teller", teller_of(incident)},
          {"profile", incident.profile()},
          {"surplus", surplus_of(incident)},
          {"authorisation", incident.authorisation()},
          {"outcome", incident.outcome()}};
}

json::object to_json_in_detail(const store::StoredIncident& stored) {
  const record::Incident& incident = stored.incident;
  json::object object = to_json(stored);
  object["findings"] = findings_of(incident);
  object["documents"] = documents_of(incident);
  json::array trace;
  for (const record::TraceStep& step : incident.trace()) {
    trace.push_back(
        {{"rule", step.rule()}, {"matched", step.matched()}, {"reason", step.reason()}});
  }
  object["trace"] = std::move(trace);
  object["clauses"] = clauses_of(incident);
  object["policy"] = {{"id", incident.policy_id()},
                      {"version", incident.policy_version()},
                      {"digest", to_hex(as_bytes(incident.policy_digest()))}};
  object["coverage_reason"] = incident.coverage_reason();
  object["evidence"] = {{"sealed", !incident.evidence().empty()},
                        {"bytes", incident.evidence().size()}};
  return object;
}

json::object to_json(const store::Terminal& terminal) {
  json::array channels;
  for (const auto& [name, state] : terminal.channels)
    channels.push_back({{"channel", name}, {"state", state}});
  json::array coverage;
  for (const auto& [reason, count] : terminal.coverage)
    coverage.push_back({{"reason", reason}, {"count", count}});
  json::object object{{"id", terminal.id},
                      {"hostname", terminal.hostname},
                      {"branch", terminal.branch},
                      {"revoked", terminal.revoked},
                      {"enrolled", time_text(terminal.enrolled)},
                      {"last_seen", nullptr},
                      {"agent_version", terminal.agent_version},
                      {"policy_version", terminal.policy_version},
                      {"policy_error", terminal.policy_error},
                      {"accepted_through", terminal.accepted_through},
                      {"outbox", terminal.outbox},
                      {"channels", std::move(channels)},
                      {"coverage", std::move(coverage)}};
  if (terminal.last_seen != Time{}) object["last_seen"] = time_text(terminal.last_seen);
  return object;
}

json::object to_json(const catalog::Element& element) {
  return {{"id", catalog::to_string(element.id)},
          {"name", element.name},
          {"zh", element.zh},
          {"en", element.en},
          {"level", json_text(catalog::to_string(element.level))}};
}

json::object to_json(const store::Summary& summary, const std::vector<store::Terminal>& terminals,
                     Time now) {
  json::object severities = severities_of(summary.severities);
  severities["none"] = summary.severities[0];
  const auto revoked = std::ranges::count_if(terminals, &store::Terminal::revoked);
  const auto silent = std::ranges::count_if(terminals, [&](const store::Terminal& terminal) {
    return !terminal.revoked && now - terminal.last_seen > kSilentAfter;
  });
  return {{"total", total_of(summary.severities)},
          {"severities", std::move(severities)},
          {"days", days_of(summary, now)},
          {"terminals", {{"total", terminals.size()}, {"revoked", revoked}, {"silent", silent}}}};
}

}  // namespace huxin::api
