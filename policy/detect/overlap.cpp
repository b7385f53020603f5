#include "policy/detect/overlap.hpp"

#include <algorithm>
#include <span>

namespace huxin::detect {
namespace {

bool wins(const Candidate& a, const Candidate& b) {
  if (a.span.size() != b.span.size()) return a.span.size() > b.span.size();
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  return a.kind != b.kind ? a.kind < b.kind : a.label > b.label;
}

// Takes one cluster of candidates that overlap, directly or through others, down to its winners.
void settle(std::span<Candidate> cluster, std::vector<Candidate>& kept) {
  if (cluster.size() == 1) {
    kept.push_back(cluster[0]);
    return;
  }
  std::ranges::sort(cluster, wins);
  std::vector<Candidate> winners;  // in order of begin
  for (const Candidate& candidate : cluster) {
    const auto next = std::ranges::lower_bound(
        winners, candidate.span.begin, {}, [](const Candidate& other) { return other.span.begin; });
    const bool clashes =
        (next != winners.end() && next->span.overlaps(candidate.span)) ||
        (next != winners.begin() && std::prev(next)->span.overlaps(candidate.span));
    if (!clashes) winners.insert(next, candidate);
  }
  kept.insert(kept.end(), winners.begin(), winners.end());
}

}  // namespace

void keep_longest(std::vector<Candidate>& candidates) {
  std::ranges::sort(candidates, {}, [](const Candidate& c) { return c.span.begin; });
  std::vector<Candidate> kept;
  kept.reserve(candidates.size());
  for (std::size_t first = 0; first < candidates.size();) {
    std::size_t reach = candidates[first].span.end;
    std::size_t last = first + 1;
    for (; last < candidates.size() && candidates[last].span.begin < reach; ++last) {
      reach = std::max(reach, candidates[last].span.end);
    }
    settle(std::span(candidates).subspan(first, last - first), kept);
    first = last;
  }
  candidates.swap(kept);
}

}  // namespace huxin::detect
