#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "collector/import/csv.hpp"

namespace huxin::imports {

/// Splits a table into rows of raw cells, one row a call. Strict RFC 4180; line ends are \n, \r\n
/// or \r. Lines count from 1.
/// Borrows the text, which is UTF-8 without a mark. A quoted cell may hold line ends; its line is
/// the one on which it begins. Columns count cells from 1, not characters.
class CsvCells {
 public:
  CsvCells(std::string_view text, char delimiter) : text_(text), delimiter_(delimiter) {}

  bool at_end() const { return at_ >= text_.size(); }
  /// The line on which the next row begins.
  std::size_t line() const { return line_; }

  /// Reads the next row into `cells`; nullopt: read. Otherwise what is wrong, and the row's rest is
  /// skipped. Call only while !at_end(). After a fault `cells` holds what came before it. A quote
  /// that is never closed costs its own line and no more.
  std::optional<CsvFault> next(std::vector<CsvCell>& cells, std::size_t most_cells);

 private:
  std::optional<CsvFault> quoted(CsvCell& cell);
  void plain(CsvCell& cell);
  bool stops(char c) const { return c == delimiter_ || c == '\r' || c == '\n'; }
  void end_line();
  void skip_line();

  std::string_view text_;
  char delimiter_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
};

/// The text without blanks at its ends: ASCII blanks, tabs, line ends and the ideographic blank.
/// Borrows from `text`.
std::string_view trimmed(std::string_view text);

/// A header as it is compared: letters small, without what people add and leave out (blanks, '_',
/// '-' and '*').
std::string folded(std::string_view header);

}  // namespace huxin::imports
