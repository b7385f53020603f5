#pragma once
#include <span>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Finds a name in Latin letters on the line of an identified customer who has no name there, where
/// it fills what stands between two marks or stands in an English sentence behind a word in small
/// letters: ZHANG SAN  13800138000; I, Zhang San, holder of passport E12345678. Of plain text
/// alone.
///
/// `record`: the candidates of one line, not empty. Appends at most two to `names`, with
/// `confidence`. Looks at 512 bytes of the line.
void latin_names_beside(std::span<const Candidate> record, const Layout& layout, double confidence,
                        std::vector<Candidate>& names);

/// The same for lines, of those above and below a record of plain text, that have a name and
/// nothing else on them, as messages of payments have it (SWIFT, field 50K).
void latin_names_alone(std::span<const Span> lines, const Layout& layout, double confidence,
                       std::vector<Candidate>& names);

}  // namespace huxin::detect
