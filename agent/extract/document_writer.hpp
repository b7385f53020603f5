#pragma once
#include <map>
#include <string>
#include <string_view>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

/// Writes the documents of a format whose text is not in its bytes as they are (a spreadsheet, a
/// page). Offsets count through all documents of one writer: they are places in the extracted text.
///
/// Prose and tables become documents of their own; long ones are cut at a paragraph or a row, and a
/// table's heading row is repeated in each part (mapped to an empty place), so that context reaches
/// the last row of a million. What is given need not be valid UTF-8; what is written is. Call
/// flush() at the end: what was not flushed is lost.
///
/// A document has at most 4 MiB of text and 262,144 cells or paragraphs, and at most 4,096 groups,
/// the last of which then stands for the rest; a table of a single column becomes prose. After the
/// extraction stopped, what is given is dropped.
class DocumentWriter {
 public:
  /// `where`: the provenance of every document.
  DocumentWriter(std::string where, Extraction& extraction)
      : where_(std::move(where)), extraction_(extraction) {}
  DocumentWriter(const DocumentWriter&) = delete;
  DocumentWriter& operator=(const DocumentWriter&) = delete;

  /// Names where the following text stands: a sheet, a page, a key. Empty: nowhere in particular.
  void group(std::string_view name);
  /// Adds a paragraph, ended by a newline.
  void paragraph(std::string_view text);
  /// Adds a line of no place, where prose is being written: what a file's own brackets hold
  /// together stays so. A table has its rows for that.
  void bracket(char bracket);
  /// Adds a cell; rows come in order. Blank cells only keep their column free. Rows and columns are
  /// counted from 0. `number`: the source holds the cell as a number.
  void cell(std::uint32_t row, std::uint32_t column, std::string_view text, bool number = false);
  /// Ends a table, so that the next one starts with a heading of its own.
  void end_table();
  /// Hands on what was gathered.
  void flush();

 private:
  bool full() const;
  void become(text::Layout layout);
  void append(std::uint32_t row, std::uint32_t column, std::string_view text, bool number);
  std::uint32_t group_index();
  void keep_heading();
  void repeat_heading();

  std::string where_;
  Extraction& extraction_;
  text::Document document_;
  std::map<std::string, std::uint32_t, std::less<>> groups_;
  std::string group_;
  std::size_t written_ = 0;   ///< extracted text before this document
  std::size_t repeated_ = 0;  ///< bytes of this document that repeat the heading
  std::size_t lines_ = 0;     ///< of extracted text before this document
  std::uint32_t paragraph_ = 0;
  text::Document heading_;  ///< text and segments of the first row; empty: none to repeat
  bool heading_known_ = false;
};

/// Says whether a row of cells names columns: it is short and holds no long number. At most 4,096
/// bytes, no five digits in a row, no "@".
bool reads_like_heading(std::string_view row);

}  // namespace huxin::extract
