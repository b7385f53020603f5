#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/assess/facts.hpp"
#include "collector/assess/item.hpp"

namespace huxin::assess {

/// What the collector itself says of an item, with what it rests on. The two texts are for the
/// inspector, who decides; only the inspector's verdict is scored.
struct Suggestion {
  std::optional<Verdict> verdict;  ///< nullopt: it cannot tell; an inspector answers by hand
  std::string zh, en;              ///< why
  std::vector<Evidence> evidence;  ///< at most kMostSuggested, the telling ones first
  std::uint64_t more = 0;          ///< of evidence, left out
};
inline constexpr std::size_t kMostSuggested = 20;

/// Evaluates an item for one branch from what is known of the month. Nothing seen is never a pass
/// where nobody looked: a terminal scan passes only when terminals were live. Pure. `branch`: a
/// code; branches below it do not count. An item without an evaluator has no verdict.
Suggestion suggest(const Facts& facts, const std::string& branch, const Item& item);

/// Whether there is a check of this name; items.yaml is held against it.
bool is_evaluator(std::string_view name);

}  // namespace huxin::assess
