#pragma once
#include <span>
#include <vector>

#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// How a record stands to a customer.
enum class Verge : std::uint8_t {
  kIdentified,  ///< something on it is one's for certain
  kUncertain,   ///< it has a name already, or nothing but what may be a company's
};

/// Finds names that no label tells but their company: a field or cell of a record that holds
/// another element and no name yet; a part of a clause, behind words that stand before names. Only
/// names of common characters count, unless the column's header says that it holds names; on
/// the verge of one, what is hardly anything else.
///
/// `record`: the candidates of one line or row, not empty. Appends at most four to
/// `names`, in the order of the text. Bounded work a record.
void names_beside(std::span<const Candidate> record, const Layout& layout, const Judge& judge,
                  const KindFacts& facts, Verge verge, std::vector<Candidate>& names);

/// The same for lines, of those above and below a record of plain text, that have a name and
/// nothing else on them.
void names_alone(std::span<const Span> lines, const Layout& layout, double confidence,
                 std::vector<Candidate>& names);

}  // namespace huxin::detect
