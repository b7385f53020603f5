#pragma once
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/number_run.hpp"

namespace huxin::detect {

/// Appends what the marks around a group make out: the tracks of a card's stripe (`%B…?`, `;…?`,
/// EMV's tag 57 without sentinels), and a passport's machine-readable zone, whose second line the
/// group begins. Bounded work a group; offsets are those of `text`.
void recognise_framed(std::string_view text, const Group& group,
                      std::vector<Candidate>& candidates);

}  // namespace huxin::detect
