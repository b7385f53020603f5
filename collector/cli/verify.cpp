#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

void print_json(const store::Verification& checked) {
  boost::json::array faults;
  for (const store::ChainFault& fault : checked.faults) {
    faults.push_back({{"terminal", fault.terminal},
                      {"from", fault.from},
                      {"to", fault.to},
                      {"what", fault.what}});
  }
  fmt::print("{}\n", boost::json::serialize(boost::json::value{{"whole", checked.faults.empty()},
                                                               {"terminals", checked.terminals},
                                                               {"records", checked.records},
                                                               {"heads", checked.heads},
                                                               {"unreadable", checked.unreadable},
                                                               {"faults", std::move(faults)}}));
}

void print_text(const store::Verification& checked) {
  for (const store::ChainFault& fault : checked.faults) {
    fmt::print("{} {}–{}: {}\n", fault.terminal, fault.from, fault.to, fault.what);
  }
  fmt::print(
      "{}：{} 台终端 terminals, {} 条记录 records, {} 个签名 head signatures, {} 处问题 faults\n",
      checked.faults.empty() ? "完整 whole" : "不完整 not whole", checked.terminals,
      checked.records, checked.heads, checked.faults.size());
  if (checked.unreadable > 0)
    fmt::print("{} 条记录内容无法读取 records could not be read\n", checked.unreadable);
}

}  // namespace

void add_verify(CLI::App& app, Context& context) {
  auto json = std::make_shared<bool>(false);
  CLI::App* const verb =
      app.add_subcommand("verify", "校验全部记录链 Re-check every chain, signature and list entry");
  verb->add_flag("--json", *json, "以 JSON 输出 Print JSON");
  verb->callback([json, &context] {
    const auto state = context.open();
    if (!state) return;
    const auto checked = state->store->verify();
    if (!checked) return context.fail(checked.error());
    *json ? print_json(*checked) : print_text(*checked);
    if (!checked->faults.empty()) context.exit = Exit::kFound;
  });
}

}  // namespace huxin::collector::cli
