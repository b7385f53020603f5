#include "policy/detect/overlap.hpp"

#include <algorithm>
#include <span>

namespace huxin::detect {
namespace {

std::size_t begin_of(const Candidate& candidate) { return candidate.span.begin; }

bool wins(const Candidate& a, const Candidate& b) {
  if (a.span.size() != b.span.size()) return a.span.size() > b.span.size();
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  return a.kind != b.kind ? a.kind < b.kind : a.label > b.label;
}

// Takes one cluster of candidates that overlap, directly or through others, down to its winners:
// those are written to its begin, and counted.
std::size_t settle(std::span<Candidate> cluster) {
  if (cluster.size() == 1) return 1;
  std::ranges::sort(cluster, wins);
  std::vector<Candidate> winners;  // in order of begin
  for (const Candidate& candidate : cluster) {
    const auto next = std::ranges::lower_bound(winners, candidate.span.begin, {}, begin_of);
    const bool clashes =
        (next != winners.end() && next->span.overlaps(candidate.span)) ||
        (next != winners.begin() && std::prev(next)->span.overlaps(candidate.span));
    if (!clashes) winners.insert(next, candidate);
  }
  std::ranges::copy(winners, cluster.begin());
  return winners.size();
}

// Merges neighbouring runs, two and two; `ends` are where they end.
void merge_pairs(std::vector<Candidate>& candidates, std::vector<std::ptrdiff_t>& ends) {
  const auto all = candidates.begin();
  std::ptrdiff_t begin = 0;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ends.size(); i += 2) {
    if (i + 1 < ends.size())
      std::ranges::inplace_merge(all + begin, all + ends[i], all + ends[i + 1], {}, begin_of);
    begin = ends[std::min(i + 1, ends.size() - 1)];
    ends[kept++] = begin;
  }
  ends.resize(kept);
}

}  // namespace

void sort_by_begin(std::vector<Candidate>& candidates) {
  std::vector<std::ptrdiff_t> ends;
  const auto size = static_cast<std::ptrdiff_t>(candidates.size());
  for (auto run = candidates.begin(); run != candidates.end();) {
    run = std::ranges::is_sorted_until(run, candidates.end(), {}, begin_of);
    ends.push_back(size - (candidates.end() - run));
  }
  while (ends.size() > 1) merge_pairs(candidates, ends);
}

void keep_longest(std::vector<Candidate>& candidates) {
  std::size_t kept = 0;
  for (std::size_t first = 0; first < candidates.size();) {
    std::size_t reach = candidates[first].span.end;
    std::size_t last = first + 1;
    for (; last < candidates.size() && candidates[last].span.begin < reach; ++last) {
      reach = std::max(reach, candidates[last].span.end);
    }
    const std::size_t winners = settle(std::span(candidates).subspan(first, last - first));
    for (std::size_t i = 0; i < winners; ++i) candidates[kept++] = candidates[first + i];
    first = last;
  }
  candidates.resize(kept);
}

}  // namespace huxin::detect
