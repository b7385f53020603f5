#include <boost/json/serialize.hpp>

#include <unistd.h>

#include "collector/api/assess_office.hpp"
#include "collector/assess/bulletin.hpp"
#include "collector/assess/import.hpp"
#include "collector/assess/tree.hpp"
#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"
#include "policy/base/file.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLargestTable = std::size_t{16} << 20U;

struct Options {
  std::string file, period, branch, output;
  bool json = false;
};

/// Says every fault of a table, as compilers do; nothing was imported.
void refuse(const imports::CsvTable& table, const std::string& file, Context& context) {
  fmt::print(stderr, "{}", table.render(file));
  context.fail({Errc::kInvalid, file + ": nothing was imported"});
}

void import_branches(const Options& options, Context& context) {
  const auto csv = read_file(options.file, kLargestTable);
  if (!csv) return context.fail(csv.error());
  const assess::BranchImport read = assess::read_branches(as_bytes(*csv));
  if (!read.table.ok()) return refuse(read.table, options.file, context);
  const auto state = context.open();
  if (!state) return;
  const auto act = context.audit(*state, "assess import-branches", options.file,
                                 fmt::format("{} branches", read.branches.size()));
  if (!act) return;
  const Status done = state->store->assessment().replace_branches(read.branches);
  if (!done) return context.fail(done.error());
  fmt::print("已导入机构 Imported {} branches\n", read.branches.size());
}

void import_staff(const Options& options, Context& context) {
  const auto csv = read_file(options.file, kLargestTable);
  if (!csv) return context.fail(csv.error());
  const auto state = context.open();
  if (!state) return;
  const auto branches = state->store->assessment().branches();
  if (!branches) return context.fail(branches.error());
  const assess::StaffImport read = assess::read_staff(as_bytes(*csv), *branches);
  if (!read.table.ok()) return refuse(read.table, options.file, context);
  const auto act = context.audit(*state, "assess import-staff", options.file,
                                 fmt::format("{} staff", read.staff.size()));
  if (!act) return;
  const Status done = state->store->assessment().replace_staff(read.staff);
  if (!done) return context.fail(done.error());
  fmt::print("已导入员工 Imported {} staff\n", read.staff.size());
}

/// The month asked for, without one the running one; assessed. A failure is said already.
std::optional<api::Assessed> assess_month(const Options& options, const State& state,
                                          Context& context) {
  const SystemClock clock;
  const auto period = options.period.empty()
                          ? Result<assess::Period>(assess::Period::containing(clock.now()))
                          : assess::Period::from(options.period);
  auto assessed = period ? api::Office(*state.store, clock).assess(*period)
                         : Result<api::Assessed>(std::unexpected(period.error()));
  if (assessed) return std::move(*assessed);
  context.fail(assessed.error());
  return std::nullopt;
}

void ranking(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto assessed = assess_month(options, *state, context);
  if (!assessed) return;
  std::vector<std::vector<std::string>> rows;
  for (const assess::BranchScore& score : assessed->scores) {
    const assess::BranchInput& input = *assessed->inputs.find(score.code);
    if (options.json) {
      fmt::print("{}\n", boost::json::serialize(assess::score_json(input, score, assessed->model)));
      continue;
    }
    std::vector<std::string> row{score.rank == 0 ? "-" : std::to_string(score.rank), score.code,
                                 input.branch.name, assess::points_text(score.points),
                                 score.band.empty() ? "不评级 not graded" : score.band};
    for (const assess::DomainScore& domain : score.domains)
      row.push_back(domain.share ? assess::points_text(domain.points) : "-");
    rows.push_back(std::move(row));
  }
  if (options.json) return;
  fmt::print("{} {}\n{}", assessed->inputs.period,
             assessed->closed ? "定稿 final" : "暂定 provisional",
             table({"名次 rank", "代码 code", "机构 branch", "得分 points", "等级 band",
                    "征信 credit", "支付 payment", "反洗钱 aml", "科技 it"},
                   rows));
}

std::string percent(const std::optional<assess::Share>& share) {
  return share ? assess::share_text(*share) : "无数据 no data";
}

