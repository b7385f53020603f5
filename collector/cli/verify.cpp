#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <charconv>

#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

struct Options {
  bool json = false;
  std::string head;  ///< of the audit log, noted earlier: "SEQUENCE:HASH"
};

/// What was noted of the audit log, as verify prints it.
Result<std::optional<store::Audit::Head>> read_head(const std::string& text) {
  if (text.empty()) return std::nullopt;
  store::Audit::Head head;
  const std::size_t colon = std::min(text.find(':'), text.size());
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, head.sequence);
  const auto hash = from_hex(std::string_view(text).substr(std::min(colon + 1, text.size())));
  if (error != std::errc{} || end != text.data() + colon || !hash || hash->size() != 32)
    return fail(Errc::kInvalid, "--audit-head wants SEQUENCE:HASH, as verify printed it earlier");
  head.hash = *hash;
  return head;
}

void print_json(const store::Verification& checked, const store::AuditCheck& audit) {
  boost::json::array faults;
  for (const store::ChainFault& fault : checked.faults) {
    faults.push_back({{"terminal", fault.terminal},
                      {"from", fault.from},
                      {"to", fault.to},
                      {"what", fault.what}});
  }
  const boost::json::value log{{"whole", audit.whole()}, {"entries", audit.entries},
                               {"last", audit.last},     {"head", to_hex(audit.head)},
                               {"bad", audit.bad},       {"what", audit.what}};
  fmt::print("{}\n", boost::json::serialize(
                         boost::json::value{{"whole", checked.faults.empty() && audit.whole()},
                                            {"terminals", checked.terminals},
                                            {"records", checked.records},
                                            {"heads", checked.heads},
                                            {"unreadable", checked.unreadable},
                                            {"faults", std::move(faults)},
                                            {"audit", log}}));
}

void print_text(const store::Verification& checked, const store::AuditCheck& audit) {
  for (const store::ChainFault& fault : checked.faults) {
    fmt::print("{} {}–{}: {}\n", fault.terminal, fault.from, fault.to, fault.what);
  }
  fmt::print(
      "{}：{} 台终端 terminals, {} 条记录 records, {} 个签名 head signatures, {} 处问题 faults\n",
      checked.faults.empty() ? "完整 whole" : "不完整 not whole", checked.terminals,
      checked.records, checked.heads, checked.faults.size());
  if (checked.unreadable > 0)
    fmt::print("{} 条记录内容无法读取 records could not be read\n", checked.unreadable);
  if (!audit.whole())
    fmt::print("审计日志 audit log: 首个异常条目 first bad entry {}: {}\n", audit.bad, audit.what);
  fmt::print("审计日志 audit log {}：{} 条 entries, 链头 head {}:{}\n",
             audit.whole() ? "完整 whole" : "不完整 not whole", audit.entries, audit.last,
             to_hex(audit.head));
}

void verify(const Options& options, Context& context) {
  const auto noted = read_head(options.head);
  if (!noted) return context.fail(noted.error());
  const auto state = context.open();
  if (!state) return;
  const auto checked = state->store->verify();
  if (!checked) return context.fail(checked.error());
  const auto audit = state->store->audit().verify(*noted);
  if (!audit) return context.fail(audit.error());
  options.json ? print_json(*checked, *audit) : print_text(*checked, *audit);
  if (!checked->faults.empty() || !audit->whole()) context.exit = Exit::kFound;
  // Assessed branches show when the log was last verified; the head printed is the one before this.
  if (context.exit == Exit::kDone) (void)context.audit(*state, "verify", "audit log and chains");
}

}  // namespace

void add_verify(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "verify",
      "校验全部记录链与审计日志 Re-check every chain, signature and list entry, and the audit log");
  verb->add_flag("--json", options->json, "以 JSON 输出 Print JSON");
  verb->add_option("--audit-head", options->head,
                   "先前记下的审计链头 SEQUENCE:HASH of the audit log, noted earlier");
  verb->callback([options, &context] { verify(*options, context); });
}

}  // namespace huxin::collector::cli
