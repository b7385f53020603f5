#include <boost/json/serialize.hpp>

#include "collector/api/order_json.hpp"
#include "collector/cli/order_text.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

struct Options {
  std::string state, kind, terminal, text;
  std::size_t limit = 50, offset = 0;
  bool json = false;
};

Result<store::OrderFilter> filter_of(const Options& options) {
  store::OrderFilter filter;
  filter.audience = store::Audience::everybody();
  if (!options.state.empty()) {
    const auto state = store::order_state_from(options.state);
    if (!state) return std::unexpected(state.error().within("--order-state"));
    filter.state = *state;
  }
  if (!options.kind.empty()) {
    const auto kind = store::order_kind_from(options.kind);
    if (!kind) return std::unexpected(kind.error().within("--kind"));
    filter.kind = *kind;
  }
  filter.terminal = options.terminal;
  filter.text = options.text;
  filter.limit = options.limit;
  filter.offset = options.offset;
  return filter;
}

void list(const Options& options, Context& context) {
  const auto filter = filter_of(options);
  if (!filter) return context.fail(filter.error());
  const auto state = context.open();
  if (!state) return;
  const auto page = state->store->orders().list(*filter);
  if (!page) return context.fail(page.error());
  if (options.json) {
    for (const store::Order& order : page->orders)
      fmt::print("{}\n", boost::json::serialize(api::to_json(order)));
    return;
  }
  std::vector<std::vector<std::string>> rows;
  for (const store::Order& order : page->orders) {
    rows.push_back({order.id, kind_text(order.kind), state_text(order.state),
                    order.terminal + " " + order.hostname, order.executor, order.supervisor,
                    to_rfc3339(order.drafted), to_rfc3339(order.expires),
                    shorten(printable(order.reason), 40)});
  }
  fmt::print("{}", table({"指令 id", "类型 kind", "状态 state", "终端 terminal", "经办 executor",
                          "批准 supervisor", "起草 drafted", "到期 expires", "原因 reason"},
                         rows));
  if (page->total > rows.size())
    fmt::print("共 {} 条，列出 {} 条 of {} orders, {} listed\n", page->total, rows.size(),
               page->total, rows.size());
}

}  // namespace

void add_order(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const order = app.add_subcommand("order", "指令 Orders to terminals");
  order->require_subcommand(1);
  command::Verb* const listing =
      order->add_subcommand("list", "列出指令 List orders, newest first");
  listing->add_option("--order-state", options->state,
                      "状态 drafted, approved, delivered, done, partial, refused, failed, expired, "
                      "cancelled");
  listing->add_option("--kind", options->kind, "类型 release, destroy");
  listing->add_option("--terminal", options->terminal, "终端编号 Terminal id");
  listing->add_option("--text", options->text,
                      "原因、人员、主机或路径的一部分 Part of reason, person, host or path");
  listing->add_option("--limit", options->limit, "最多条数 At most")
      ->within(1, 500)
      ->capture_default_str();
  listing->add_option("--offset", options->offset, "跳过条数 Skip this many");
  listing->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  listing->callback([options, &context] { list(*options, context); });
}

}  // namespace huxin::collector::cli