void print_score(const assess::BranchInput& input, const assess::BranchScore& score,
                 const assess::Model& model) {
  fmt::print("{} {}：{} {}\n", printable(input.branch.code), printable(input.branch.name),
             assess::points_text(score.points),
             score.band.empty() ? "不评级 not graded" : score.band);
  std::vector<std::vector<std::string>> rows;
  for (std::size_t i = 0; i < assess::kDomains.size(); ++i) {
    const assess::DomainScore& domain = score.domains.at(i);
    const std::string name(assess::in_chinese(assess::kDomains.at(i)));
    rows.push_back({name, "合计 total", percent(domain.share),
                    fmt::format("{} / {}", assess::points_text(domain.points), domain.base)});
    rows.push_back({name, "现场检查 on site", percent(domain.on_site), ""});
    rows.push_back({name, "事后监控 monitoring", percent(domain.monitoring),
                    domain.gated ? "封顶 held down" : ""});
    for (const assess::Figure& figure : input.domains.at(i).figures) {
      const assess::FigureRule* const rule = model.figure(figure.name);
      if (rule == nullptr) continue;
      rows.push_back({name, fmt::format("  {} {}", rule->zh, rule->en),
                      percent(assess::share_of(figure, *rule)),
                      fmt::format("{} / {}", figure.numerator, figure.denominator)});
    }
  }
  fmt::print("{}", table({"领域 domain", "项 part", "得分率 share", "分子/分母 of"}, rows));
  fmt::print("扣分 deducted {}\n", assess::points_text(score.deducted));
}

void score(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto assessed = assess_month(options, *state, context);
  if (!assessed) return;
  const assess::BranchInput* const input = assessed->inputs.find(options.branch);
  if (input == nullptr) return context.fail({Errc::kNotFound, "no branch " + options.branch});
  const assess::BranchScore& found = *assessed->score(options.branch);
  if (!options.json) return print_score(*input, found, assessed->model);
  // Whoever may open the state may not thereby see what is for anti-money-laundering reviewers.
  fmt::print("{}\n", boost::json::serialize(
                         assess::tree_json(*input, found, assessed->model, {.aml = false})));
}

void bulletin(const Options& options, Context& context) {
  const auto state = context.open();
  if (!state) return;
  const auto assessed = assess_month(options, *state, context);
  if (!assessed) return;
  if (!options.branch.empty() && assessed->inputs.find(options.branch) == nullptr)
    return context.fail({Errc::kNotFound, "no branch " + options.branch});
  const std::string page = assess::bulletin(assessed->inputs, assessed->scores, assessed->model,
                                            {options.branch, assessed->closed.has_value()});
  if (options.output.empty()) {
    fmt::print("{}", page);
    return;
  }
  const Status written = write_file_atomically(options.output, as_bytes(page), 0640);
  if (!written) return context.fail(written.error());
  fmt::print(stderr, "已写入 Wrote {}\n", options.output);
}

void close(const Options& options, Context& context) {
  const auto period = assess::Period::from(options.period);
  if (!period) return context.fail(period.error());
  const auto state = context.open();
  if (!state) return;
  const auto act = context.audit(*state, "assess close", options.period);
  if (!act) return;
  const SystemClock clock;
  const auto closed =
      api::Office(*state->store, clock).close(*period, fmt::format("cli:{}", ::getuid()));
  if (!closed) return context.fail(closed.error());
  fmt::print("已月结 Closed {} 模型 model {} {}\n", closed->period, closed->model_version,
             closed->digest);
}

void add_month(command::Verb& verb, Options& options) {
  verb.add_option("--period", options.period, "月份，如 2026-03，默认本月 Month; the running one");
}

void add_json(command::Verb& verb, Options& options) {
  verb.add_flag("--json", options.json, "以 JSON 输出 Print JSON");
}

}  // namespace

void add_assess(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const assess =
      app.add_subcommand("assess", "合规考核 How well branches protect customer information");
  assess->require_subcommand(1);
  using Work = void (*)(const Options&, Context&);
  const auto add = [&](const char* name, const char* about, Work work) {
    command::Verb* const verb = assess->add_subcommand(name, about);
    verb->callback([options, &context, work] { work(*options, context); });
    return verb;
  };
  add("import-branches", "导入机构树 Replace the branch tree by a CSV table", import_branches)
      ->add_option("FILE", options->file, "CSV 表 Table")
      ->required();
  add("import-staff", "导入员工名单 Replace the staff list by a CSV table", import_staff)
      ->add_option("FILE", options->file, "CSV 表 Table")
      ->required();
  command::Verb* const listing = add("ranking", "排名 Scores of every branch in a month", ranking);
  add_month(*listing, *options);
  add_json(*listing, *options);
  command::Verb* const one =
      add("score", "得分构成 One branch's score and what it is made of", score);
  one->add_option("BRANCH", options->branch, "机构代码 Code")->required();
  add_month(*one, *options);
  add_json(*one, *options);
  command::Verb* const page =
      add("bulletin", "通报 The month's bulletin as one HTML file", bulletin);
  add_month(*page, *options);
  page->add_option("--branch", options->branch, "机构代码，默认全行 Code; without, the whole bank");
  page->add_option("--output", options->output, "写入文件，默认标准输出 File; without, printed");
  add("close", "月结 Keep what a month was scored from, for good", close)
      ->add_option("PERIOD", options->period, "月份 Month, over by now")
      ->required();
}

}  // namespace huxin::collector::cli
