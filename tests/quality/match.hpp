#pragma once
// Which findings are right, and which labels were found.
#include <span>
#include <vector>

#include "policy/detect/finding.hpp"
#include "tests/quality/corpus.hpp"

namespace huxin::quality {

/// How much of a label a finding must hold.
enum class Rule : std::uint8_t {
  kExact,     ///< the same bytes: numbers, names
  kMostly,    ///< intersection over union of at least 0.8: addresses, employers, tracks (sentinels)
  kTouching,  ///< a common byte: values told by words around them, in one finding or several
  kDocument,  ///< said of the document as a whole: kinds, lists
};
Rule rule_of(catalog::ElementId element);

enum class Mark : std::uint8_t { kRight, kWrong, kOptional };

/// `findings` and `labels` in the order they were given in.
struct Matching {
  std::vector<Mark> findings;
  std::vector<bool> found;  ///< of labels
};

/// Matches findings with labels of the same element, one to one but for kTouching and kDocument.
/// `by_place`: findings' spans are bytes of the file; else values are compared.
Matching match(std::span<const detect::Finding> findings, std::span<const Label> labels,
               bool by_place);

}  // namespace huxin::quality
