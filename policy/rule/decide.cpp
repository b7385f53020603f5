#include <algorithm>

#include "policy/rule/conditions.hpp"

namespace huxin::rule {
namespace {

constexpr std::size_t kMaxMatches = 100;    ///< matched rules in a trace; the rest is counted
constexpr std::size_t kMaxNearMisses = 20;  ///< near misses in a trace

constexpr catalog::ElementId kCreditReport{69};
constexpr catalog::ElementId kSuspiciousReport{71};

int gravity(Severity severity) {
  return severity == Severity::kNone ? 0 : 5 - static_cast<int>(severity);
}

/// How one rule fared: the conditions it failed, as far as two of them, and whether it is worth
/// telling.
struct Verdict {
  int failed = 0;
  const Condition* failing = nullptr;
};

Verdict ask(const Match& match, const View& view) {
  Verdict verdict;
  for (const auto conditions : {event_conditions(), inspection_conditions()}) {
    for (const Condition& condition : conditions) {
      if (!condition.asked(match) || condition.met(match, view)) continue;
      verdict.failing = &condition;
      if (++verdict.failed > 1) return verdict;
    }
  }
  return verdict;
}

std::string explain_all(const Match& match, const View& view) {
  std::string text;
  for (const auto conditions : {event_conditions(), inspection_conditions()}) {
    for (const Condition& condition : conditions) {
      if (!condition.asked(match)) continue;
      text += (text.empty() ? "" : "; ") + condition.explain(match, view);
    }
  }
  return text.empty() ? "matches every event" : text;
}

/// Is a rule that failed one condition worth telling of? Not for another stage or channel, nor when
/// nothing of what it looks for is there.
bool near_miss(const Verdict& verdict, const Match& match, const View& view) {
  if (verdict.failed != 1) return false;
  if (is_about_place(*verdict.failing)) return false;
  if (match.asks_content() && view.content->count(match).findings == 0) return false;
  const auto [coverage, surplus, authorisation, fingerprint] =
      std::tuple(&inspection_conditions()[1], &inspection_conditions()[2],
                 &inspection_conditions()[3], &inspection_conditions()[4]);
  if (verdict.failing == fingerprint) return !view.documents.empty();
  if (verdict.failing == authorisation) return view.authorisation != Authorisation::kNone;
  return verdict.failing != coverage && verdict.failing != surplus;
}

/// Gathers the decision over the rules.
class Tally {
 public:
  Tally(const Policy& policy, const View& view, const Summary& summary)
      : policy_(policy), view_(view), summary_(summary) {}

  void take(const Rule& rule) {
    const Verdict verdict = ask(rule.match, view_);
    if (verdict.failed == 0) {
      matched(rule);
    } else if (near_misses_ < kMaxNearMisses && near_miss(verdict, rule.match, view_)) {
      ++near_misses_;
      decision_.trace.push_back({rule.id, false, verdict.failing->explain(rule.match, view_)});
    }
  }

  Decision finish() {
    decision_.stage = view_.stage;
    decision_.authorisation = view_.authorisation;
    if (view_.profile != nullptr) decision_.profile = view_.profile->id;
    decision_.surplus.assign(view_.surplus.begin(), view_.surplus.end());
    if (winner_ != nullptr) {
      decision_.rule = winner_->id;
      decision_.zh = winner_->zh;
      decision_.en = winner_->en;
    }
    decision_.action = decision_.would;
    if (policy_.mode == Mode::kSimulate)
      decision_.action = std::min(decision_.would, Action::kAudit);
    decision_.domains.assign(domains_.begin(), domains_.end());
    decision_.clauses.assign(clauses_.begin(), clauses_.end());
    if (matches_ > kMaxMatches) {
      decision_.trace.push_back(
          {"", true, fmt::format("and {} more rules matched", matches_ - kMaxMatches)});
    }
    return std::move(decision_);
  }

