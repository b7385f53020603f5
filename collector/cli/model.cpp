#include <unistd.h>

#include "collector/api/assess_office.hpp"
#include "collector/assess/item.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"
#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLongestVersion = 64;

struct Options {
  std::string file, from, kind;
};

/// A file that was read and holds.
struct Rules {
  std::string kind, version, about, text;
};

/// The list of items has the key `items`, the scoring model has not.
bool is_items(std::string_view text) {
  return text.starts_with("items:") || text.contains("\nitems:");
}

Result<Rules> parse(std::string text, const std::string& file) {
  Rules rules{"model", {}, {}, std::move(text)};
  if (is_items(rules.text)) {
    const auto items = assess::Items::parse(rules.text, file);
    if (!items) return std::unexpected(items.error());
    rules.kind = "items";
    rules.version = items->version();
    rules.about = fmt::format("检查项目 items, {} 项", items->all().size());
  } else {
    const auto model = assess::Model::parse(rules.text, file);
    if (!model) return std::unexpected(model.error());
    rules.version = model->version;
    rules.about = fmt::format("评分模型 scoring model, {} 项指标 figures", model->figures.size());
  }
  if (rules.version.empty() || rules.version.size() > kLongestVersion)
    return fail(Errc::kInvalid, "{}: a version has 1 to {} bytes", file, kLongestVersion);
  return rules;
}

/// The shipped version's name is taken, unless the text is the shipped one.
Status refuse_shipped(const Rules& rules) {
  const bool items = rules.kind == "items";
  const std::string_view shipped = items ? assess::Items::builtin().version()
                                         : std::string_view(assess::Model::builtin().version);
  const std::string_view text =
      items ? assess::Items::builtin_text() : assess::Model::builtin_text();
  if (rules.version != shipped || rules.text == text) return {};
  return fail(
      Errc::kExists,
      "版本号 {} 属于自带的一版，请另起版本号; version {} is the one that the program comes "
      "with: give yours another",
      shipped, shipped);
}

/// Reads and checks the file; says what is wrong with it.
std::optional<Rules> read(const Options& options, Context& context) {
  auto text = read_file(options.file, assess::kLargestYaml);
  if (!text) return context.fail(text.error()), std::nullopt;
  auto rules = parse(std::move(*text), options.file);
  const Status own = rules ? refuse_shipped(*rules) : Status{};
  if (rules && own) return std::move(*rules);
  fmt::print(stderr, "{}\n", rules ? own.error().context : rules.error().context);
  context.exit = Exit::kFound;
  return std::nullopt;
}

void check(const Options& options, Context& context) {
  if (const auto rules = read(options, context))
    fmt::print("可用 Fit for use: {}, 版本 version {}\n", rules->about, printable(rules->version));
}

/// From the running month on, or a later one: what was scored stays under what it was scored by.
Result<assess::Period> wanted_month(const std::string& from, Time now) {
  const assess::Period running = assess::Period::containing(now);
  if (from.empty()) return running;
  const auto period = assess::Period::from(from);
  if (!period) return period;
  if (*period < running)
    return fail(Errc::kInvalid,
                "{} 已过，只能自 {} 起启用; {} is over: it can be in force from {} on", from,
                running.text(), from, running.text());
  return period;
}

void publish(const Options& options, Context& context) {
  const auto rules = read(options, context);
  if (!rules) return;
  const Time now = SystemClock().now();
  const auto from = wanted_month(options.from, now);
  if (!from) return context.fail(from.error());
  const auto state = context.open();
  if (!state) return;
  const auto act =
      context.audit(*state, "model publish", options.file,
                    fmt::format("{} {} from {}", rules->kind, rules->version, from->text()));
  if (!act) return;
  const Status done = state->store->assessment().put_in_force(
      {rules->kind, rules->version, from->text(), fmt::format("cli:{}", ::getuid()), now},
      rules->text);
  if (!done) return context.fail(done.error());
  fmt::print("已发布 Published: {}, 版本 version {}, 自 from {}\n", rules->about,
             printable(rules->version), from->text());
}

void list(const Options&, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto all = state->store->assessment().in_force();
  if (!all) return context.fail(all.error());
  std::vector<std::vector<std::string>> rows{
      {"items", assess::Items::builtin().version(), "自带 shipped", "", ""},
      {"model", assess::Model::builtin().version, "自带 shipped", "", ""}};
  for (const store::RulesInForce& each : *all)
    rows.push_back({each.kind, printable(each.version), each.from, each.by, to_rfc3339(each.time)});
  fmt::print("{}", table({"种类 kind", "版本 version", "起用 from", "何人 by", "时间 time"}, rows));
}

void show(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const SystemClock clock;
  api::Office office(*state->store, clock);
  const auto now = assess::Period::containing(clock.now());
  const bool items = options.kind == "items";
  std::string version;
  if (items) {
    const auto found = office.items_for(now);
    if (!found) return context.fail(found.error());
    version = found->version();
  } else {
    const auto found = office.model_for(now);
    if (!found) return context.fail(found.error());
    version = found->version;
  }
  const auto kept = state->store->assessment().data(options.kind, version);
  if (!kept) return context.fail(kept.error());
  const std::string_view shipped =
      items ? assess::Items::builtin_text() : assess::Model::builtin_text();
  fmt::print("{}", *kept ? std::string_view(**kept) : shipped);
}

}  // namespace

void add_model(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const model =
      app.add_subcommand("model", "考核依据 What branches are assessed by: items and scoring");
  model->require_subcommand(1);
  using Work = void (*)(const Options&, Context&);
  const auto add = [&](const char* name, const char* about, Work work) {
    command::Verb* const verb = model->add_subcommand(name, about);
    verb->callback([options, &context, work] { work(*options, context); });
    return verb;
  };
  const auto add_file = [&](command::Verb& verb) {
    verb.add_option("FILE", options->file, "检查项目或评分模型 YAML The items, or the model")
        ->required();
  };
  add_file(*add("check", "检查文件 Check a file and say where it is wrong", check));
  command::Verb* const publishing =
      add("publish", "启用新版本 Keep a version and use it from a month on", publish);
  add_file(*publishing);
  publishing->add_option("--from", options->from,
                         "起用月份，默认本月 The first month; the running one");
  add("list", "各版本 Every version and the month it is used from", list);
  add("show", "打印现行文本 Print the text in force, to begin one's own with", show)
      ->add_option("KIND", options->kind, "items 或 or model")
      ->required()
      ->one_of({"items", "model"});
}

}  // namespace huxin::collector::cli
