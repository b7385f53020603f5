#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {

void add_init(command::Verb& app, Context& context) {
  struct Options {
    std::vector<std::string> names;
    std::string organisation = "Bank";
  };
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "init", "新建采集中心 Make authority, keys, database and server certificates");
  verb->add_option("--name", options->names,
                   "服务器域名或地址 DNS names or addresses that terminals and browsers use")
      ->required();
  verb->add_option("--organisation", options->organisation,
                   "机构名称 Name in the authority's certificates")
      ->capture_default_str();
  verb->callback([options, &context] {
    const Status made =
        State::create(context.state, options->names, options->organisation, SystemClock().now());
    if (!made) return context.fail(made.error());
    const auto state = context.open();
    if (!state || !context.audit(*state, "init", context.state.string())) return;
    fmt::print("已创建 Made {}\n根密钥可离线保存 The root key may be taken offline: {}\n",
               context.state.string(), (context.state / "authority" / "root.key").string());
  });
}

}  // namespace huxin::collector::cli
