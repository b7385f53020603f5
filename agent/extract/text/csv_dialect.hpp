#pragma once
#include <optional>
#include <string_view>
#include <vector>

#include "policy/base/bytes.hpp"

namespace huxin::extract {

/// Tells the delimiter of a table in text form (RFC 4180, and TSV): comma, tab, semicolon or bar;
/// nullopt when the text is no table. `whole` says that the last line is not cut off. A table has
/// at least two columns in nine of ten rows, looking at 50 rows; lines with a blank behind most
/// commas are prose.
std::optional<char> csv_dialect(std::string_view text, bool whole);

/// Splits the row at `begin` into cells, quotes left out, and returns where the next row begins. A
/// quote that is not closed within 64 KiB is an ordinary character. Cells are added to `cells`;
/// doubled quotes stay doubled; the signs on both sides of a bar (@|@, !|!) are no part of them. A
/// row ends in \n, \r\n, \r or with the text.
std::size_t split_csv_row(std::string_view text, std::size_t begin, char delimiter,
                          std::vector<Span>& cells);

}  // namespace huxin::extract
