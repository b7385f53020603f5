#pragma once
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/number_run.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Appends the numbers that the numerals at `at` are as a whole, none beyond `stop`; they are
/// written as read_spoken() reads them. `run` is for its memory.
void recognise_spoken(std::string_view text, std::size_t at, std::size_t stop, Date today,
                      NumberRun& run, std::vector<Candidate>& candidates);

}  // namespace huxin::detect
