#include "policy/order/refusal.hpp"

#include <algorithm>

namespace huxin::order {
namespace {

/// What the clocks said of a target: nothing when they were not asked.
Refusal refusal_at(const Statement& statement, const std::string& path) {
  const auto said = [&](std::string_view verdict) {
    return std::ranges::any_of(statement.clocks, [&](const ClockReading& clock) {
      return clock.path == path && clock.verdict == verdict;
    });
  };
  if (said("hold")) return Refusal::kHold;
  return said("freeze") ? Refusal::kTerm : Refusal::kFile;
}

}  // namespace

std::string_view to_string(Refusal refusal) {
  switch (refusal) {
    case Refusal::kNone:
      return "";
    case Refusal::kTerm:
      return "term";
    case Refusal::kHold:
      return "hold";
    case Refusal::kFile:
      return "file";
    case Refusal::kOrder:
      return "order";
    case Refusal::kReplayed:
      return "replayed";
  }
  return "";
}

Refusal refusal_from(std::string_view word) {
  const auto known = std::ranges::find_if(
      kAllRefusals, [&](Refusal refusal) { return to_string(refusal) == word; });
  return known == kAllRefusals.end() ? Refusal::kNone : *known;
}

Refusal refusal_of(const Statement& statement) {
  const auto any = [&](Refusal refusal) {
    return std::ranges::any_of(statement.items, [&](const Item& item) {
      return item.fate == Fate::kRefused && refusal_at(statement, item.path) == refusal;
    });
  };
  for (const Refusal refusal : {Refusal::kHold, Refusal::kTerm, Refusal::kFile}) {
    if (any(refusal)) return refusal;
  }
  return Refusal::kNone;
}

}  // namespace huxin::order
