#pragma once
#include <string_view>

#include "policy/base/bytes.hpp"

namespace huxin::detect {

// Words that stand in a sentence are no headings: a law, a handout or the news may name them all.
// Offsets are bytes of the normalised text; `scope` is the line or cell that holds `word`.

/// Says whether a word has its line or cell to itself, but for a number before it (一、 (2)
/// 第三部分) and a unit in brackets or a colon with what follows behind it.
bool is_heading(std::string_view text, const Span& word, const Span& scope);

/// Says whether a word is a field of its own between tabs, bars, commas, semicolons or spaces; a
/// unit in brackets may follow it.
bool is_field(std::string_view text, const Span& word, const Span& scope);

/// Says whether a word is, starts or ends a line that reads like a title: short, and without the
/// marks of a sentence, of a quotation (《…》) or of an enclosure (附件).
bool is_title(std::string_view text, const Span& word, const Span& scope);

/// Says whether a title is what a field holds that tells of its document: 来文：反洗钱调查通知书.
bool is_mention(std::string_view text, const Span& word, const Span& scope);

/// Says whether at least two of the next six lines below a header hold figures: rows of a table.
/// Looks 4 KiB ahead of `end`, which lies on the header's line.
bool has_rows_below(std::string_view text, std::size_t end);

}  // namespace huxin::detect
