#include <boost/json.hpp>

#include "agent/cli/ask.hpp"
#include "agent/cli/display.hpp"

namespace huxin::agent::cli {
namespace {

namespace json = boost::json;

void list(bool as_json, Context& context) {
  auto client = connect(context);
  if (!client) return context.fail(client.error());
  const auto answer = client->call("quarantine_list", {}, [&](const json::object& line) {
    const json::value* const value = line.if_contains("file");
    if (!value || !value->is_object()) return;
    if (as_json) {
      fmt::print("{}\n", json::serialize(*value));
      return;
    }
    const json::object& file = value->get_object();
    fmt::print("{} {:>10} {}\n", printable(text_of(file, "id")), number_of(file, "bytes"),
               printable(text_of(file, "path")));
  });
  if (!answer) return context.fail(answer.error());
  if (!as_json && answer->is_object()) {
    fmt::print("隔离区共 {0} 个文件 {0} files in quarantine\n",
               number_of(answer->get_object(), "files"));
  }
}

}  // namespace

void add_quarantine(command::Verb& app, Context& context) {
  command::Verb* const verb =
      app.add_subcommand("quarantine", "隔离区 What is in quarantine on this terminal");
  verb->require_subcommand(1);
  command::Verb* const list_verb =
      verb->add_subcommand("list", "列出被隔离的文件 List what the vault holds");
  auto as_json = std::make_shared<bool>(false);
  list_verb->add_flag("--json", *as_json, "每个文件一行 JSON One JSON object a file and line");
  list_verb->callback([as_json, &context] { list(*as_json, context); });
  command::Verb* const release_verb = verb->add_subcommand(
      "release", "不能在终端上放行，须由安全员下达指令 Refused here: an officer's order releases");
  auto id = std::make_shared<std::string>();
  release_verb->add_option("ID", *id, "文件编号 As list shows it")->required();
  release_verb->callback([id, &context] {
    context.fail(
        {Errc::kDenied,
         "只有安全员在采集中心下达、经复核的放行指令才能取出隔离文件。a quarantined file is "
         "released by an officer's order at the collector, which this terminal verifies "
         "and carries out; nobody releases one by hand"});
  });
}

}  // namespace huxin::agent::cli
