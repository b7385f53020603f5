#pragma once
#include <span>
#include "policy/detect/engine.hpp"
#include "policy/detect/judge.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/name_columns.hpp"
#include "policy/detect/validators/birth_date.hpp"

namespace huxin::detect {

/// Adds the candidates that only a cell's place tells, its column's header or the cell on its left:
/// names, addresses, passwords and whatever else a label alone tells. Cells are a table's, the
/// fields of plain text whose first line names them, and the values of SQL's rows.
///
/// One thread; borrows all. Chunk after chunk, each after CandidateFinder::find().
class CellReader {
 public:
  CellReader(const Engine& engine, ScanState& state, const Layout& layout, Date today)
      : engine_(engine), state_(state), layout_(layout), text_(layout.text()), today_(today) {}

  /// Looks at the cells of a table's next chunk before any of them is read.
  void begin(const Span& chunk);
  /// Reads a cell, an index into the layout's segments, in the chunk that it begins in.
  void read(std::size_t cell, const Judge& judge);
  /// Reads the values of SQL's rows, as their column lists tell them. After the judge learnt the
  /// lists.
  void read_inserted(const Span& chunk, const Judge& judge);
  /// Reads lines of plain text that stand below a line with nothing but their label.
  void read_below();
  /// Reads answers to lines that ask for a value.
  void read_answers();
  /// Reads the rows of tables inside plain text.
  void read_tables(const Judge& judge);
  /// Reads the fields of each line of plain text under a header line.
  void read_fields(const Span& chunk, const Judge& judge);

 private:
  /// A value whose place says what it is.
  struct Told {
    Span span;
    KindSet kinds;
    KindSet weak;  ///< of them, those that its label tells weakly; names and passwords are none
    Label label{};
  };

  /// Reads all that its place tells of it.
  void read_told(const Told& cell);
  void read_answer(const Span& answer, const Keyword& keyword);
  bool is_password(const Span& cell);
  void read_address(const Span& cell);
  void read_names_below(const Span& first);
  void add_name(const Span& span);
  /// A name in a column of names that no header calls so.
  void read_unlabelled_name(std::size_t cell, const Span& span, const Judge& judge);
  /// Reads the cells of lines whose columns hold kinds that are wanted. `whole`: of lines alone
  /// that have as many cells as the header.
  void read_rows(const Span& lines, const Columns& columns, const KindSet& wanted, bool whole);
  /// Reads those of a row, from `begin` on.
  void read_cells(std::span<const Span> cells, std::size_t begin, const Columns& columns,
                  const KindSet& wanted);
  KindSet named_by(const Span& cell);
  void read_named(const Span& cell, const KindSet& kinds);
  void read_named_cell(std::size_t cell, const Span& value, const Columns& columns);
  KindSet may_be(const KindSet& kinds, const Span& cell);
  /// Whether words are a label, which is label_ then, and nothing more.
  bool is_label(const Span& cell);
  void read_labelled_cell(const Span& cell, const Judge::Held& held);
  void read_as(const KindSet& kinds, const KindSet& weak, const Span& cell, Label label);
  /// Kinds whose values only a label tells.
  KindSet read_by_label() const;

  const Engine& engine_;
  ScanState& state_;
  const Layout& layout_;
  std::string_view text_;
  Date today_;
  NameColumns name_columns_;
  std::vector<Span> row_;  ///< its cells
  std::size_t label_end_ = 0;        ///< where a label was looked for last …
  std::optional<KeywordHit> label_;  ///< … and the one that ends there
};

}  // namespace huxin::detect
