#include "collector/api/order_json.hpp"

#include "collector/api/json.hpp"
#include "policy/retention/table.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

json::value time_or_null(const std::optional<Time>& time) {
  if (!time) return nullptr;
  return json::value(time_text(*time));
}

}  // namespace

json::object statement_json(const order::Statement& statement) {
  json::array items;
  for (const order::Item& item : statement.items) {
    items.push_back({{"path", item.path},
                     {"incident", item.incident},
                     {"bytes", item.bytes},
                     {"digest", item.digest},
                     {"method", item.method},
                     {"fate", json_text(order::to_string(item.fate))},
                     {"note", item.note}});
  }
  json::array residue;
  for (const order::Residue& trace : statement.residue)
    residue.push_back({{"path", trace.path}, {"kind", trace.kind}, {"result", trace.result}});
  json::array clocks;
  for (const order::ClockReading& clock : statement.clocks) {
    const retention::Record* const known = retention::Table::builtin().find(clock.record);
    clocks.push_back({{"path", clock.path},
                      {"record", clock.record},
                      {"record_zh", known != nullptr ? known->zh : clock.record},
                      {"record_en", known != nullptr ? known->en : clock.record},
                      {"source", clock.source},
                      {"verdict", clock.verdict},
                      {"until", clock.until}});
  }
  return {{"id", statement.id},
          {"order", statement.order},
          {"terminal", statement.terminal},
          {"hostname", statement.hostname},
          {"executor", statement.executor},
          {"supervisor", statement.supervisor},
          {"reason", statement.reason},
          {"method", statement.method},
          {"started", time_text(statement.started)},
          {"ended", time_text(statement.ended)},
          {"items", std::move(items)},
          {"residue", std::move(residue)},
          {"residue_unlisted", statement.residue_unlisted},
          {"clocks", std::move(clocks)},
          {"note", statement.note}};
}

json::object to_json(const store::Order& order) {
  return {
      {"id", order.id},
      {"kind", json_text(to_string(order.kind))},
      {"state", json_text(to_string(order.state))},
      {"terminal", order.terminal},
      {"hostname", order.hostname},
      {"branch", order.branch},
      {"incident", order.incident},
      {"reason", order.reason},
      {"executor", order.executor},
      {"supervisor", order.supervisor},
      {"method", order.method},
      {"copies", order.copies},
      {"destination", order.destination},
      {"confidential", order.confidential},
      {"drafted", time_text(order.drafted)},
      {"expires", time_text(order.expires)},
      {"approved", time_or_null(order.approved)},
      {"delivered", time_or_null(order.delivered)},
      {"answered", time_or_null(order.answered)},
      {"carried_out", time_or_null(order.carried_out)},
      {"outcome", order.outcome},
      {"refusal", json_text(order::to_string(order.refusal))},
      {"certificate",
       {{"verdict", json_text(to_string(order.certificate))}, {"fault", order.certificate_fault}}}};
}

json::object to_json_in_detail(const store::Order& order,
                               const std::vector<store::OrderEvent>& history,
                               const order::Statement* statement) {
  json::object object = to_json(order);
  json::array targets;
  for (const store::OrderTarget& target : order.targets)
    targets.push_back({{"path", target.path}, {"incident", target.incident}});
  object["targets"] = std::move(targets);
  json::array events;
  for (const store::OrderEvent& event : history) {
    events.push_back({{"at", time_text(event.at)},
                      {"actor", event.actor},
                      {"what", event.what},
                      {"note", event.note}});
  }
  object["history"] = std::move(events);
  object["cancellation"] = nullptr;
  if (const auto& stop = order.cancellation) {
    object["cancellation"] = {{"id", stop->id},
                              {"who", stop->who},
                              {"reason", stop->reason},
                              {"asked", time_text(stop->asked)},
                              {"answered", time_or_null(stop->answered)},
                              {"outcome", stop->outcome}};
  }
  object["statement"] = nullptr;
  if (statement != nullptr) object["statement"] = statement_json(*statement);
  return object;
}

}  // namespace huxin::api
