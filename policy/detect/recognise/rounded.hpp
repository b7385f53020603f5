#pragma once
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Appends what a spreadsheet left of an identity or card number that it took for an amount: it
/// keeps 15 digits (IEEE 754; Excel's specifications), and zeros stand for the rest, so that no
/// check digit holds. `digits`: a whole run of ASCII digits. `numeric`: its cell is a number;
/// without that, one zero is too little to tell by. Such a value counts only where a label or a
/// column says what it is.
void recognise_rounded(std::string_view text, const Span& digits, bool numeric, Date today,
                       std::vector<Candidate>& candidates);

}  // namespace huxin::detect
