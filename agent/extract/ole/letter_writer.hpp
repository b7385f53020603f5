#pragma once
#include <string>
#include <string_view>

#include "agent/extract/document_writer.hpp"

namespace huxin::extract {

/// Writes the characters of a letter as paragraphs and tables. Tables are numbered through all
/// parts, and named "table1", "footnotes table2".
class LetterWriter {
 public:
  LetterWriter(const std::string& where, Extraction& extraction) : writer_(where, extraction) {}

  /// The following stands in another part; the text's body has no name.
  void begin_part(std::string_view name);
  /// What appends characters does so here; call flow() every now and then.
  std::string& pending() { return pending_; }
  void flow();
  /// Ends a paragraph, which may be one of several in a cell.
  void end_paragraph(bool in_cell);
  void end_cell();
  void end_row();
  /// Hands on what was gathered.
  void finish();

 private:
  void end_table();

  DocumentWriter writer_;
  std::string part_;
  std::string pending_;
  bool in_table_ = false;
  unsigned tables_ = 0;
  std::uint32_t row_ = 0;
  std::uint32_t column_ = 0;
};

}  // namespace huxin::extract
