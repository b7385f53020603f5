// Checks of what the collector itself knows: terminals, accounts, chains, orders, the ledger.
#include <algorithm>

#include "collector/assess/evaluate_checks.hpp"

namespace huxin::assess::checks {
namespace {

constexpr auto kSilent = std::chrono::minutes(15);
constexpr auto kSixMonths = std::chrono::days(183);

std::vector<const DestructionFact*> destructions(const Branchly& branch) {
  std::vector<const DestructionFact*> found;
  if (!branch.facts().destructions) return found;
  for (const DestructionFact& order : *branch.facts().destructions) {
    if (order.branch == branch.branch()) found.push_back(&order);
  }
  return found;
}

Evidence certificate_of(const DestructionFact& order) {
  if (order.certificate.empty()) return {"order", order.order, {}, order.confidential};
  return {"certificate", order.certificate, {}, order.confidential};
}

Suggestion no_source() {
  return cannot("采集中心尚无此项的数据", "the collector has no data for this yet");
}

}  // namespace

Suggestion kept_ten_years(const Branchly& branch) {
  const auto orders = destructions(branch);
  std::vector<Evidence> refused;
  for (const DestructionFact* order : orders) {
    if (order->refused_by_term)
      refused.push_back({"order", order->order, "保管期限内 within its term", order->confidential});
  }
  if (refused.empty())
    return cannot("本月没有因期限被拒绝的销毁；请查留存报告",
                  "no destruction was refused for its term; read the retention report");
  return verdict(Verdict::kPass, "期限内的销毁均被拒绝", "destruction within its term was refused",
                 std::move(refused));
}

Suggestion early_destruction(const Branchly& branch) {
  if (!branch.facts().destructions) return no_source();
  std::vector<Evidence> done;
  for (const DestructionFact* order : destructions(branch)) {
    if (order->done) done.push_back(certificate_of(*order));
  }
  if (done.empty())
    return cannot("本月没有销毁；系统外的销毁须人工核对",
                  "nothing was destroyed by order; check destruction outside the system by hand");
  return verdict(Verdict::kPass, "每次销毁前均核对了期限与冻结",
                 "terms and holds were asked before each destruction", std::move(done));
}

Suggestion removable_media(const Branchly& branch) {
  std::vector<Evidence> watching, not_watching;
  for (const TerminalFact* terminal : branch.terminals()) {
    const auto state = terminal->channels.find("removable");
    if (state == terminal->channels.end()) continue;
    auto& side = state->second == "ok" ? watching : not_watching;
    side.push_back({"terminal", terminal->id, state->second, false});
  }
  if (watching.empty() && not_watching.empty())
    return cannot("终端不报告移动介质渠道", "terminals do not report a removable-media channel");
  if (!not_watching.empty())
    return verdict(Verdict::kFail, fmt::format("{} 台终端未监控移动介质", not_watching.size()),
                   fmt::format("{} terminal(s) do not watch removable media", not_watching.size()),
                   std::move(not_watching));
  return verdict(Verdict::kPass, "终端均监控移动介质", "all terminals watch removable media",
                 std::move(watching));
}

Suggestion agents_alive(const Branchly& branch) {
  const Facts& facts = branch.facts();
  Time newest{};
  for (const TerminalFact& each : facts.terminals) newest = std::max(newest, each.last_seen);
  std::vector<Evidence> wrong, right;
  for (const TerminalFact* terminal : branch.terminals()) {
    std::string why;
    if (terminal->last_seen == Time{}) {
      why = "从未上线 never heard";
    } else if (newest - terminal->last_seen > kSilent) {
      why = "无心跳 silent since " + to_rfc3339(terminal->last_seen);
    } else if (!facts.policy_version.empty() && terminal->policy_version != facts.policy_version) {
      why = "策略不是最新 policy not current: " + terminal->policy_version;
    } else if (!terminal->policy_error.empty()) {
      why = "策略被拒 policy refused";
    }
    auto& side = why.empty() ? right : wrong;
    side.push_back({"terminal", terminal->id, why, false});
  }
  if (wrong.empty() && right.empty())
    return verdict(Verdict::kFail, "该机构没有登记终端", "the branch has no enrolled terminal");
  if (!wrong.empty())
    return verdict(Verdict::kFail, fmt::format("{} 台终端不合格", wrong.size()),
                   fmt::format("{} terminal(s) are not alive or not current", wrong.size()),
                   std::move(wrong));
  return verdict(Verdict::kPass, fmt::format("{} 台终端在线且策略最新", right.size()),
                 fmt::format("{} terminal(s) alive, policy current", right.size()),
                 std::move(right));
}

Suggestion separate_administrators(const Branchly& branch) {
  std::vector<Evidence> wrong, right;
  for (const AccountFact& account : branch.facts().accounts) {
    if (account.disabled) continue;
    auto& side = account.fault.empty() ? right : wrong;
    side.push_back({"account", account.name,
                    account.fault.empty() ? account.roles : account.roles + ": " + account.fault,
                    false});
  }
  if (!wrong.empty())
    return verdict(Verdict::kFail, "有账户兼任互斥角色",
                   "an account holds roles that exclude each other", std::move(wrong));
  if (right.empty()) return no_source();
  return verdict(Verdict::kPass, fmt::format("{} 个账户均未兼任互斥角色", right.size()),
                 fmt::format("{} account(s), none combines the administrators", right.size()),
                 std::move(right));
}

Suggestion chains_whole(const Branchly& branch) {
  std::vector<Evidence> wrong, right;
  for (const TerminalFact* terminal : branch.terminals()) {
    const auto faults = branch.facts().chain_faults.find(terminal->id);
    const bool whole = faults == branch.facts().chain_faults.end();
    auto& side = whole ? right : wrong;
    side.push_back(
        {"terminal", terminal->id,
         whole ? std::string{} : fmt::format("{} 条记录缺失或不相接 missing", faults->second),
         false});
  }
  if (!wrong.empty())
    return verdict(Verdict::kFail, "记录链不完整", "record chains have gaps", std::move(wrong));
  if (right.empty()) return no_source();
  return verdict(Verdict::kPass, "记录链完整；签名可用 verify 命令复核",
                 "record chains are whole; `verify` re-computes their signatures",
                 std::move(right));
}

Suggestion log_audited(const Branchly& branch) {
  const auto& verified = branch.facts().log_verified;
  if (!verified)
    return cannot("没有找到审计记录的校验", "no verification of the audit log is on record");
  std::vector<Evidence> when{{"day", to_rfc3339(*verified).substr(0, 10), "verify", false}};
  const bool recent = branch.facts().until - *verified <= kSixMonths;
  return verdict(recent ? Verdict::kPass : Verdict::kFail, "最近一次校验", "last verification",
                 std::move(when));
}

Suggestion expired_extracts(const Branchly& branch) {
  if (!branch.facts().inventories) return no_source();
  std::vector<Evidence> overdue, clean;
  for (const InventoryFact& run : *branch.facts().inventories) {
    if (run.branch != branch.branch()) continue;
    auto& side = run.overdue > 0 ? overdue : clean;
    side.push_back({"terminal", run.terminal, fmt::format("逾期 overdue {}", run.overdue), false});
  }
  if (overdue.empty() && clean.empty())
    return cannot("本月没有终端扫描", "no discovery run was reported this month");
  if (!overdue.empty())
    return verdict(Verdict::kFail, "有逾期未清除的副本", "copies past their deadline remain",
                   std::move(overdue));
  return verdict(Verdict::kPass, "没有逾期副本", "no copy is past its deadline", std::move(clean));
}

Suggestion certificates(const Branchly& branch) {
  if (!branch.facts().destructions) return no_source();
  std::vector<Evidence> wrong, right;
  for (const DestructionFact* order : destructions(branch)) {
    if (!order->done) continue;
    const bool good = order->two_people && order->residue_clean && !order->certificate.empty();
    (good ? right : wrong).push_back(certificate_of(*order));
  }
  if (wrong.empty() && right.empty())
    return cannot("本月没有销毁证书", "there is no destruction certificate this month");
  if (!wrong.empty())
    return verdict(Verdict::kFail, "有销毁没有证书、两人签署或残留",
                   "a destruction lacks its certificate, its second person, or left residue",
                   std::move(wrong));
  return verdict(Verdict::kPass, "证书均由两人签署，复扫无残留",
                 "certificates name two people, and the re-scan found nothing", std::move(right));
}

Suggestion cryptography(const Branchly&) {
  return verdict(
      Verdict::kFail,
      "护信使用 TLS 1.3、AES-256-GCM、SHA-256、ECDSA "
      "P-256、Ed25519，均非国家批准的商用密码（SM2/SM3/SM4）",
      "Huxin uses TLS 1.3, AES-256-GCM, SHA-256, ECDSA P-256 and Ed25519; none is an approved "
      "commercial algorithm (SM2, SM3, SM4)");
}

Suggestion past_findings(const Branchly& branch) {
  const Facts& facts = branch.facts();
  std::vector<Evidence> late, fixed, open;
  for (const Rectification& entry : facts.rectifications) {
    if (entry.branch != branch.branch()) continue;
    const bool was_open = !entry.closed || *entry.closed >= facts.period.begin();
    const Evidence evidence{"rectification", std::to_string(entry.id), day_text(entry.due), false};
    if (entry.late(facts.until) && was_open) {
      late.push_back(evidence);
    } else {
      (entry.closed ? fixed : open).push_back(evidence);
    }
  }
  if (!late.empty())
    return verdict(Verdict::kFail, fmt::format("{} 项整改逾期", late.size()),
                   fmt::format("{} rectification(s) overdue", late.size()), std::move(late));
  if (fixed.empty() && open.empty())
    return verdict(Verdict::kNotApplicable, "没有以往问题", "there are no past findings");
  if (fixed.empty()) return cannot("整改均未到期", "no rectification is due yet");
  return verdict(Verdict::kPass, "以往问题均按期整改", "past findings were fixed on time",
                 std::move(fixed));
}

}  // namespace huxin::assess::checks
