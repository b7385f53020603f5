#pragma once
#include <string>

#include "agent/extract/extraction.hpp"
#include "agent/extract/ole/compound_file.hpp"

namespace huxin::extract {

// What lives in a compound file, one reader each; as those of formats.hpp.

/// A workbook of Excel 97 to 2003 ([MS-XLS], BIFF8) or of Excel 5 and 95 (BIFF5): cells by sheet,
/// hidden or not, comments and text boxes, page headers and footers, the values charts remember.
/// Loses "encrypted" where its strings are.
void read_workbook_stream(ByteView stream, const std::string& where, Extraction& extraction);

/// A letter of Word 97 to 2003 ([MS-DOC]), or of Word 6 and 95: the body, footnotes, headers,
/// comments, endnotes and text boxes, tables by row and column; codes of fields are read as
/// written, and so is text that was deleted while changes were tracked. Loses "encrypted" where the
/// letter says so of itself.
void read_letter(const Storage& storage, ByteView main_stream, const std::string& where,
                 Extraction& extraction);

}  // namespace huxin::extract
