#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {

void add_counters(command::Verb& app, Context& context) {
  command::Verb* const verb =
      app.add_subcommand("counters", "拒绝与异常计数 What was refused, by reason");
  verb->callback([&context] {
    const auto state = context.open();
    if (!state) return;
    const auto counters = state->store->counters();
    if (!counters) return context.fail(counters.error());
    std::vector<std::vector<std::string>> rows;
    for (const store::Counter& counter : *counters) {
      rows.push_back(
          {counter.what, std::to_string(counter.count), to_rfc3339(counter.last), counter.detail});
    }
    fmt::print("{}", table({"类别 what", "次数 count", "最近 last", "原因 detail"}, rows));
  });
}

}  // namespace huxin::collector::cli
