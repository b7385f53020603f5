#include <algorithm>

#include <boost/json/serialize.hpp>

#include "collector/api/json.hpp"
#include "collector/api/terminal_json.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

void list(bool as_json, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto all = state->store->terminals();
  if (!all) return context.fail(all.error());
  std::vector<std::vector<std::string>> rows;
  for (const store::Terminal& terminal : *all) {
    if (as_json) {
      fmt::print("{}\n", boost::json::serialize(api::to_json(terminal)));
      continue;
    }
    rows.push_back({terminal.id, terminal.hostname, terminal.branch,
                    terminal.revoked ? "吊销 revoked" : "正常 good",
                    terminal.last_seen == Time{} ? "-" : to_rfc3339(terminal.last_seen),
                    terminal.policy_version, std::to_string(terminal.accepted_through),
                    std::to_string(terminal.outbox)});
  }
  if (as_json) return;
  fmt::print("{}", table({"终端 id", "主机 host", "网点 branch", "状态 state", "最近心跳 last seen",
                          "策略 policy", "已收 records", "待发 outbox"},
                         rows));
}

/// What the newest inventory says, as rows; whoever runs this holds the key of the database.
std::vector<std::vector<std::string>> inventory_rows(const record::Inventory& told) {
  std::vector<std::vector<std::string>> rows;
  const auto add = [&](std::string_view what, std::uint64_t count) {
    rows.push_back({"盘点 inventory", std::string(what), std::to_string(count)});
  };
  add("文件 files", told.files());
  add("含客户信息 with customer data", told.with_findings());
  add("超期副本 overdue", told.overdue());
  for (const auto& [reason, count] : told.not_inspected())
    add(fmt::format("未检查 not inspected: {}", printable(reason)), count);
  return rows;
}

void show(const std::string& id, bool as_json, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto terminal = state->store->terminal(id);
  if (!terminal) return context.fail(terminal.error());
  if (!*terminal) return context.fail({Errc::kNotFound, "no terminal " + id});
  const auto told = state->store->inventories().of(id, 1);
  if (!told) return context.fail(told.error());
  if (as_json) {
    boost::json::object shown = api::to_json(**terminal);
    boost::json::array statuses;
    for (const auto& [code, count] : (*terminal)->statuses)
      statuses.push_back({{"code", code}, {"count", count}});
    shown["statuses"] = std::move(statuses);
    shown["inventory"] = told->empty() ? boost::json::value(nullptr)
                                       : boost::json::value(api::to_json(told->front(), true));
    fmt::print("{}\n", boost::json::serialize(shown));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const auto& [reason, count] : (*terminal)->coverage)
    rows.push_back({"未检查 coverage", reason, std::to_string(count)});
  for (const auto& [code, count] : (*terminal)->statuses)
    rows.push_back({"状态 status", code, std::to_string(count)});
  if (!told->empty())
    std::ranges::move(inventory_rows(told->front().inventory), std::back_inserter(rows));
  fmt::print("{} {} {}\n{}", printable((*terminal)->id), printable((*terminal)->hostname),
             printable((*terminal)->branch),
             table({"类别 kind", "原因 reason", "次数 count"}, rows));
}

}  // namespace

void add_terminal(command::Verb& app, Context& context) {
  struct Options {
    std::string id;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  command::Verb* const terminal = app.add_subcommand("terminal", "终端 Terminals");
  terminal->require_subcommand(1);
  command::Verb* const listing = terminal->add_subcommand("list", "列出终端 List terminals");
  listing->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  listing->callback([options, &context] { list(options->json, context); });
  command::Verb* const showing =
      terminal->add_subcommand("show",
                               "终端报告计数与存量盘点 What a terminal could not inspect and told "
                               "of itself, and what lies on it");
  showing->add_option("ID", options->id, "终端编号 Terminal id")->required();
  showing->add_flag("--json", options->json, "以 JSON 输出 Print JSON");
  showing->callback([options, &context] { show(options->id, options->json, context); });
  command::Verb* const revoking =
      terminal->add_subcommand("revoke", "吊销终端 Bar a terminal and its certificates, at once");
  revoking->add_option("ID", options->id, "终端编号 Terminal id")->required();
  revoking->callback([options, &context] {
    const auto state = context.open();
    if (!state) return;
    const auto act = context.audit(*state, "terminal revoke", options->id);
    if (!act) return;
    const Status revoked = state->store->revoke(options->id, SystemClock().now());
    if (!revoked) return context.fail(revoked.error());
    fmt::print("已吊销 Revoked {}\n", options->id);
  });
}

}  // namespace huxin::collector::cli
