#pragma once
#include "policy/detect/candidate.hpp"
#include "policy/detect/customers.hpp"
#include "policy/detect/layout.hpp"

namespace huxin::detect {

/// Tells what lies between each finding and the one before it, by the text and the layout alone: a
/// new line, a new row, a blank line, the end of a vCard (RFC 6350), the next object of a JSON
/// array or the next tuple of an SQL INSERT. One thread; borrows the layout.
class RecordGaps {
 public:
  explicit RecordGaps(const Layout& layout) : layout_(layout) {}

  /// Takes findings in the order of the text. The first one begins a record, and so does one more
  /// than 2,000 bytes behind the last.
  Gap before(const Candidate& candidate);

 private:
  Gap in_table(const Candidate& candidate) const;
  Gap in_text(std::string_view between);
  /// Does the object or tuple that holds the record end between the findings, and the next one
  /// begin right behind it?
  bool next_bracket(std::string_view between);

  /// Keeps whether the text read so far ends inside a vCard.
  void note_card(std::string_view between);

  const Layout& layout_;
  Span last_;      ///< of the finding before; empty at the start
  int depth_ = 0;  ///< of brackets, counted from the one that holds the record
  bool in_card_ = false;
};

}  // namespace huxin::detect
