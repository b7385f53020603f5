#include <boost/json/serialize.hpp>

#include "collector/api/filter.hpp"
#include "collector/api/json.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kPage = 500;
constexpr std::size_t kPathColumns = 48;
constexpr std::size_t kOutcomeColumns = 24;
constexpr std::array<std::string_view, 19> kFilters{
    "from",          "to",      "severity", "stage",  "channel", "action",      "terminal",
    "branch",        "rule",    "user",     "domain", "teller",  "institution", "profile",
    "authorisation", "element", "case",     "text",   "offset"};

struct Options {
  std::map<std::string, std::string> filters;
  std::size_t limit = 50;
  bool all = false, json = false;
};

/// Incidents are printed, or laid out in a table, as they come.
class Listing {
 public:
  explicit Listing(bool json) : json_(json) {}
  void add(const store::StoredIncident& stored);
  std::size_t count() const { return count_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }

 private:
  bool json_;
  std::size_t count_ = 0;
  std::vector<std::vector<std::string>> rows_;
};

/// The account, and the teller who was signed on.
std::string user_text(const record::Incident& incident) {
  if (!incident.has_teller()) return incident.user();
  return fmt::format("{} ({}/{})", incident.user(), incident.teller().institution(),
                     incident.teller().teller());
}

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
          user_text(incident),
          std::to_string(incident.customers()),
          elements_text(incident),
          shorten(what, kPathColumns),
          shorten(incident.outcome(), kOutcomeColumns),
          incident.rule(),
          stored.id};
}

void Listing::add(const store::StoredIncident& stored) {
  ++count_;
  if (json_) {
    fmt::print("{}\n", boost::json::serialize(api::to_json(stored)));
  } else {
    rows_.push_back(row_of(stored));
  }
}

/// Lists as many as asked for, page by page; all of them as of one moment. Returns how many match.
Result<std::uint64_t> gather(store::Store& store, store::IncidentFilter filter,
                             const Options& options, Listing& into) {
  if (options.all || options.limit == 0) {
    const Status done = store.each_incident(filter, [&](auto&& found) { into.add(found); });
    if (!done) return std::unexpected(done.error());
    return into.count() + filter.offset;
  }
  for (;;) {
    filter.limit = std::min(kPage, options.limit - into.count());
    const auto page = store.incidents(filter);
    if (!page) return std::unexpected(page.error());
    for (const store::StoredIncident& stored : page->incidents) into.add(stored);
    if (page->incidents.size() < filter.limit || into.count() >= options.limit) return page->total;
    filter.offset += page->incidents.size();
  }
}

void list(const Options& options, Context& context) {
  store::IncidentFilter filter{.audience = store::Audience::everybody()};
  for (const auto& [name, value] : options.filters) {
    if (value.empty()) continue;
    if (const Status set = api::set_filter(filter, name, value); !set)
      return context.fail(set.error());
  }
  const auto state = context.open();
  if (!state) return;
  Listing listing(options.json);
  const auto total = gather(*state->store, filter, options, listing);
  if (!total) return context.fail(total.error());
  const auto unreadable = state->store->unreadable();
  if (!unreadable) return context.fail(unreadable.error());
  if (*unreadable > 0)
    fmt::print(stderr,
               "{} 条记录无法读取，其中可能有事件 records could not be read; incidents may be "
               "among them\n",
               *unreadable);
  if (options.json) return;
  fmt::print("{}", table({"时间 time", "级别", "处置 action", "渠道 channel", "终端", "网点 branch",
                          "用户 user", "客户数", "数据项 elements", "对象 what", "结果 outcome",
                          "规则 rule", "编号 id"},
                         listing.rows()));
  fmt::print("{} / {}\n", listing.count(), *total);
}

}  // namespace

void add_incidents(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "incidents",
      "列出事件（含反洗钱） List incidents, newest first, those of anti-money-laundering too");
  verb->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  for (const std::string_view name : kFilters) {
    verb->add_option(fmt::format("--{}", name), options->filters[std::string(name)],
                     "筛选 Filter, as in the console");
  }
  verb->add_option("--limit", options->limit, "最多条数，0 为全部 At most so many; 0: all")
      ->capture_default_str();
  verb->add_flag("--all", options->all, "列出全部 List all of them");
  verb->callback([options, &context] { list(*options, context); });
}

}  // namespace huxin::collector::cli
