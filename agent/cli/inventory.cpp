#include <boost/json.hpp>

#include "agent/cli/ask.hpp"
#include "agent/cli/display.hpp"

namespace huxin::agent::cli {
namespace {

namespace json = boost::json;

constexpr std::size_t kDue = 10, kElements = 34;

struct Options {
  bool as_json = false, overdue = false, not_inspected = false, all = false;
  std::string level, element, below;
};

std::string elements_of(const json::object& file) {
  std::string text;
  const json::value* const elements = file.if_contains("elements");
  if (!elements || !elements->is_object()) return text;
  for (const auto& [element, findings] : elements->get_object()) {
    text += fmt::format("{}{}×{}", text.empty() ? "" : " ", printable(element),
                        json::serialize(findings));
  }
  return text;
}

void print_row(const json::object& file) {
  const std::string level = text_of(file, "level");
  const std::string reason = text_of(file, "reason");
  const std::string due = text_of(file, "due");
  const std::string what = reason.empty()
                               ? elements_of(file)
                               : fmt::format("{} {}", elements_of(file), printable(reason));
  fmt::print("{:<4} {:>6} {} {} {}\n", level.empty() ? "-" : level, number_of(file, "customers"),
             fitted(due.empty() ? "-" : due.substr(0, kDue), kDue), fitted(what, kElements),
             printable(text_of(file, "path")));
}

void list(const Options& options, Context& context) {
  auto client = connect(context);
  if (!client) return context.fail(client.error());
  json::object arguments{{"overdue", options.overdue},
                         {"not_inspected", options.not_inspected},
                         {"all", options.all},
                         {"level", options.level},
                         {"element", options.element}};
  if (!options.below.empty()) arguments["below"] = path_hex(options.below);
  if (!options.as_json) {
    fmt::print("{} {} {} {} {}\n", fitted("级别", 4), fitted("客户数", 6), fitted("应删除", kDue),
               fitted("数据项×处数 elements × findings", kElements), "文件 file");
  }
  const auto answer =
      client->call("inventory", std::move(arguments), [&](const json::object& line) {
        const json::value* const file = line.if_contains("file");
        if (!file || !file->is_object()) return;
        if (options.as_json) {
          fmt::print("{}\n", json::serialize(*file));
        } else {
          print_row(file->get_object());
        }
      });
  if (!answer) return context.fail(answer.error());
  if (!options.as_json && answer->is_object())
    fmt::print("共 {0} 个文件 {0} files\n", number_of(answer->get_object(), "files"));
}

}  // namespace

void add_inventory(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "inventory", "列出盘点所得：哪些文件含有客户信息 List which files hold customer data");
  verb->add_flag("--json", options->as_json, "每个文件一行 JSON One JSON object a file and line");
  verb->add_option("--level", options->level, "最低级别 Least level: C1, C2, C3")
      ->one_of({"C1", "C2", "C3"});
  verb->add_option("--element", options->element, "含此数据项 With this data element: D01");
  verb->add_option("--below", options->below, "此目录之下 Below this folder");
  verb->add_flag("--overdue", options->overdue, "超过保存期限的 Past their deadline");
  verb->add_flag("--not-inspected", options->not_inspected,
                 "未能完整检查的 Not inspected, or not wholly");
  verb->add_flag("--all", options->all, "也列出不含客户信息的 Also files without customer data");
  verb->callback([options, &context] { list(*options, context); });
}

}  // namespace huxin::agent::cli
