#pragma once
#include <vector>

#include "policy/detect/candidate.hpp"

namespace huxin::detect {

/// Brings candidates into the order of their begins; those of one begin stay as they are. n log r
/// for r runs that are nearly in order already: recognisers find them in few.
void sort_by_begin(std::vector<Candidate>& candidates);

/// Leaves the longest candidate wherever several overlap, the surer of two equally long ones, and
/// nothing inside it. Takes and leaves them in order of begin. Equal in both: the earlier one, then
/// the lower kind, then the column's. Deterministic, n log n for ordinary texts.
void keep_longest(std::vector<Candidate>& candidates);

}  // namespace huxin::detect
