#include "certs/seal.hpp"
#include "collector/cli/verb.hpp"
#include "collector/publication.hpp"
#include "policy/base/file.hpp"
#include "policy/bundle/bundle.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/rule/load.hpp"

namespace huxin::collector::cli {
namespace {

constexpr std::size_t kLargestPem = std::size_t{64} << 10U;

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

Result<std::vector<Bytes>> read_certificates(const std::vector<std::string>& files) {
  std::vector<Bytes> all;
  for (const std::string& file : files) {
    const auto pem = read_file(file, kLargestPem);
    if (!pem) return std::unexpected(pem.error());
    auto der = certs::certificate_from_pem(*pem);
    if (!der) return std::unexpected(der.error().within(file));
    all.push_back(std::move(*der));
  }
  return all;
}

/// Puts the reviewers in: those named, else those of the bundle in force.
Status add_reviewers(State& state, const Options& options, bundle::Contents& contents) {
  auto officers = read_certificates(options.officers);
  if (!officers) return std::unexpected(officers.error());
  auto reviewers = read_certificates(options.reviewers);
  if (!reviewers) return std::unexpected(reviewers.error());
  contents.officers = std::move(*officers);
  contents.reviewers = std::move(*reviewers);
  if (contents.officers.empty() && contents.reviewers.empty()) {
    const auto current = state.store->current_bundle();
    if (!current) return std::unexpected(current.error());
    if (!*current) return {};
    auto before = bundle::verify((*current)->bundle, state.bundle_public_key, 0);
    if (!before) return std::unexpected(before.error().within("the bundle in force"));
    contents.officers = std::move(before->officers);
    contents.reviewers = std::move(before->reviewers);
  }
  if (contents.officers.empty() && contents.reviewers.empty()) return {};
  const auto sealer = certs::Sealer::make(contents.officers, contents.reviewers);
  if (!sealer) return std::unexpected(sealer.error());
  return {};
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
  Status done = add_reviewers(*state, options, contents);
  if (!done) return context.fail(done.error());
  const auto published =
      publish(*state->store, *state->keys, std::move(contents), SystemClock().now());
  if (!published) return context.fail(published.error());
  fmt::print(
      "已发布 Published: 版本 version {}, 序号 serial {}, 取证公钥 officers {}, 复核公钥 reviewers "
      "{}\n",
      published->version, published->serial, published->officers.size(),
      published->reviewers.size());
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

void add_policy(CLI::App& app, Context& context) {
  auto options = std::make_shared<Options>();
  CLI::App* const policy = app.add_subcommand("policy", "策略 Policies");
  policy->require_subcommand(1);
  CLI::App* const checking =
      policy->add_subcommand("check", "检查策略文件 Check a policy and say where it is wrong");
  CLI::App* const publishing =
      policy->add_subcommand("publish", "签名并发布策略 Sign a policy and have terminals take it");
  for (CLI::App* const verb : {checking, publishing}) {
    verb->add_option("FILE", options->file, "策略 YAML The policy")->required();
    verb->add_option("--catalog", options->catalog,
                     "数据项目录 YAML A catalogue; else the builtin one");
  }
  publishing->add_option("--officer", options->officers,
                         "安全员证书 PEM; 缺省沿用 Officers' certificates; else those in force");
  publishing->add_option("--reviewer", options->reviewers,
                         "复核人证书 PEM Second reviewers' certificates");
  checking->callback([options, &context] {
    if (read_sources(*options, context)) fmt::print("可用 Fit for use\n");
  });
  publishing->callback([options, &context] { publish_policy(*options, context); });
}

}  // namespace huxin::collector::cli
