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

  /// Calls `use` with every field of the chunk's rows whose column list says that it holds one of
  /// the kinds `wanted`, quotes left out, with those of them that it does, and with
  /// what counts there only beside a customer.
  template <class Use>
  void for_each_field(std::string_view text, const Span& chunk, const KindSet& wanted,
                      const Use& use) const {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const std::size_t stop = i + 1 < rows_.size() ? rows_[i + 1].begin : chunk.end;
      const Columns& columns = lists_[rows_[i].list];
      if (!(columns.all_kinds() & wanted).empty())
        walk(text, {rows_[i].begin, stop}, columns, wanted, use);
    }
  }

 private:
  static constexpr std::size_t kMaxLists = 64;  ///< different ones in a chunk; more are not learnt

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
                   const KindSet& wanted, const Use& use) {
    for (std::size_t at = next_row(text, rows.begin, rows.end); at < rows.end;
         at = next_row(text, at, rows.end)) {
      for (std::uint32_t column = 0; at < rows.end; ++column) {
        const std::size_t end = row_field_end(text, at, rows.end);
        const KindSet kinds = columns.kinds(column) & wanted;
        if (!kinds.empty()) use(unquoted(text, {at, end}), kinds, columns.beside(column));
        at = std::min(end + 1, rows.end);
        if (end >= rows.end || text[end] == ')') break;
      }
    }
  }
  /// Behind the bracket of the row that comes next; `stop` when the statement ends before.
  static std::size_t next_row(std::string_view text, std::size_t at, std::size_t stop);
  static Span unquoted(std::string_view text, const Span& field);

  std::vector<Columns> lists_;
  std::vector<std::string> names_;  ///< the column lists themselves, to know them again
  std::vector<Rows> rows_;          ///< in order
};

}  // namespace huxin::detect
