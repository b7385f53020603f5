#include "collector/cli/recipients.hpp"
#include "collector/cli/verb.hpp"
#include "collector/publication.hpp"
#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/rule/load.hpp"

namespace huxin::collector::cli {
namespace {

struct Options {
  std::string file, catalog;
  std::vector<std::string> officers, reviewers;
};

struct Sources {
  std::string policy, catalog, version;
};

/// Reads and checks both sources; says what is wrong with them. nullopt: not fit for terminals.
std::optional<Sources> read_sources(const Options& options, Context& context) {
  Sources sources;
  auto policy = read_file(options.file);
  if (!policy) return context.fail(policy.error()), std::nullopt;
  sources.policy = std::move(*policy);
  auto catalog = catalog::Catalog::builtin();
  if (!options.catalog.empty()) {
    auto text = read_file(options.catalog);
    if (!text) return context.fail(text.error()), std::nullopt;
    auto parsed = catalog::Catalog::parse(*text, options.catalog);
    if (!parsed) return context.fail(parsed.error()), std::nullopt;
    catalog = *parsed;
    sources.catalog = std::move(*text);
  }
  const rule::LoadReport report = rule::load_policy(sources.policy, options.file, *catalog);
  fmt::print(stderr, "{}", report.render(sources.policy, options.file));
  if (!report.ok()) {
    context.exit = Exit::kFound;
    return std::nullopt;
  }
  sources.version = report.policy->version;
  return sources;
}

void publish_policy(const Options& options, Context& context) {
  auto sources = read_sources(options, context);
  if (!sources) return;
  auto state = context.open();
  if (!state) return;
  bundle::Contents contents;
  contents.policy = std::move(sources->policy);
  contents.catalog = std::move(sources->catalog);
  contents.version = std::move(sources->version);
  const auto act = context.audit(*state, "policy publish", options.file, contents.version);
  if (!act) return;
  auto recipients = choose_recipients(*state, options.officers, options.reviewers);
  if (!recipients) return context.fail(recipients.error());
  contents.officers = std::move(recipients->officers);
  contents.reviewers = std::move(recipients->reviewers);
  const auto published =
      publish(*state->store, *state->keys, std::move(contents), SystemClock().now());
  if (!published) return context.fail(published.error());
  fmt::print(
      "已发布 Published: 版本 version {}, 序号 serial {}, 取证公钥 officers {}, 复核公钥 reviewers "
      "{}\n",
      published->version, published->serial, published->officers.size(),
      published->reviewers.size());
  fmt::print("{}\n", recipients->report);
  if (!published->officers.empty() && published->reviewers.empty()) {
    fmt::print(
        stderr,
        "没有复核人公钥：安全员一人即可开启证据 No second reviewer's certificate: one officer "
        "alone can open evidence\n");
  }
  if (published->officers.empty()) {
    fmt::print(stderr,
               "没有安全员公钥：终端不会封存证据 No officer's certificate: terminals will seal no "
               "evidence\n");
  }
}

}  // namespace

void add_policy(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const policy = app.add_subcommand("policy", "策略 Policies");
  policy->require_subcommand(1);
  command::Verb* const checking =
      policy->add_subcommand("check", "检查策略文件 Check a policy and say where it is wrong");
  command::Verb* const publishing =
      policy->add_subcommand("publish", "签名并发布策略 Sign a policy and have terminals take it");
  for (command::Verb* const verb : {checking, publishing}) {
    verb->add_option("FILE", options->file, "策略 YAML The policy")->required();
    verb->add_option("--catalog", options->catalog,
                     "数据项目录 YAML A catalogue; else the builtin one");
  }
  publishing->add_option("--officer", options->officers,
                         "安全员证书 PEM; 缺省用已登记密钥 Officers' certificates; else the keys "
                         "registered in the console, else those in force");
  publishing->add_option("--reviewer", options->reviewers,
                         "复核人证书 PEM Second reviewers' certificates");
  checking->callback([options, &context] {
    if (read_sources(*options, context)) fmt::print("可用 Fit for use\n");
  });
  publishing->callback([options, &context] { publish_policy(*options, context); });
}

}  // namespace huxin::collector::cli
