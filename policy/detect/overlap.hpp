#pragma once
#include <vector>

#include "policy/detect/candidate.hpp"

namespace huxin::detect {

/// Leaves the longest candidate wherever several overlap, the surer of two equally long ones, and
/// nothing inside it. Result in order of begin. Equal in both: the earlier one, then the lower
/// kind. Deterministic, n log n for ordinary texts.
void keep_longest(std::vector<Candidate>& candidates);

}  // namespace huxin::detect
