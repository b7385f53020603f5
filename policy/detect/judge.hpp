#pragma once
#include <optional>

#include "policy/detect/columns.hpp"
#include "policy/detect/engine.hpp"
#include "policy/detect/insert_columns.hpp"
#include "policy/detect/layout.hpp"
#include "policy/detect/row_heads.hpp"
#include "policy/detect/text_tables.hpp"

namespace huxin::detect {

/// Gives candidates their confidence by what stands around them, and learns the headers of tables
/// on the way. One thread; borrows all. Chunks come in order, as they do to CandidateFinder.
class Judge {
 public:
  Judge(const Engine& engine, const Layout& layout)
      : engine_(engine), layout_(layout), heads_(layout) {}

  /// Learns headers from the first rows of each table, or the first lines of plain text, as far as
  /// they lie in the chunk. Calls `on_cell` with the index of every cell that is no header.
  /// The first five rows that hold anything are looked at, of each group. `hits` are the chunk's
  /// keywords.
  template <class OnCell>
  void read_rows(const Span& chunk, std::span<const KeywordHit> hits, const OnCell& on_cell) {
    if (!layout_.table()) return learn_first_lines(chunk, hits);
    const auto segments = layout_.segments();
    for (; cell_ < segments.size() && segments[cell_].span.begin < chunk.end; ++cell_) {
      if (!learn_cell(segments[cell_], hits)) on_cell(cell_);
    }
  }

  /// Learns the column lists of SQL's statements that begin in the chunk of a text without cells.
  void read_inserts(const Span& chunk, std::span<const InsertStatement> statements,
                    std::span<const KeywordHit> hits) {
    if (layout_.table()) return;
    const LabelFinder labels(layout_.text(), engine_.vocabulary, hits);
    inserts_.learn(layout_.text(), chunk, statements, labels, engine_.vocabulary);
  }

  /// Learns the tables inside plain text, where its first lines name no columns.
  void read_tables(const Span& chunk, std::span<const KeywordHit> hits) {
    if (layout_.segments().empty() && columns_.separator().empty())
      tables_.find(layout_.text(), chunk, hits, engine_.vocabulary);
  }

  /// Judges one candidate; false: it is none without a keyword. Sets confidence and,
  /// where the candidate has none, its label. `labels` are the chunk's. `judgement` is told how it
  /// came to that; nullptr: nobody asks. Cheap for candidates in the order of the text.
  bool judge(Candidate& candidate, LabelFinder& labels, Judgement* judgement = nullptr) const;

  /// Says whether a cell's column or the cell on its left names a kind; `label` is which of them. A
  /// label of more than 60 bytes is prose and says nothing.
  bool may_hold(std::size_t cell, std::span<const KeywordHit> hits, Kind kind, Label& label) const;

  /// What a cell holds by its column's header, and by the cell on its left.
  struct Held {
    KindSet column;
    KindSet beside;
    KindSet weak;  ///< of both, those only where a customer is on the record
  };
  Held held(std::size_t cell, std::span<const KeywordHit> hits) const;

  /// Headers of the table being read.
  const Columns& columns() const { return columns_; }
  /// Those inside plain text.
  const TextTables& tables() const { return tables_; }
  /// What SQL's rows hold.
  const InsertColumns& inserts() const { return inserts_; }
  /// Column of an offset of plain text under a header line; nullopt when there is none. Counts
  /// separators from the line's begin, at most 2 KiB back; cheap for offsets on one line.
  std::optional<std::uint32_t> field_of(std::size_t offset) const;
  /// Says whether a value stands in a table that is a list by its look.
  bool in_list(const Candidate& candidate) const;

 private:
  bool learn_cell(const text::Segment& cell, std::span<const KeywordHit> hits);
  bool is_title(std::size_t cell) const;
  void entitle(const Span& title, const LabelFinder& labels);
  void learn_line(const Span& line, const LabelFinder& labels);
  /// A row with two headers names all of its columns.
  void learn_foreign(const text::Segment& cell);
  std::optional<std::uint32_t> aligned_field_of(std::size_t offset, std::size_t low) const;
  /// Where the line of an offset begins; nullopt when that is not behind `low`.
  std::optional<std::size_t> line_begin(std::size_t offset, std::size_t low) const;
  void learn_first_lines(const Span& chunk, std::span<const KeywordHit> hits);
  Verdict verdict(const Candidate& candidate, const LabelFinder& labels) const;
  /// What a column's header says, told to whom the labels tell.
  Verdict by_column(std::uint32_t column, Kind kind, const LabelFinder& labels) const;
  std::optional<std::size_t> label_of(std::size_t cell) const;
  Verdict in_table(const Candidate& candidate, const LabelFinder& labels) const;
  Verdict by_filled_field(const Candidate& candidate, const LabelFinder& labels) const;
  /// Says whether a value is all of a field of plain text, in quotes or without.
  bool fills_field(const Span& value) const;
  Verdict in_line(const Candidate& candidate, const LabelFinder& labels, const Span& scope) const;
  /// The element's context confidence under a label, its base without; less for an order number, by
  /// how much depends on whether the value proves itself.
  double confidence(const Candidate& candidate, Verdict verdict) const;

  /// A line of plain text, in fields: the last one asked for.
  struct Fields {
    Span line;                        ///< as far as columns are counted
    std::vector<std::size_t> begins;  ///< of them all but the first, from the line's begin
    std::size_t near = 0;             ///< the field of the last offset asked for
  };

  const Engine& engine_;
  const Layout& layout_;
  RowHeads heads_;
  Columns columns_;
  mutable Fields fields_;
  /// A line whose columns spaces line up: the last one asked for.
  struct Row {
    Span line;
    std::vector<Span> cells;
    bool fits = false;  ///< it has as many as the header
  };
  mutable Row row_;
  InsertColumns inserts_;
  TextTables tables_;
  std::size_t cell_ = 0;                      ///< the next one to be read
  std::uint32_t header_group_ = 0;            ///< whose headers columns_ has
  std::optional<std::uint32_t> list_header_;  ///< of that group, where its look tells
  std::uint32_t header_row_ = 0;              ///< the last row looked at for headers
  std::uint32_t header_rows_ = 0;             ///< how many were
  std::uint32_t headers_ = 0;                 ///< of the row looked at, so far
};

}  // namespace huxin::detect
