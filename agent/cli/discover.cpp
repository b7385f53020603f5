#include <csignal>

#include <boost/json.hpp>

#include "agent/cli/ask.hpp"
#include "agent/cli/display.hpp"
#include "agent/cli/progress.hpp"

namespace huxin::agent::cli {
namespace {

namespace json = boost::json;

struct Options {
  std::vector<std::string> paths;
  bool as_json = false, resume = false;
};

/// The call that Ctrl-C ends; the agent then stops the run and still says what it found.
const control::Client* interrupted_call = nullptr;

void end_call(int) {
  if (interrupted_call != nullptr) interrupted_call->end();
}

void print_counts(const json::object& sum, std::string_view name, std::string_view title) {
  const json::value* const counts = sum.if_contains(name);
  if (!counts || !counts->is_object() || counts->get_object().empty()) return;
  fmt::print("  {}", title);
  for (const auto& [key, count] : counts->get_object())
    fmt::print(" {} {};", printable(key), json::serialize(count));
  fmt::print("\n");
}

bool complete(const json::object& sum) {
  const json::value* const flag = sum.if_contains("complete");
  return flag && flag->is_bool() && flag->get_bool();
}

void print_sum(const json::object& sum) {
  const std::uint64_t files = number_of(sum, "files");
  const std::uint64_t unchanged = number_of(sum, "unchanged");
  fmt::print(
      "共 {0} 个文件：{1} 个含客户信息，{2} 个自上次以来未变；超期副本 {3} 个\n"
      "{0} files: {1} with customer data, {2} unchanged since an earlier run; {3} copies overdue\n",
      files, number_of(sum, "with_findings"), unchanged, number_of(sum, "overdue"));
  print_counts(sum, "levels", "级别 levels:");
  print_counts(sum, "elements", "数据项 elements:");
  print_counts(sum, "not_inspected", "未检查 not inspected:");
  if (!complete(sum)) fmt::print("已停止，可用 --resume 继续 stopped; --resume goes on\n");
}

void discover(const Options& options, Context& context) {
  auto client = connect(context);
  if (!client) return context.fail(client.error());
  json::object arguments{{"resume", options.resume}};
  json::array folders;
  for (const std::string& path : options.paths) folders.emplace_back(path_hex(path));
  if (!folders.empty()) arguments["folders"] = std::move(folders);

  interrupted_call = &*client;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) std::signal(signal, end_call);
  Progress progress(1, !options.as_json);
  const auto answer = client->call("discover", std::move(arguments), [&](const json::object& line) {
    if (options.as_json) {
      fmt::print("{}\n", json::serialize(line));
      std::fflush(stdout);
    } else {
      progress.show(number_of(line, "files"), number_of(line, "total"),
                    printable(text_of(line, "path")));
    }
  });
  progress.hide();
  interrupted_call = nullptr;
  if (!answer) return context.fail(answer.error());
  if (options.as_json) {
    fmt::print("{}\n", json::serialize(*answer));
  } else if (answer->is_object()) {
    print_sum(answer->get_object());
  }
  if (answer->is_object() && !complete(answer->get_object())) context.exit = Exit::kFound;
}

}  // namespace

void add_discover(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "discover",
      "盘点本机存量客户信息（由运行中的代理执行） Find what customer data lies on this terminal; "
      "the running agent does it");
  verb->add_option("PATH", options->paths,
                   "目录；缺省为策略所列 Folders; those of the policy if none is named");
  verb->add_flag("--json", options->as_json,
                 "每行一个 JSON：进度，最后为汇总 JSON lines: progress, then the summary");
  verb->add_flag("--resume", options->resume,
                 "继续上次未完成的盘点 Go on with the last run that did not reach its end")
      ->excludes("PATH");
  verb->callback([options, &context] { discover(*options, context); });
}

}  // namespace huxin::agent::cli
