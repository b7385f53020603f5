#pragma once
#include <span>
#include <vector>

#include "policy/detect/candidate.hpp"
#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Labels candidates of a table by the company they keep, where no header says what their column
/// holds: of the column's cells in the chunk four of five are such numbers, and four of five stand
/// on the row of somebody. So telephones and passports beside identity numbers are found in a list
/// without a header, and lists of parts and orders stay what they are.
///
/// `candidates` are the chunk's, in order; three of a kind at least make a column.
void label_by_column(const Layout& layout, const Judge& judge, const Span& chunk,
                     const Engine& engine, std::span<Candidate> candidates);

/// Takes out candidates that a column's header and a check digit tell where two thirds of the
/// column's cells in the chunk, four at least, hold nothing: the header meant other codes, of which
/// some pass by chance. `candidates` are the chunk's.
void drop_chance_of_columns(const Layout& layout, const Span& chunk,
                            std::vector<Candidate>& candidates);

}  // namespace huxin::detect
