#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include "collector/cli/text.hpp"
#include "collector/cli/verb.hpp"

namespace huxin::collector::cli {
namespace {

struct Options {
  std::string from, to;
  store::AuditFilter filter;
  bool json = false;
};

void print_json(const store::AuditEntry& entry) {
  const store::AuditAct& act = entry.act;
  fmt::print("{}\n", boost::json::serialize(boost::json::value{{"sequence", entry.sequence},
                                                               {"time", to_rfc3339(entry.time)},
                                                               {"who", act.who},
                                                               {"origin", act.origin},
                                                               {"what", act.what},
                                                               {"target", act.target},
                                                               {"result", act.result},
                                                               {"detail", act.detail},
                                                               {"begun", act.begun},
                                                               {"hash", to_hex(entry.hash)}}));
}

std::vector<std::string> row_of(const store::AuditEntry& entry) {
  const store::AuditAct& act = entry.act;
  return {std::to_string(entry.sequence),
          to_rfc3339(entry.time),
          act.who,
          act.origin,
          act.what,
          shorten(act.target, 48),
          act.begun == 0 ? act.result : fmt::format("{} (#{})", act.result, act.begun),
          shorten(act.detail, 48)};
}

Status read_times(Options& options) {
  for (const auto& [text, field] : {std::pair{&options.from, &options.filter.from},
                                    std::pair{&options.to, &options.filter.to}}) {
    if (text->empty()) continue;
    const auto time = from_rfc3339(*text);
    if (!time) return fail(Errc::kInvalid, "{}: a time like 2026-03-01T08:30:00Z is needed", *text);
    *field = *time;
  }
  return {};
}

void list(Options& options, Context& context) {
  if (const Status read = read_times(options); !read) return context.fail(read.error());
  const auto state = context.open();
  if (!state) return;
  std::vector<std::vector<std::string>> rows;
  const Status done = state->store->audit().each(options.filter, [&](store::AuditEntry&& entry) {
    options.json ? print_json(entry) : rows.push_back(row_of(entry));
  });
  if (!done) return context.fail(done.error());
  if (options.json) return;
  fmt::print("{}", table({"序号", "时间 time", "何人 who", "来自 from", "操作 what", "对象 target",
                          "结果 result", "备注 detail"},
                         rows));
  fmt::print("{} 条 entries\n", rows.size());
}

}  // namespace

void add_audit(command::Verb& app, Context& context) {
  auto options = std::make_shared<Options>();
  command::Verb* const verb = app.add_subcommand(
      "audit", "审计日志 The audit log: everything done at the collector, oldest first");
  verb->add_flag("--json", options->json, "每行一个 JSON One JSON object a line");
  verb->add_option("--from", options->from, "起 Not before, RFC 3339");
  verb->add_option("--to", options->to, "止 Before, RFC 3339");
  verb->add_option("--who", options->filter.who, "何人 Exactly this account");
  verb->add_option("--what", options->filter.what,
                   "操作、对象或备注 Part of what, target or detail");
  verb->add_flag("--refused", options->filter.refused, "仅被拒绝或失败 Refused or failed alone");
  verb->callback([options, &context] { list(*options, context); });
}

}  // namespace huxin::collector::cli
