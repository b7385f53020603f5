#include "policy/detect/finding_traces.hpp"

#include <algorithm>
#include <tuple>
#include <vector>

namespace huxin::detect {
namespace {

auto place_of(const auto& told) {
  return std::tuple(std::string_view(told.where), told.span.begin, told.span.end, told.element);
}

void mark_known(const Inspection& inspection, Traces& traces) {
  std::vector<Trace*> reported;
  for (Trace& trace : traces.list) {
    if (trace.fate == Fate::kReported) reported.push_back(&trace);
  }
  const auto by_place = [](const Trace* trace) { return place_of(*trace); };
  std::ranges::sort(reported, {}, by_place);
  for (const Finding& finding : inspection.findings) {
    if (!finding.known) continue;
    const auto trace = std::ranges::lower_bound(reported, place_of(finding), {}, by_place);
    if (trace == reported.end() || place_of(**trace) != place_of(finding)) continue;
    (*trace)->verdict = Verdict::kKnown;
    (*trace)->confidence = finding.confidence;
  }
}

bool follows_from_others(const Engine& engine, const Finding& finding) {
  const auto kind = kind_of(finding.element);
  const KindFacts* const facts = kind ? &engine.facts(*kind) : nullptr;
  return facts != nullptr && facts->derivation != nullptr && !facts->derivation->empty();
}

Trace derived(const Engine& engine, const Finding& finding) {
  return {.element = finding.element,
          .fate = Fate::kReported,
          .lead = Lead::kDerived,
          .base = finding.confidence,
          .score = finding.confidence,
          .confidence = finding.confidence,
          .threshold = engine.options.min_confidence,
          .span = finding.span,
          .where = finding.where,
          .value = finding.value};
}

}  // namespace

void trace_findings(const Engine& engine, const Inspection& inspection, Traces& traces) {
  mark_known(inspection, traces);
  for (const Finding& finding : inspection.findings) {
    if (!follows_from_others(engine, finding)) continue;
    ++traces.total;
    if (traces.list.size() < traces.limit) traces.list.push_back(derived(engine, finding));
  }
}

}  // namespace huxin::detect
