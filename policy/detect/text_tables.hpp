#pragma once
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "policy/detect/columns.hpp"

namespace huxin::detect {

/// Tables that stand in plain text: in a mail, a report, a page of Markdown. Such a table is a line
/// that names its columns and the lines below it with as many fields, up to a blank line; or what
/// names them, a colon and one row on the same line. One thread; chunk after chunk.
class TextTables {
 public:
  struct Table {
    Span rows;  ///< from behind the header on; lines with other fields may be among them
    Columns columns;
  };

  /// Finds the tables of a chunk, and what goes on of the last one of the chunk before. `hits` are
  /// the chunk's keywords: a header has one. A line is looked at once.
  void find(std::string_view text, const Span& chunk, std::span<const KeywordHit> hits,
            const Vocabulary& vocabulary);

  std::span<const Table> tables() const { return tables_; }
  /// The table that holds a place, and the column there; nullopt in lines that are no rows.
  struct Cell {
    const Columns* columns = nullptr;
    std::uint32_t column = 0;
  };
  std::optional<Cell> cell_at(std::string_view text, std::size_t offset) const;

 private:
  bool add_joined(std::string_view text, const Span& line, const LabelFinder& labels,
                  const Vocabulary& vocabulary);
  void add(std::string_view text, const Span& chunk, std::size_t begin, Columns&& columns);

  std::vector<Table> tables_;  ///< in order
  bool open_ = false;          ///< the last one reaches to the chunk's end
  mutable std::vector<Span> cells_;
};

}  // namespace huxin::detect
