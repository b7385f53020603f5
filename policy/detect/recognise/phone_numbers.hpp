#pragma once
#include <string_view>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/recognise/grouping.hpp"

namespace huxin::detect {

/// What is taken off the confidence of a number that '-' or '.' ties into a longer code.
inline constexpr double kLinkedDoubt = 0.5;
/// …and of one that is grouped as nobody writes it.
inline constexpr double kIrregularDoubt = 0.25;

/// Appends the telephone number that some groups of a run make up: a mobile or a landline of the
/// mainland, or a number of Hong Kong, Macao or Taiwan.
///
/// Its span is all that is dialled, in any of its forms (ITU-T E.123): the country code before it
/// (+86, 0086, 86-, in brackets too), the area code in brackets, the extension behind it (转801,
/// ext. 801, -801). `number` is the groups' digits without separators. Bounded work.
void recognise_phone(std::string_view text, const Grouping& shape, std::string_view number,
                     std::vector<Candidate>& candidates);

}  // namespace huxin::detect
