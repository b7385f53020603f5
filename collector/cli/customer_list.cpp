// authorisation and hold: lists of customers, as the two verbs that keep them.
#include <unistd.h>

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"
#include "collector/import/customer_list.hpp"
#include "collector/import/date.hpp"
#include "collector/publication.hpp"
#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLargestFile = std::size_t{16} << 20U;

struct Options {
  std::string file;
  bool add = false, replace = false, json = false;
};

/// Reads and checks the table; what is wrong is said already.
std::optional<std::vector<store::ListedCustomer>> read_rows(const Options& options,
                                                            const State& state, Time now,
                                                            Context& context) {
  const auto bytes = read_file(options.file, kLargestFile);
  if (!bytes) return context.fail(bytes.error()), std::nullopt;
  const auto key = state.keys->load("digest.key");
  if (!key) return context.fail(key.error()), std::nullopt;
  imports::CustomerTable read =
      imports::read_customers(as_bytes(*bytes), key->view(), now, imports::local_offset(now));
  if (!read.table.ok()) {
    fmt::print(stderr, "{}没有导入任何记录 Nothing was imported\n",
               read.table.render(options.file));
    context.exit = Exit::kFound;
    return std::nullopt;
  }
  std::vector<store::ListedCustomer> rows;
  rows.reserve(read.rows.size());
  for (auto& row : read.rows) rows.push_back({std::move(row.entry), std::move(row.reference)});
  return rows;
}

void say_shipped(const Result<Shipping>& shipped, Context& context) {
  if (!shipped) {
    fmt::print(stderr,
               "已导入但未下发，将在下次发布时下发 Imported but not shipped; the next publication "
               "carries it\n");
    context.fail(shipped.error());
  } else if (!shipped->serial) {
    fmt::print("尚无策略，首次发布时一并下发 No policy yet: the first publication carries it\n");
  } else if (shipped->published) {
    fmt::print("已随策略重新发布 Published with the policy again: 序号 serial {}\n",
               *shipped->serial);
  } else {
    fmt::print("终端已有同样的名单 Terminals have the same list already: 序号 serial {}\n",
               *shipped->serial);
  }
}

void import_list(store::ListKind kind, const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const Time now = SystemClock().now();
  const auto rows = read_rows(options, *state, now, context);
  if (!rows) return;
  const auto act =
      context.audit(*state, fmt::format("{} import", store::to_string(kind)), options.file,
                    fmt::format("{} rows, {}", rows->size(), options.replace ? "replace" : "add"));
  if (!act) return;
  const Status done = state->store->customer_lists().import(
      kind, *rows,
      {.time = now,
       .who = fmt::format("uid:{}", ::getuid()),
       .file = std::filesystem::path(options.file).filename().string(),
       .replaced = options.replace,
       .entries = rows->size()});
  if (!done) return context.fail(done.error());
  fmt::print("已导入 Imported: {} 行 rows\n", rows->size());
  say_shipped(ship_lists(*state->store, *state->keys, state->bundle_public_key, now), context);
}

std::string day_text(Time time) {
  if (time == Time::max()) return "长期 no end";
  // An entry ends with the midnight behind its last day, at the bank.
  return to_rfc3339(time + imports::local_offset(time) - std::chrono::milliseconds(1))
      .substr(0, 10);
}

void print_summary(const store::ListSummary& summary) {
  fmt::print(
      "客户 customers {}, 记录 entries {}: 有效 in force {}, 已过期 over {}, 未生效 to come {}\n",
      summary.customers, summary.entries, summary.in_force, summary.over, summary.to_come);
  std::vector<std::vector<std::string>> purposes;
  for (const auto& each : summary.purposes) {
    purposes.push_back({printable(each.purpose), std::to_string(each.entries),
                        std::to_string(each.in_force), day_text(each.last_end)});
  }
  fmt::print("{}", table({"用途 purpose", "记录 entries", "有效 in force", "最晚失效 last end"},
                         purposes));
  std::vector<std::vector<std::string>> imports;
  for (const auto& each : summary.imports) {
    imports.push_back({to_rfc3339(each.time), printable(each.who), printable(each.file),
                       each.replaced ? "替换 replaced" : "追加 added",
                       std::to_string(each.entries)});
  }
  fmt::print("{}",
             table({"时间 time", "操作人 who", "文件 file", "方式 how", "行数 rows"}, imports));
}

void print_json(const store::ListSummary& summary) {
  boost::json::array purposes;
  for (const auto& each : summary.purposes) {
    boost::json::value last_end = nullptr;
    if (each.last_end != Time::max()) last_end = to_rfc3339(each.last_end);
    purposes.push_back({{"purpose", each.purpose},
                        {"entries", each.entries},
                        {"in_force", each.in_force},
                        {"last_end", last_end}});
  }
  fmt::print("{}\n", boost::json::serialize(boost::json::value{{"customers", summary.customers},
                                                               {"entries", summary.entries},
                                                               {"in_force", summary.in_force},
                                                               {"over", summary.over},
                                                               {"to_come", summary.to_come},
                                                               {"purposes", std::move(purposes)}}));
}

void show_list(store::ListKind kind, const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto summary = state->store->customer_lists().summary(kind, SystemClock().now());
  if (!summary) return context.fail(summary.error());
  options.json ? print_json(*summary) : print_summary(*summary);
}

void add_list_verb(command::Verb& app, Context& context, store::ListKind kind, std::string about) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb =
      app.add_subcommand(std::string(store::to_string(kind)), std::move(about));
  verb->require_subcommand(1);
  command::Verb* const import = verb->add_subcommand(
      "import", "从 CSV 导入 Import a CSV: id_number, from, until, purpose, reference");
  import->add_option("FILE", options->file, "CSV 文件 The table")->required();
  command::Option* const add =
      import->add_flag("--add", options->add, "追加到名单（缺省） Add to the list (the default)");
  import->add_flag("--replace", options->replace, "替换整个名单 Replace the whole list")
      ->excludes(add);
  import->callback([=, &context] { import_list(kind, *options, context); });
  command::Verb* const list =
      verb->add_subcommand("list", "概况 What is on the list, and who imported");
  list->add_flag("--json", options->json, "JSON");
  list->callback([=, &context] { show_list(kind, *options, context); });
}

}  // namespace

void add_authorisation(command::Verb& app, Context& context) {
  add_list_verb(app, context, store::ListKind::kAuthorisation,
                "征信查询授权 Customers who consented to a query of their credit report");
}

void add_hold(command::Verb& app, Context& context) {
  add_list_verb(app, context, store::ListKind::kHold,
                "禁止销毁 Customers whose files are not to be destroyed");
}

}  // namespace huxin::collector::cli