 private:
  void matched(const Rule& rule) {
    if (++matches_ <= kMaxMatches)
      decision_.trace.push_back({rule.id, true, explain_all(rule.match, view_)});
    const Action action = effective(rule.action, view_.event.channel);
    Severity severity = Severity::kNone;
    if (rule.action != Action::kAllow) {
      severity = rule.severity.value_or(graded());
      decision_.record = true;
      domains_.insert(rule.domains.begin(), rule.domains.end());
      clauses_.insert(rule.clauses.begin(), rule.clauses.end());
    }
    const bool graver = gravity(severity) > gravity(winner_severity_);
    if (winner_ == nullptr || action > decision_.would || (action == decision_.would && graver)) {
      winner_ = &rule;
      winner_severity_ = severity;
      decision_.would = action;
    }
    if (gravity(severity) > gravity(decision_.severity)) decision_.severity = severity;
  }

  Severity graded() {
    static const detect::Inspection kNothing;
    if (!graded_)
      graded_ =
          grade(view_.event, summary_.inspection != nullptr ? *summary_.inspection : kNothing);
    return *graded_;
  }

  const Policy& policy_;
  const View& view_;
  const Summary& summary_;
  Decision decision_;
  const Rule* winner_ = nullptr;
  Severity winner_severity_ = Severity::kNone;
  std::optional<Severity> graded_;
  std::set<std::string> domains_, clauses_;
  std::size_t matches_ = 0;
  std::size_t near_misses_ = 0;
};

}  // namespace

Action effective(Action action, Channel channel) {
  if (action <= Action::kAudit) return action;
  switch (channel) {
    case Channel::kFile:
      return action == Action::kQuarantine ? action : Action::kAudit;
    case Channel::kRemovable:
      return action == Action::kMask ? Action::kAudit : Action::kQuarantine;
    case Channel::kClipboard:
      return std::min(action, Action::kBlock);
    case Channel::kFileOpen:
    case Channel::kNetwork:
    case Channel::kPrint:
      return Action::kBlock;
  }
  return action;
}

Decision decide(const Policy& policy, const Event& event, const Summary& summary,
                std::chrono::minutes local_offset) {
  Content content(summary.inspection, policy.inspection.min_confidence);
  View view(policy, event, local_offset);
  std::vector<catalog::ElementId> surplus;
  if (view.profile != nullptr) surplus = content.surplus(*view.profile);
  view.surplus = surplus;
  view.authorisation = summary.authorisation;
  view.content = &content;
  if (summary.inspection != nullptr) view.documents = summary.inspection->documents;
  view.coverage_reason = summary.coverage_reason;
  Tally tally(policy, view, summary);
  for (const Rule& rule : policy.rules) tally.take(rule);
  return tally.finish();
}

bool may_match(const Policy& policy, const Event& event, std::chrono::minutes local_offset) {
  const View view(policy, event, local_offset);
  return std::ranges::any_of(policy.rules, [&](const Rule& rule) {
    return rule.action != Action::kAllow &&
           std::ranges::all_of(event_conditions(), [&](const Condition& condition) {
             return !condition.asked(rule.match) || condition.met(rule.match, view);
           });
  });
}

bool asks_overdue(const Match& match) {
  return match.overdue || std::ranges::find(match.operations, "overdue") != match.operations.end();
}

Severity grade(const Event& event, const detect::Inspection& inspection) {
  const bool at_rest = event.channel == Channel::kFile;
  const bool leaving = event.channel == Channel::kNetwork || event.channel == Channel::kRemovable ||
                       event.channel == Channel::kPrint;
  const auto any = [&](auto&& fits) { return std::ranges::any_of(inspection.findings, fits); };
  const bool c3 =
      any([](const detect::Finding& finding) { return finding.level >= catalog::Level::kC3; });
  const bool c2 = c3 || any([](const detect::Finding& finding) {
                    return finding.level >= catalog::Level::kC2;
                  });
  const auto disclosed = [&](catalog::ElementId element) {
    return !at_rest &&
           any([&](const detect::Finding& finding) { return finding.element == element; });
  };
  if ((c3 && leaving) || inspection.customers >= 1000 || disclosed(kSuspiciousReport))
    return Severity::kS1;
  if (inspection.customers >= 100 || disclosed(kCreditReport)) return Severity::kS2;
  if (inspection.customers >= 10 || c3 || (c2 && at_rest)) return Severity::kS3;
  return Severity::kS4;
}

}  // namespace huxin::rule
