#include "certs/token.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {

void add_token(command::Verb& app, Context& context) {
  struct Options {
    std::string branch;
    unsigned hours = 24;
  };
  auto options = std::make_shared<Options>();
  command::Verb* const token = app.add_subcommand("token", "登记令牌 Enrolment tokens");
  token->require_subcommand(1);
  command::Verb* const create =
      token->add_subcommand("create", "新建一次性令牌 Make a token for one terminal; printed once");
  create->add_option("--branch", options->branch, "网点 Branch of the terminal")->required();
  create->add_option("--hours", options->hours, "有效小时数 How long it is good")
      ->within(1, 24 * 90)
      ->capture_default_str();
  create->callback([options, &context] {
    const auto state = context.open();
    if (!state) return;
    const certs::Token made = certs::make_token(state->authority->root());
    const Time expires = SystemClock().now() + std::chrono::hours(options->hours);
    const auto act = context.audit(*state, "token create", options->branch);
    if (!act) return;
    const Status kept = state->store->add_token(made.digest, options->branch, expires);
    if (!kept) return context.fail(kept.error());
    fmt::print("{}\n", made.text);
  });
}

}  // namespace huxin::collector::cli
