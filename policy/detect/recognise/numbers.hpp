#pragma once
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/number_run.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Appends every identity, card, telephone, passport, bank-account and company number in a run.
///
/// A number is one group or several whole ones; it never starts or ends inside a group, so that an
/// ASCII letter or digit beside it disqualifies it while Han and punctuation do not. Candidates may
/// overlap. `text` is what the run was read from. Bounded work a group. Each candidate passed its
/// validator; context is not looked at.
void recognise_numbers(std::string_view text, const NumberRun& run, Date today,
                       std::vector<Candidate>& candidates);

}  // namespace huxin::detect
