#include "policy/detect/overlap.hpp"

#include <algorithm>
#include <iterator>
#include <span>

namespace huxin::detect {
namespace {

std::size_t begin_of(const Candidate& candidate) { return candidate.span.begin; }

// Values of so many forms that others look like them.
constexpr KindSet kOfAnyForm{Kind::kPassbookAccount, Kind::kCompanyAccount, Kind::kLoanContract,
                             Kind::kHousingFundAccount, Kind::kLoginName};

// One of those that needs a customer beside it may turn out to be nothing, and stands behind what
// does not, however long it is: 账号：13800138000, user=13800138000-1.
bool is_weak(const Candidate& candidate) {
  return candidate.beside && kOfAnyForm.has(candidate.kind);
}

bool wins(const Candidate& a, const Candidate& b) {
  if (is_weak(a) != is_weak(b)) return is_weak(b);
  if (a.span.size() != b.span.size()) return a.span.size() > b.span.size();
  if (a.confidence != b.confidence) return a.confidence > b.confidence;
  if (a.span.begin != b.span.begin) return a.span.begin < b.span.begin;
  return a.kind != b.kind ? a.kind < b.kind : a.label > b.label;
}

// Takes one cluster of candidates that overlap, directly or through others, down to its winners:
// those are written to its begin, and counted. Mostly the best overlaps all.
std::size_t settle(std::span<Candidate> cluster) {
  if (cluster.size() == 1) return 1;
  const Candidate best = *std::ranges::min_element(cluster, wins);
  if (std::ranges::all_of(cluster,
                          [&](const Candidate& each) { return each.span.overlaps(best.span); })) {
    cluster[0] = best;
    return 1;
  }
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

// Puts the candidate at `at` to its place among those from `begin` on, which are in order, when
// that is near; false: it is not.
bool put_back(std::span<Candidate> candidates, std::size_t begin, std::size_t at) {
  constexpr std::size_t kNear = 4;
  std::size_t place = at;
  while (place > begin && begin_of(candidates[place - 1]) > begin_of(candidates[at])) {
    if (at - place == kNear) return false;
    --place;
  }
  const auto run = candidates.subspan(place, at + 1 - place);
  if (place < at) std::ranges::rotate(run, run.end() - 1);
  return true;
}

// Merges neighbouring runs, two and two, into `merged`; `ends` are where they end.
void merge_pairs(std::span<const Candidate> candidates, std::vector<std::size_t>& ends,
                 std::vector<Candidate>& merged) {
  merged.clear();
  merged.reserve(candidates.size());
  std::size_t kept = 0;
  for (std::size_t i = 0; i < ends.size(); i += 2) {
    const std::size_t middle = ends[i];
    const std::size_t end = ends[std::min(i + 1, ends.size() - 1)];
    std::ranges::merge(candidates.subspan(merged.size(), middle - merged.size()),
                       candidates.subspan(middle, end - middle), std::back_inserter(merged), {},
                       begin_of, begin_of);
    ends[kept++] = end;
  }
  ends.resize(kept);
}

}  // namespace

void sort_by_begin(std::vector<Candidate>& candidates) {
  std::vector<std::size_t> ends;
  std::size_t begin = 0;
  for (std::size_t i = 1; i < candidates.size(); ++i) {
    if (put_back(candidates, begin, i)) continue;
    ends.push_back(i);
    begin = i;
  }
  ends.push_back(candidates.size());
  for (std::vector<Candidate> merged; ends.size() > 1; candidates.swap(merged))
    merge_pairs(candidates, ends, merged);
}

void keep_longest(std::vector<Candidate>& candidates) {
  auto kept = candidates.begin();
  for (auto first = candidates.begin(); first != candidates.end();) {
    auto last = std::next(first);
    for (std::size_t reach = first->span.end; last != candidates.end() && last->span.begin < reach;
         ++last)
      reach = std::max(reach, last->span.end);
    const auto winners = static_cast<std::ptrdiff_t>(settle({first, last}));
    kept = kept == first ? kept + winners : std::copy_n(first, winners, kept);
    first = last;
  }
  candidates.erase(kept, candidates.end());
}

}  // namespace huxin::detect
