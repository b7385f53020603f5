#include <boost/json/serialize.hpp>

#include "collector/api/json.hpp"
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

}  // namespace

void add_terminal(CLI::App& app, Context& context) {
  struct Options {
    std::string id;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* const terminal = app.add_subcommand("terminal", "终端 Terminals");
  terminal->require_subcommand(1);
  CLI::App* const listing = terminal->add_subcommand("list", "列出终端 List terminals");
  listing->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  listing->callback([options, &context] { list(options->json, context); });
  CLI::App* const revoking =
      terminal->add_subcommand("revoke", "吊销终端 Bar a terminal and its certificates, at once");
  revoking->add_option("ID", options->id, "终端编号 Terminal id")->required();
  revoking->callback([options, &context] {
    const auto state = context.open();
    if (!state) return;
    const Status revoked = state->store->revoke(options->id, SystemClock().now());
    if (!revoked) return context.fail(revoked.error());
    fmt::print("已吊销 Revoked {}\n", options->id);
  });
}

}  // namespace huxin::collector::cli
