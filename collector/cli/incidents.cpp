#include <boost/json/serialize.hpp>

#include "collector/api/filter.hpp"
#include "collector/api/json.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kPathColumns = 48;
constexpr std::array<std::string_view, 15> kFilters{
    "from", "to",   "severity", "stage",   "channel", "action", "terminal", "branch",
    "rule", "user", "domain",   "element", "text",    "offset", "limit"};

struct Options {
  std::map<std::string, std::string> filters;
  bool json = false;
};

std::vector<std::string> row_of(const store::StoredIncident& stored) {
  const record::Incident& incident = stored.incident;
  std::string what = printable(incident.path());
  if (!incident.destination().empty())
    what += (what.empty() ? "→ " : " → ") + printable(incident.destination());
  return {to_rfc3339(Time(std::chrono::milliseconds(incident.time_ms()))),
          severity_text(incident.severity()),
          action_text(incident.action()),
          channel_text(incident.channel()),
          stored.terminal,
          stored.branch,
          incident.user(),
          std::to_string(incident.customers()),
          elements_text(incident),
          shorten(what, kPathColumns),
          incident.rule(),
          stored.id};
}

void list(const Options& options, Context& context) {
  store::IncidentFilter filter;
  for (const auto& [name, value] : options.filters) {
    if (value.empty()) continue;
    if (const Status set = api::set_filter(filter, name, value); !set)
      return context.fail(set.error());
  }
  const auto state = context.open();
  if (!state) return;
  const auto page = state->store->incidents(filter);
  if (!page) return context.fail(page.error());
  std::vector<std::vector<std::string>> rows;
  for (const store::StoredIncident& stored : page->incidents) {
    if (options.json) {
      fmt::print("{}\n", boost::json::serialize(api::to_json(stored)));
    } else {
      rows.push_back(row_of(stored));
    }
  }
  if (options.json) return;
  fmt::print("{}",
             table({"时间 time", "级别", "处置 action", "渠道 channel", "终端", "网点 branch",
                    "用户 user", "客户数", "数据项 elements", "对象 what", "规则 rule", "编号 id"},
                   rows));
  fmt::print("{} / {}\n", page->incidents.size(), page->total);
}

}  // namespace

void add_incidents(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* const verb = app.add_subcommand("incidents", "列出事件 List incidents, newest first");
  verb->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  for (const std::string_view name : kFilters) {
    verb->add_option(fmt::format("--{}", name), options->filters[std::string(name)],
                     "筛选 Filter, as in the console");
  }
  verb->callback([options, &context] { list(*options, context); });
}

}  // namespace huxin::collector::cli
