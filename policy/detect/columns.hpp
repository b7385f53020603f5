#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "policy/detect/context.hpp"
#include "policy/detect/list_entry.hpp"

namespace huxin::detect {

/// What a column holds, as its header says. Of a column nobody named, everything is silent.
struct ColumnMeaning {
  KindSet kinds;
  KindSet beside;        ///< of them, those only where a customer is on the record
  bool against = false;  ///< order numbers and the like
  bool learned = false;
  bool foreign = false;  ///< named, by words that speak of nothing we look for
  unsigned vague = 0;    ///< it says that there are numbers and not which: the higher, the likelier
  std::string_view word;  ///< the vocabulary's, that the header has

  Verdict judge(Kind kind) const {
    if (kinds.has(kind)) return Verdict::kForColumn;
    if (against) return Verdict::kAgainst;
    return foreign || learned ? Verdict::kForeign : Verdict::kSilent;
  }
};

/// Learns what the columns of a table hold from its first rows: of a table with segments, and of
/// plain text with a line that names columns between separators: tabs, commas, bars and whatever
/// else stands between two labels, or spaces that line them up. For one thread.
class Columns {
 public:
  /// Forgets the last table.
  void clear();

  /// Takes a cell of one of the first rows as its column's header, when it reads like one: short,
  /// with a keyword, without a number. The first such cell of a column counts: true then. `hits`
  /// are the keywords inside the cell. At most 60 bytes and three digits read like a header.
  bool learn(std::uint32_t column, std::string_view text, const Span& cell,
             std::span<const KeywordHit> hits, const Vocabulary& vocabulary);

  /// Takes a cell beside headers as one that speaks of nothing we look for, when it reads like a
  /// header and its column has none.
  void learn_foreign(std::uint32_t column, std::string_view cell);

  /// Takes a line of plain text as a header, when at least two of its fields read like one. Half of
  /// the fields must be known, or it is a line of data with labels in it.
  void learn_line(std::string_view text, const Span& line, const LabelFinder& labels,
                  const Vocabulary& vocabulary);

  /// Takes a line inside plain text as a header: the same, but one field that is known suffices
  /// where bars or tabs part the fields. In brackets, as programs list names, its rows are too;
  /// PostgreSQL's COPY names columns whose rows have tabs. Says whether it is one.
  bool learn_header(std::string_view text, const Span& line, const LabelFinder& labels,
                    const Vocabulary& vocabulary);

  /// Takes what stands before a colon as a header: 姓名/证件号：张伟/5201…. All of its fields must
  /// be known.
  bool learn_joined(std::string_view text, const Span& labels_before, const LabelFinder& labels,
                    const Vocabulary& vocabulary);

  /// Takes a line that a label fills as the header of a list with entries of a shape: a table of
  /// one column. Says whether it is one.
  bool learn_list(std::string_view text, const Span& line, EntryShape entries,
                  const LabelFinder& labels, const Vocabulary& vocabulary);

  /// Parts a line into fields, of the line's bytes; says whether they are as many as the header's.
  /// Stops behind the first that is too many.
  bool split(std::string_view line, std::vector<Span>& cells) const;

  /// What a column holds by its header; nothing where no header named it.
  KindSet kinds(std::uint32_t column) const {
    return column < columns_.size() ? columns_[column].kinds : KindSet{};
  }
  /// Of what a column holds, that which counts only where a customer is on the record.
  KindSet beside(std::uint32_t column) const {
    return column < columns_.size() ? columns_[column].beside : KindSet{};
  }
  /// What any of them holds.
  const KindSet& all_kinds() const { return all_kinds_; }
  /// The keyword in a column's header; empty where there is none. Lives as long as the vocabulary.
  std::string_view word(std::uint32_t column) const {
    return column < columns_.size() ? columns_[column].word : std::string_view{};
  }
  /// The column whose numbers another one or the table's title tells of: 证件号码, 号码 or 编号
  /// beside 证件类型; nullopt where there is none.
  std::optional<std::uint32_t> vague_column() const { return vaguest_; }
  /// What the table's title says that numbers in it are; nothing of 编号, which also counts rows.
  KindSet titled() const { return vaguest_ && columns_[*vaguest_].vague > 1 ? titled_ : KindSet{}; }
  void entitle(const KindSet& kinds) { titled_.add(kinds); }
  /// As learn_line() leaves them where a line is no header.
  const KindSet& title() const { return titled_; }
  /// kSilent for a column that no header named.
  Verdict judge(std::uint32_t column, Kind kind) const;
  /// The separator of plain text with a header; empty when there is none.
  std::string_view separator() const { return separator_; }
  /// Says whether the separator is one that sentences have too.
  bool weak() const { return weak_; }
  /// Where the fields of a line of plain text begin, all but the first: behind separators that line
  /// nothing up.
  void field_begins(std::string_view line, std::vector<std::size_t>& begins) const;
  /// How many separators of plain text stand in a piece of it.
  std::uint32_t separators_in(std::string_view text) const;
  /// Says whether a label of names alone is known of columns that spaces line up: rows have to say
  /// that it is a header.
  bool sparse() const { return aligned() && !weak_ && known() == 1; }
  /// Says whether spaces line the columns up.
  bool aligned() const { return aligned_; }

 private:
  /// The fields of a line that reads like headers.
  void learn_fields(std::string_view text, const Span& line, const LabelFinder& labels,
                    const Vocabulary& vocabulary);
  void part_by(std::string_view separator);
  void note_vague(std::uint32_t column, unsigned vague);
  std::ptrdiff_t known() const;
  bool names_enough() const;
  /// Where a field of plain text that begins at `at` ends: before a separator, or with the text.
  std::size_t field_end(std::string_view text, std::size_t at) const;
  /// Behind the separator that stands at `end`; `end` itself where none does.
  std::size_t behind_separator(std::string_view text, std::size_t end) const;
  /// Bytes of the spaces at `at` that part columns which they line up; 0 where they do not.
  /// `single`: one space behind a digit does, as an ideographic one is read there.
  std::size_t gap_at(std::string_view text, std::size_t at, bool single) const;
  bool split_wiki(std::string_view line, std::vector<Span>& cells) const;
  void split_aligned(std::string_view line, bool single, std::vector<Span>& cells) const;

  std::vector<ColumnMeaning> columns_;
  KindSet all_kinds_;                     ///< of theirs
  std::optional<std::uint32_t> vaguest_;  ///< of them; the first of those that are as vague
  KindSet titled_;
  std::string separator_;
  bool aligned_ = false;               ///< by the separator, which is of spaces
  std::uint32_t fields_ = 0;           ///< of the header line of plain text
  bool weak_ = false;                  ///< its separator is one that sentences have too
  bool bracketed_ = false;             ///< its rows stand in brackets
  std::optional<EntryShape> entries_;  ///< of a list
};

inline constexpr std::uint32_t kHeaderRows = 5;       ///< a title or two may stand above the header
inline constexpr std::uint32_t kMaxColumns = 16'384;  ///< as in spreadsheets; beyond, no header

}  // namespace huxin::detect
