#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/number_run.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

// Numbers as people say them and as recordings are written down: 一三九，一二三四，五六七八 and
// 幺三九….

/// Says whether a text begins with two such numerals: what is worth recognise_spoken().
bool begins_spoken(std::string_view rest);

/// Appends the numbers that the numerals at `at` are as a whole, none beyond `stop`. At most 24
/// numerals, with single spaces, commas and hyphens between them; an X may be the last. `run` is
/// for its memory.
void recognise_spoken(std::string_view text, std::size_t at, std::size_t stop, Date today,
                      NumberRun& run, std::vector<Candidate>& candidates);

/// The same number in digits, without what parts it; empty where the text does not begin with a
/// numeral.
std::string spoken_digits(std::string_view text);

}  // namespace huxin::detect
