#include "collector/cli/order_text.hpp"

#include <array>

#include "collector/cli/text.hpp"

namespace huxin::collector::cli {
namespace {

struct Word {
  std::string_view code, zh;
};

/// "销毁 destroy"; a code that is not known here as it came.
template <std::size_t N>
std::string worded(const std::array<Word, N>& words, std::string_view code) {
  for (const Word& word : words) {
    if (word.code == code) return fmt::format("{} {}", word.zh, code);
  }
  return printable(code);
}

constexpr std::array kStates{
    Word{"drafted", "待批准"}, Word{"approved", "待送达"},  Word{"delivered", "已送达"},
    Word{"done", "已完成"},    Word{"partial", "部分完成"}, Word{"refused", "终端拒绝"},
    Word{"failed", "失败"},    Word{"expired", "已过期"},   Word{"cancelled", "已取消"}};
constexpr std::array kVerdicts{Word{"none", "无"}, Word{"unchecked", "待核验"},
                               Word{"refused", "无效"}, Word{"verified", "有效"}};
constexpr std::array kMethods{Word{"overwrite", "覆写后删除"}, Word{"unlink", "删除"}};
constexpr std::array kFates{Word{"destroyed", "已销毁"}, Word{"absent", "原已不存在"},
                            Word{"refused", "未销毁（拒绝）"}, Word{"failed", "未销毁（失败）"}};
constexpr std::array kTraces{Word{"trash", "回收站"},       Word{"autosave", "自动保存"},
                             Word{"recent", "最近使用"},    Word{"thumbnail", "缩略图"},
                             Word{"temporary", "临时文件"}, Word{"backup", "编辑器备份"},
                             Word{"copy", "同内容副本"},    Word{"lock", "锁文件"}};
constexpr std::array kResults{Word{"destroyed", "已销毁"}, Word{"reported", "仅报告"}};
constexpr std::array kClocks{Word{"delete", "可删除"}, Word{"freeze", "冻结"},
                             Word{"hold", "保全"}};

void line(std::string& out, std::string_view name, std::string_view value) {
  out += fmt::format("{}：{}\n", name, printable(value));
}

std::string item_text(const order::Item& item) {
  std::string text = fmt::format("  {}  {} 字节 bytes  {}", printable(item.path), item.bytes,
                                 worded(kFates, order::to_string(item.fate)));
  if (!item.incident.empty()) text += "  隔离区 quarantine " + printable(item.incident);
  if (!item.method.empty()) text += "  " + worded(kMethods, item.method);
  if (!item.digest.empty()) text += "  摘要 digest " + printable(item.digest);
  if (!item.note.empty()) text += "  " + printable(item.note);
  return text + '\n';
}

void add_residue(std::string& out, const order::Statement& statement) {
  if (statement.residue.empty() && statement.residue_unlisted == 0) {
    line(out, "残留 Residue", "未发现 none found");
    return;
  }
  line(out, "残留 Residue", std::to_string(statement.residue.size() + statement.residue_unlisted));
  for (const order::Residue& trace : statement.residue) {
    out += fmt::format("  {}  {}  {}\n", worded(kTraces, trace.kind), printable(trace.path),
                       worded(kResults, trace.result));
  }
  if (statement.residue_unlisted > 0)
    out += fmt::format("  另有 {} 处未列出 more, not listed\n", statement.residue_unlisted);
}

void add_clocks(std::string& out, const order::Statement& statement) {
  if (statement.clocks.empty()) return;
  line(out, "保存期限 Retention clocks", "");
  for (const order::ClockReading& clock : statement.clocks) {
    out += fmt::format("  {}  {}  {}  {}  {}\n", printable(clock.path), printable(clock.record),
                       worded(kClocks, clock.verdict), printable(clock.until),
                       printable(clock.source));
  }
}

}  // namespace

std::string kind_text(store::OrderKind kind) {
  return kind == store::OrderKind::kRelease ? "解除隔离 release" : "销毁 destroy";
}
std::string state_text(store::OrderState state) { return worded(kStates, to_string(state)); }
std::string verdict_text(store::CertificateVerdict verdict) {
  return worded(kVerdicts, to_string(verdict));
}

std::string certificate_text(const destruction::Verified& verified) {
  const order::Statement& statement = verified.statement;
  std::string out;
  line(out, "证书编号 Certificate", statement.id);
  line(out, "指令编号 Order", statement.order);
  line(out, "终端 Terminal", statement.terminal + " " + statement.hostname);
  line(out, "经办人 Executor", statement.executor);
  line(out, "监销人 Supervisor", statement.supervisor);
  line(out, "原因 Reason", statement.reason);
  line(out, "方法 Method", worded(kMethods, statement.method));
  line(out, "批准时间 Ordered", to_rfc3339(verified.order.issued));
  line(out, "销毁时间 Destroyed",
       to_rfc3339(statement.started) + " – " + to_rfc3339(statement.ended));
  line(out, "内容与结果 Content and result", std::to_string(statement.items.size()));
  for (const order::Item& item : statement.items) out += item_text(item);
  add_residue(out, statement);
  add_clocks(out, statement);
  line(out, "终端证书 Signed under", verified.terminal.sha256);
  line(out, "说明 Note", statement.note);
  return out;
}

}  // namespace huxin::collector::cli
