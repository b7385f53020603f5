#include "policy/rule/refusal.hpp"

#include <algorithm>

#include "policy/rule/conditions.hpp"

namespace huxin::rule {
namespace {

/// Does a rule ask content for nothing but numbers of findings and customers, which only grow?
bool grows_only(const Match& match) {
  const auto beyond_content = inspection_conditions().subspan(1);
  return !match.exact && std::ranges::none_of(beyond_content, [&](const Condition& condition) {
    return condition.asked(match);
  });
}

bool meets_event(const Match& match, const View& view) {
  return std::ranges::all_of(event_conditions(), [&](const Condition& condition) {
    return !condition.asked(match) || condition.met(match, view);
  });
}

}  // namespace

detect::Enough enough_to_refuse(const Policy& policy, const Event& event,
                                std::chrono::minutes local_offset) {
  detect::Enough enough{.min_confidence = policy.inspection.min_confidence};
  if (policy.mode != Mode::kEnforce) return enough;
  const View view(policy, event, local_offset);
  for (const Rule& rule : policy.rules) {
    const Match& match = rule.match;
    if (effective(rule.action, event.channel) < Action::kBlock) continue;
    if (!grows_only(match) || !meets_event(match, view)) continue;
    enough.any_of.push_back({.elements = match.elements,
                             .level = match.level,
                             .findings = findings_needed(match),
                             .customers = match.customers});
  }
  return enough;
}

}  // namespace huxin::rule
