#pragma once
#include <span>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Finds the names of a list in plain text that no header tells: three lines and more, one soon
/// after the other, with different names in the same place of them and a number beside it.
///
/// `numbers`: where long numbers beside Han begin, ascending. Lines that hold a name among
/// `candidates`, which are in the order of the text, are left out. Adds to `names`, with
/// `confidence`. Texts with segments have none.
void names_in_rows(const Layout& layout, std::span<const std::size_t> numbers,
                   std::span<const Candidate> candidates, double confidence,
                   std::vector<Candidate>& names);

/// Says whether a number of a line stands beside Han, with marks alone between: its line may be one
/// of such a list.
bool stands_beside_han(std::string_view text, const Span& number);

}  // namespace huxin::detect
