#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detect/columns.hpp"
#include "policy/detect/insert_rows.hpp"
#include "policy/detect/table_definitions.hpp"

namespace huxin::detect {

/// What the fields of SQL's INSERT rows hold, as the column lists of their statements say. Goes on
/// from one chunk to the next: a statement may have more rows than fit one. One thread; borrows the
/// text.
class InsertColumns {
 public:
  /// Takes the statements that begin in a chunk; `labels` has its keywords, those of the column
  /// lists among them.
  void learn(std::string_view text, const Span& chunk, std::span<const InsertStatement> statements,
             const LabelFinder& labels, const Vocabulary& vocabulary);

  /// Judges the value at `offset`; nullopt when it stands in no row, or its list names nothing.
  std::optional<Verdict> judge(std::string_view text, std::size_t offset, Kind kind) const;

  /// Calls `use` with the fields of every row of the chunk, and with what its columns hold. They
  /// hold one of the kinds `wanted`, or have numbers of a kind that the row tells.
  template <class Use>
  void for_each_row(std::string_view text, const Span& chunk, const KindSet& wanted,
                    const Use& use) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::size_t stop = i + 1 < rows_.size() ? rows_[i + 1].begin : chunk.end;
      const Columns& columns = lists_[rows_[i].list].columns;
      if (!(columns.all_kinds() & wanted).empty() || columns.vague_column())
        walk(text, {rows_[i].begin, stop}, columns, use);
    }
  }

 private:
  static constexpr std::size_t kMaxLists = 64;  ///< different ones in a chunk; more are not learnt

  /// The columns of a statement, by what it says of them.
  struct List {
    Columns columns;
    std::string names;  ///< the list of a statement itself, to know it again
    Span defined;       ///< where its table is defined; empty: the statement lists them
  };
  struct Rows {
    std::size_t begin = 0;
    std::size_t list = 0;  ///< index into lists_
  };

  const Columns* at(std::size_t offset) const;
  std::size_t list_of(std::string_view text, const InsertStatement& statement,
                      const LabelFinder& labels, const Vocabulary& vocabulary);
  static Columns listed_columns(std::string_view text, const Span& names, const LabelFinder& labels,
                                const Vocabulary& vocabulary);
  static Columns defined_columns(std::string_view text, const Span& names,
                                 const LabelFinder& labels, const Vocabulary& vocabulary);
  template <class Use>
  static void walk(std::string_view text, const Span& rows, const Columns& columns,
                   const Use& use) {
    std::vector<Span> fields;
    for (std::size_t at = next_row(text, rows.begin, rows.end); at < rows.end;
         at = next_row(text, at, rows.end)) {
      fields.clear();
      while (at < rows.end) {
        const std::size_t end = row_field_end(text, at, rows.end);
        if (fields.size() < kMaxColumns) fields.push_back({at, end});
        at = std::min(end + 1, rows.end);
        if (end >= rows.end || text[end] == ')') break;
      }
      use(fields, columns);
    }
  }
  /// Behind the bracket of the row that comes next; `stop` when the statement ends before.
  static std::size_t next_row(std::string_view text, std::size_t at, std::size_t stop);

  std::vector<List> lists_;
  std::vector<Rows> rows_;  ///< in order
};

}  // namespace huxin::detect
