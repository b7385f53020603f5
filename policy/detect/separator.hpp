#pragma once
#include <span>
#include <string_view>

#include "policy/detect/context.hpp"

namespace huxin::detect {

inline constexpr std::string_view kAligned = "  ";   // of columns that spaces line up
inline constexpr std::string_view kWide = "\u3000";  // …and ideographic ones

/// What parts the fields of a line. Lives as long as the text.
struct Separator {
  std::string_view text;  ///< empty: there is none
  bool weak = false;      ///< sentences and values have it too: a solidus, one space
};

/// Finds the separator of a line that names columns: tabs, bars, commas, semicolons and the marks
/// that a bar stands among (@|@); two spaces; or what stands between two of its labels.
Separator separator_of(std::string_view text, const Span& line, std::span<const KeywordHit> labels);

/// Says whether no text has a separator for anything else: a bar, a tab, a drawn line.
bool rules(std::string_view separator);

/// The names that a line lists in brackets, as programs do: COLUMNS = ("姓名", "证号"). All of the
/// line where a label stands before them, or no bracket ends it.
Span listed_names(std::string_view text, const Span& line, std::span<const KeywordHit> labels);

/// What stands in the brackets that a row of text is, an item of a list perhaps; the row where it
/// has none.
Span in_brackets(std::string_view text, const Span& row);

/// COPY table (names) FROM stdin; of PostgreSQL's dumps.
bool is_copy(std::string_view line);
/// That, or another statement of SQL: select a, b from t;
bool is_statement(std::string_view line);

}  // namespace huxin::detect
