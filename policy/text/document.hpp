#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/text/offset_map.hpp"

namespace huxin::text {

/// Says how the text of a document hangs together, so that context knows what "near" means. In
/// kProse a new line may go on with the same thing; in kTable a cell is whole.
enum class Layout : std::uint8_t {
  kProse,  ///< lines and paragraphs
  kTable,  ///< cells with rows and columns; segments carry the coordinates
};

/// A piece of a document's text that has a place of its own: a cell, a paragraph, a page, a key.
/// Numbers are never joined across segments. Rows and columns are those of the source where it has
/// them (B7 is row 6, column 1).
struct Segment {
  Span span;                 ///< bytes of Document::text
  std::uint32_t row = 0;     ///< 0-based; rows of one group with the same number are one record
  std::uint32_t column = 0;  ///< 0-based
  std::uint32_t group = 0;   ///< index into Document::groups: the sheet, the page, the part
  bool number = false;  ///< a cell that its spreadsheet holds as a number, of 15 digits at most
};

/// Text as a detector takes it, with everything needed to say where in the original a byte was.
///
/// `text` is always valid UTF-8, one buffer; segments are ordered, do not overlap, and may be
/// absent (plain text). Between two cells of a row stands one tab, between rows one newline.
/// Made by agent/extract from hostile bytes; whoever makes one keeps these promises, and detection
/// relies on them.
struct Document {
  std::string where;  ///< provenance so far: "list.zip!客户.xlsx"
  std::string text;
  /// Names come from the file; printable (printable.hpp), as `where` is.
  std::vector<std::string> groups;  ///< "Sheet1", "page 3"; may be empty
  std::vector<Segment> segments;
  OffsetMap origin;  ///< text offset → byte of the original file; identity by default
  Layout layout = Layout::kProse;
  std::size_t first_line = 0;  ///< lines of the file before this text: it may be a window of more

  /// Says where the byte at `offset` of `text` stands, most general first:
  /// "list.zip!客户.xlsx!Sheet1!B7"; prose in groups "report.pdf!page 3"; for plain text
  /// "notes.txt!L12" (line from 1, counted anew each time: for many places, use PlaceFinder).
  std::string place(std::size_t offset) const;
  /// The segment holding `offset`, or nullptr. Lives as long as the document is not changed.
  const Segment* segment_at(std::size_t offset) const;
};

/// Tells the places of many offsets of one document. Counts lines onwards from the last offset
/// asked, so that ascending offsets cost one pass over the text in all. One thread; borrows the
/// document.
class PlaceFinder {
 public:
  explicit PlaceFinder(const Document& document)
      : document_(document), place_(document.where), outer_(place_.size()) {}
  /// As Document::place().
  std::string place(std::size_t offset);

 private:
  std::size_t line_at(std::size_t offset);

  const Document& document_;
  std::string place_;        ///< the last one told
  std::size_t outer_;        ///< bytes of it that are the document's
  std::size_t counted_ = 0;  ///< newlines of [0, counted_) …
  std::size_t lines_ = 0;    ///< … are this many
};

/// Names a column as spreadsheets do: 0 → A, 26 → AA.
std::string column_name(std::uint32_t column);

}  // namespace huxin::text
