#include <boost/json.hpp>

#include "agent/cli/verb.hpp"
#include "agent/status_board.hpp"

namespace huxin::agent::cli {
namespace {

namespace json = boost::json;

struct Options {
  bool as_json = false, ready = false;
  std::string channel;
};

/// A channel's state, with a word of Chinese before it where it is one of ours.
std::string told(std::string_view state) {
  if (state == "ok") return "正常 ok";
  if (state == "off") return "未启用 off";
  if (state == "no session") return "无桌面会话 no session";
  if (state.starts_with("degraded")) return fmt::format("部分失效 {}", state);
  return fmt::format("异常 {}", state);
}

void print_table(const json::object& status) {
  fmt::print("代理 agent {}   策略 policy {}   进程 process {}\n",
             status.at("version").get_string(), status.at("policy").get_string(),
             json::serialize(status.at("pid")));
  for (const auto& [channel, state] : status.at("channels").get_object()) {
    fmt::print("  {:<10} {}\n", std::string_view(channel),
               told(std::string_view(state.get_string())));
  }
  for (const auto& [kind, count] : status.at("losses").get_object()) {
    if (json::serialize(count) != "0")
      fmt::print("  {}: {}\n", std::string_view(kind), json::serialize(count));
  }
}

void show(const Options& options, Context& context) {
  State state;
  state.root = context.state;
  const Result<std::string> text = read_status(state);
  if (!text) {
    if (options.ready)
      context.exit = Exit::kFound;
    else
      context.fail(text.error());
    return;
  }
  const json::object status = json::parse(*text).get_object();
  if (!options.channel.empty()) {
    const json::value* const value =
        status.at("channels").get_object().if_contains(options.channel);
    const bool watched = value && value->is_string() && value->get_string() == "ok";
    context.exit = watched ? Exit::kDone : Exit::kFound;
  } else if (options.as_json) {
    fmt::print("{}\n", *text);
  } else if (!options.ready) {
    print_table(status);
  }
}

}  // namespace

void add_status(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb =
      app.add_subcommand("status", "本终端的运行状态 What the running agent says of itself");
  verb->add_flag("--json", options->as_json, "输出 JSON Print JSON");
  verb->add_flag("--ready", options->ready,
                 "不输出；运行中退出码为 0，否则为 1 Print nothing; exit 0 when it runs, else 1");
  verb->add_option(
      "--channel", options->channel,
      "不输出；该通道受监测时退出码为 0，否则为 1 Exit 0 when this channel is watched, else 1");
  verb->callback([options, &context] { show(*options, context); });
}

}  // namespace huxin::agent::cli
