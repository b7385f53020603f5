#include "collector/api/terminal_json.hpp"

#include <algorithm>
#include <map>

#include <boost/json.hpp>

#include "collector/api/json.hpp"
#include "policy/record/confidential.hpp"

namespace huxin::api {
namespace {

namespace json = boost::json;

constexpr auto kSilentAfter = std::chrono::minutes(15);
constexpr std::size_t kMostReasons = 64;
/// Counts come from terminals; JSON's numbers are exact so far.
constexpr std::uint64_t kMostCounted = std::uint64_t{1} << 53U;

std::uint64_t bounded(std::uint64_t count) { return std::min(count, kMostCounted); }

std::string moment(std::int64_t milliseconds) {
  constexpr Time kLast = std::chrono::sys_days(std::chrono::year(9999) / 12 / 31);
  return to_rfc3339(std::clamp(Time(std::chrono::milliseconds(milliseconds)), Time{}, kLast));
}

/// What was found, for these eyes.
const record::Inventory& found_for(const record::Inventory& told, bool sees_aml) {
  return !sees_aml && told.has_general() ? told.general() : told;
}

/// Files, of these wholly inspected, and what was found; of one terminal, or summed up.
struct Figures {
  std::uint64_t files = 0, not_inspected = 0, with_findings = 0, customers = 0, overdue = 0;

  void add(const record::Inventory& told, bool sees_aml) {
    const record::Inventory& found = found_for(told, sees_aml);
    files += bounded(told.files());
    with_findings += bounded(found.with_findings());
    customers += bounded(found.customers());
    overdue += bounded(found.overdue());
    std::uint64_t blind = 0;
    for (const auto& [reason, count] : told.not_inspected()) blind += bounded(count);
    not_inspected += std::min(blind, bounded(told.files()));
  }
  json::object to_json() const {
    return {{"files", files},
            {"inspected", files - std::min(files, not_inspected)},
            {"with_findings", with_findings},
            {"customers", customers},
            {"overdue", overdue}};
  }
};

std::string_view state_of(const store::Terminal& terminal, Time now) {
  if (terminal.revoked) return "revoked";
  return now - terminal.last_seen <= kSilentAfter ? "live" : "silent";
}

struct Branch {
  std::uint64_t terminals = 0, live = 0, silent = 0, revoked = 0, current = 0, inventoried = 0;
  Time last_seen{};
  Figures figures;
};

json::value seen(Time time) {
  return time == Time{} ? json::value(nullptr)
                        : json::value(moment(time.time_since_epoch().count()));
}

json::object branch_json(const std::string& name, const Branch& branch) {
  json::object object = branch.figures.to_json();
  object["branch"] = name;
  object["terminals"] = branch.terminals;
  object["live"] = branch.live;
  object["silent"] = branch.silent;
  object["revoked"] = branch.revoked;
  object["policy_current"] = branch.current;
  object["inventoried"] = branch.inventoried;
  object["last_seen"] = seen(branch.last_seen);
  return object;
}

}  // namespace

json::object to_json(const store::StoredInventory& stored, bool sees_aml) {
  const record::Inventory& told = stored.inventory;
  const record::Inventory& found = found_for(told, sees_aml);
  json::array elements, levels, reasons;
  for (const record::ElementCount& count : found.counts()) {
    const bool hidden = !sees_aml && record::is_confidential(count.element());
    if (hidden || count.element() > 999) continue;
    elements.push_back({{"element", fmt::format("D{:02}", count.element())},
                        {"files", bounded(count.findings())}});
  }
  for (const char* const level : {"C1", "C2", "C3"}) {
    const auto at = found.levels().find(level);
    levels.push_back(
        {{"level", level}, {"files", at == found.levels().end() ? 0 : bounded(at->second)}});
  }
  std::multimap<std::uint64_t, std::string, std::greater<>> by_count;
  for (const auto& [reason, count] : told.not_inspected()) by_count.emplace(bounded(count), reason);
  for (const auto& [count, reason] : by_count) {
    if (reasons.size() == kMostReasons) break;
    reasons.push_back({{"reason", reason.substr(0, 64)}, {"files", count}});
  }
  Figures figures;
  figures.add(told, sees_aml);
  json::object object = figures.to_json();
  object["received"] = moment(stored.received.time_since_epoch().count());
  object["started"] = moment(told.started_ms());
  object["ended"] = moment(told.ended_ms());
  object["complete"] = told.complete();
  object["unchanged"] = bounded(told.unchanged());
  object["elements"] = std::move(elements);
  object["levels"] = std::move(levels);
  object["not_inspected"] = std::move(reasons);
  return object;
}

void put_policy(json::object& object, const store::Terminal& terminal, std::string_view current) {
  object["current_policy"] = current;
  object["policy_current"] =
      current.empty() ? json::value(nullptr) : json::value(terminal.policy_version == current);
}

json::object coverage_json(const std::vector<store::Terminal>& terminals,
                           const std::vector<store::StoredInventory>& newest,
                           std::string_view current_policy, Time now, bool sees_aml) {
  std::map<std::string_view, const store::StoredInventory*> told;
  for (const store::StoredInventory& each : newest) told[each.terminal] = &each;
  std::map<std::string, Branch> branches;
  json::array rows;
  for (const store::Terminal& terminal : terminals) {
    Branch& branch = branches[terminal.branch];
    const std::string_view state = state_of(terminal, now);
    ++branch.terminals;
    ++(state == "live" ? branch.live : state == "silent" ? branch.silent : branch.revoked);
    branch.last_seen = std::max(branch.last_seen, terminal.last_seen);
    if (!current_policy.empty() && terminal.policy_version == current_policy) ++branch.current;
    const auto inventory = told.find(terminal.id);
    Figures figures;
    if (inventory != told.end()) {
      figures.add(inventory->second->inventory, sees_aml);
      branch.figures.add(inventory->second->inventory, sees_aml);
      ++branch.inventoried;
    }
    json::object row = figures.to_json();
    row["id"] = terminal.id;
    row["state"] = state;
    row["inventory"] = inventory == told.end()
                           ? json::value(nullptr)
                           : json::value(moment(inventory->second->inventory.ended_ms()));
    put_policy(row, terminal, current_policy);
    rows.push_back(std::move(row));
  }
  json::array sums;
  for (const auto& [name, branch] : branches) sums.push_back(branch_json(name, branch));
  return {{"current_policy", current_policy},
          {"branches", std::move(sums)},
          {"terminals", std::move(rows)}};
}

}  // namespace huxin::api
