#include "collector/assess/inputs.hpp"

#include <algorithm>

namespace huxin::assess {
namespace {

bool is_finding(const Answer& answer) {
  return answer.verdict == Verdict::kFail || answer.verdict == Verdict::kPartial;
}

/// Gathers for one branch.
class Gathering {
 public:
  Gathering(const Facts& facts, const Model& model, const ItemsOf& items, const Branch& branch)
      : facts_(facts), model_(model), items_(items), branch_(branch) {}

  BranchInput input() {
    BranchInput input;
    input.branch = branch_;
    BranchFigures figures = measure(facts_, branch_.code, model_);
    for (const Domain domain : kDomains) {
      const auto at = static_cast<std::size_t>(domain);
      input.domains.at(at).domain = domain;
      input.domains.at(at).figures = std::move(figures.at(at));
      add_answers(input.domains.at(at));
    }
    add_cases(input);
    add_repeated(input);
    add_marks(input);
    return input;
  }

 private:
  bool inspected(const Inspection& visit, Domain domain) const {
    return visit.branch == branch_.code &&
           std::ranges::find(visit.domains, domain) != visit.domains.end();
  }

  const Inspection* newest(Domain domain) const {
    const Period oldest = facts_.period.before(model_.on_site_months - 1);
    const Inspection* best = nullptr;
    for (const Inspection& visit : facts_.inspections) {
      if (!inspected(visit, domain) || visit.period > facts_.period || visit.period < oldest)
        continue;
      if (best == nullptr || std::pair(visit.period, visit.id) > std::pair(best->period, best->id))
        best = &visit;
    }
    return best;
  }

  void add_answers(DomainInput& input) const {
    const Inspection* const visit = newest(input.domain);
    const Items* const items = visit == nullptr ? nullptr : items_(visit->items_version);
    if (items == nullptr) return;
    input.inspection = visit->id;
    for (const Item& item : items->all()) {
      const Answer* const answer = item.belongs(input.domain) ? visit->answer(item.id) : nullptr;
      if (answer == nullptr) continue;
      input.answers.push_back({item.id, item.weight, item.zh, item.en, answer->verdict,
                               answer->note, visit->id, answer->id, answer->evidence});
    }
  }

  void add_cases(BranchInput& input) const {
    if (!facts_.cases) return;
    for (const CaseFact& one : *facts_.cases) {
      const bool counts =
          one.branch == branch_.code && one.confirmed && facts_.period.contains(*one.confirmed);
      const std::string kind = fmt::format("s{}", one.severity);
      const DeductionRule* const rule = model_.deduction(kind);
      if (!counts || rule == nullptr || rule->source != "case") continue;
      input.deductions.push_back({kind, {}, {{"case", one.id, {}, one.confidential}}});
    }
  }

  /// A finding of this month's inspection that the branch's inspection of an earlier month had too.
  void add_repeated(BranchInput& input) const {
    const DeductionRule* const rule = model_.deduction("repeat_finding");
    if (rule == nullptr || rule->source != "inspection") return;
    for (const Inspection& visit : facts_.inspections) {
      if (visit.branch != branch_.code || visit.period != facts_.period) continue;
      const Items* const items = items_(visit.items_version);
      if (items == nullptr) continue;
      for (const Item& item : items->all()) {
        const Answer* const now = visit.answer(item.id);
        const Answer* const then = now == nullptr ? nullptr : earlier(visit, item.id);
        if (then == nullptr || !is_finding(*now) || !is_finding(*then)) continue;
        input.deductions.push_back({"repeat_finding",
                                    fmt::format("{} {}", item.id, item.zh),
                                    {{"inspection", std::to_string(visit.id), {}, false}}});
      }
    }
  }

  const Answer* earlier(const Inspection& than, int item) const {
    const Answer* found = nullptr;
    std::uint64_t best = 0;
    for (const Inspection& visit : facts_.inspections) {
      if (visit.branch != branch_.code || visit.period >= than.period || visit.id <= best) continue;
      const Answer* const answer = visit.answer(item);
      if (answer == nullptr) continue;
      found = answer;
      best = visit.id;
    }
    return found;
  }

  void add_marks(BranchInput& input) const {
    for (const Mark& mark : facts_.marks) {
      if (mark.branch != branch_.code) continue;
      if (model_.veto(mark.kind) != nullptr)
        input.vetoes.push_back({mark.kind, mark.reason, mark.evidence});
      if (model_.deduction(mark.kind) != nullptr)
        input.deductions.push_back({mark.kind, mark.reason, mark.evidence});
    }
  }

  const Facts& facts_;
  const Model& model_;
  const ItemsOf& items_;
  const Branch& branch_;
};

}  // namespace

const BranchInput* Inputs::find(std::string_view code) const {
  const auto found = std::ranges::find_if(
      branches, [&](const BranchInput& each) { return each.branch.code == code; });
  return found == branches.end() ? nullptr : &*found;
}

Inputs gather(const Facts& facts, const Model& model, const ItemsOf& items) {
  Inputs inputs{facts.period.text(), to_rfc3339(facts.until), {}};
  for (const Branch& branch : facts.branches)
    inputs.branches.push_back(Gathering(facts, model, items, branch).input());
  return inputs;
}

}  // namespace huxin::assess
