#pragma once
#include <span>
#include <vector>

#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Finds names that no label tells but their company: a field or cell of a record that holds
/// another element and no name yet; a part of a clause, behind words that stand before names. Only
/// names of common characters count, unless the column's header says that it holds names; where
/// nothing on the record is `identified`, a customer's for certain, what is hardly anything else.
///
/// `record`: the candidates of one line or row, not empty. Replaces `names`, at most
/// four, in the order of the text. Bounded work a record.
void names_beside(std::span<const Candidate> record, const Layout& layout, const Judge& judge,
                  const KindFacts& facts, bool identified, std::vector<Candidate>& names);

}  // namespace huxin::detect
