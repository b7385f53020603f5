// exact: the bank's own customers, as terminals know them.
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "collector/cli/known_text.hpp"
#include "collector/cli/mapped_table.hpp"
#include "collector/cli/progress.hpp"
#include "collector/cli/text.hpp"
#include "collector/import/customer_values.hpp"
#include "policy/base/clock.hpp"
#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

using Columns = std::vector<std::pair<std::string, catalog::ElementId>>;

struct Options {
  std::string file, out;
  std::vector<std::string> columns;
  bool skip_invalid = false, json = false;
};

struct Built {
  imports::CustomerValues values;
  Bytes file;
  std::uint64_t keys = 0;
  double seconds = 0;
};

/// Reads "身份证号=D01".
Result<Columns> columns_of(const Options& options) {
  Columns columns;
  for (const std::string& each : options.columns) {
    const std::size_t mark = each.rfind('=');
    if (mark == std::string::npos)
      return fail(Errc::kInvalid, "--columns {}: write HEADER=ELEMENT, as in 手机=D27", each);
    const auto element = catalog::element_id_from(each.substr(mark + 1));
    if (!element) return std::unexpected(element.error().within("--columns"));
    columns.emplace_back(each.substr(0, mark), *element);
  }
  return columns;
}

/// Says what is wrong in the table, a line each, on standard error.
void say(const imports::CsvTable& faults, const std::string& origin) {
  const std::string text = faults.render(printable(origin));
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t end = rest.find('\n');
    fmt::print(stderr, "{}\n", printable(rest.substr(0, end)));
    rest.remove_prefix(end + 1);
  }
}

Result<imports::CustomerValues> read_table(const Options& options, known::ExactBuilder& into) {
  const auto columns = columns_of(options);
  if (!columns) return std::unexpected(columns.error());
  const auto table = MappedTable::open(options.file);
  if (!table) return std::unexpected(table.error());
  Progress progress("读取 reading", table->bytes().size());
  auto values =
      imports::read_customer_values(table->bytes(),
                                    {.named = *columns,
                                     .skip_invalid = options.skip_invalid,
                                     .now = SystemClock().now(),
                                     .progress = [&](std::size_t done) { progress.show(done); }},
                                    *catalog::Catalog::builtin(), into);
  if (!values) return std::unexpected(values.error().within(options.file));
  return values;
}

/// Says whether there is something to build of; else what was found has been said.
bool worth_building(const imports::CustomerValues& values, std::uint64_t keys,
                    const Options& options, Context& context) {
  say(values.refused, options.file);
  if (!values.faults.ok()) {
    say(values.faults, options.file);
    fmt::print(stderr, "没有生成 Nothing was built\n");
    context.exit = Exit::kFound;
    return false;
  }
  if (keys > 0) return true;
  context.fail(
      {Errc::kInvalid,
       fmt::format("{}: no value could be taken of its {} rows; nothing was built and what "
                   "was kept stays (`exact drop` has terminals know none)",
                   options.file, values.rows)});
  return false;
}

/// Reads the table and makes the filter; what is wrong is said already.
std::optional<Built> build(const Options& options, const State& state, Context& context) {
  const auto begun = std::chrono::steady_clock::now();
  const auto key = state.keys->load("digest.key");
  if (!key) return context.fail(key.error()), std::nullopt;
  known::ExactBuilder builder(key->view());
  auto values = read_table(options, builder);
  if (!values) return context.fail(values.error()), std::nullopt;
  const std::uint64_t keys = builder.distinct();
  if (!worth_building(*values, keys, options, context)) return std::nullopt;
  Built built{.values = *std::move(values), .file = {}, .keys = keys};
  auto file = builder.build();
  if (!file) return context.fail(file.error()), std::nullopt;
  built.file = *std::move(file);
  built.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  return built;
}

boost::json::object to_json(const Built& built) {
  boost::json::array columns;
  for (const imports::ValueColumn& column : built.values.columns) {
    columns.push_back({{"header", column.header},
                       {"element", catalog::to_string(column.element)},
                       {"taken", column.taken},
                       {"left_out", column.left_out},
                       {"refused", column.refused}});
  }
  boost::json::array left_out;
  for (const std::string& header : built.values.left_out) left_out.emplace_back(header);
  return {{"rows", built.values.rows},     {"keys", built.keys},
          {"bytes", built.file.size()},    {"seconds", built.seconds},
          {"columns", std::move(columns)}, {"columns_left_out", std::move(left_out)}};
}

void print(const Built& built) {
  std::vector<std::vector<std::string>> rows;
  for (const imports::ValueColumn& column : built.values.columns) {
    rows.push_back({printable(column.header), catalog::to_string(column.element),
                    std::to_string(column.taken), std::to_string(column.left_out),
                    std::to_string(column.refused)});
  }
  fmt::print("{}", table({"列 column", "数据项 element", "取用 taken", "无值 none", "无效 refused"},
                         rows));
  fmt::print(
      "行 rows {}, 不同值 distinct values {}, 字节 bytes {}, 每值 {:.2f} bits a value, {:.1f} s\n",
      built.values.rows, built.keys, built.file.size(),
      8.0 * static_cast<double>(built.file.size()) / static_cast<double>(built.keys),
      built.seconds);
}

void build_exact(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto act = context.audit(*state, "exact build", options.file,
                                 options.out.empty() ? "publish" : "to a file");
  if (!act) return;
  const auto built = build(options, *state, context);
  if (!built) return;
  boost::json::object told = to_json(*built);
  if (!options.json) print(*built);
  if (!options.out.empty()) {
    if (const Status written = write_file_atomically(options.out, built->file, 0600); !written)
      return context.fail(written.error());
  } else {
    keep_and_ship(context, *state, store::KnownKind::kExact, built->file, options.file, built->keys,
                  options.json, told);
  }
  if (options.json) fmt::print("{}\n", boost::json::serialize(told));
}

}  // namespace

void add_exact(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb =
      app.add_subcommand("exact", "本行客户精确匹配 Know the bank's own customers on terminals");
  verb->require_subcommand(1);
  command::Verb* const building = verb->add_subcommand(
      "build", "由客户表生成并下发 Build from a table of customers, and ship it");
  building->add_option("FILE", options->file, "客户表 CSV The table")->required();
  building
      ->add_option("--columns", options->columns,
                   "表头=数据项 HEADER=ELEMENT, as in 手机=D27; else by their headers")
      ->separated_by(',');
  building->add_flag(
      "--skip-invalid", options->skip_invalid,
      "无效值再多也只略去 Leave out what is no value, however much of a column it is");
  building->add_option("--out", options->out,
                       "写入文件而不下发 Write the filter to a file and ship nothing");
  building->add_flag("--json", options->json, "JSON");
  building->callback([=, &context] { build_exact(*options, context); });
  command::Verb* const show =
      verb->add_subcommand("show", "概况 What was built, by whom, and when");
  show->add_flag("--json", options->json, "JSON");
  show->callback([=, &context] { show_build(context, store::KnownKind::kExact, options->json); });
  command::Verb* const drop =
      verb->add_subcommand("drop", "撤下 Have terminals know none any more");
  drop->callback([&context] { drop_build(context, store::KnownKind::kExact); });
}

}  // namespace huxin::collector::cli
