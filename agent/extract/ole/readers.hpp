#pragma once
#include <string>
#include <string_view>

#include "agent/extract/extraction.hpp"
#include "agent/extract/ole/compound_file.hpp"

namespace huxin::extract {

// What lives in a compound file, one reader each; as those of formats.hpp.

/// A workbook of Excel 97 to 2003 ([MS-XLS], BIFF8) or of Excel 5 and 95 (BIFF5): cells by sheet,
/// hidden or not, comments and text boxes, links, page headers and footers, the values charts
/// remember; or one of its pivot caches. Loses "encrypted" where its strings are.
void read_workbook_stream(ByteView stream, const std::string& where, Extraction& extraction);

/// A letter of Word 97 to 2003 ([MS-DOC]), or of Word 6 and 95: the body, footnotes, headers,
/// comments, endnotes and text boxes, tables by row and column; codes of fields are read as
/// written, and so is text that was deleted while changes were tracked. Loses "encrypted" where the
/// letter says so of itself.
void read_letter(const Storage& storage, ByteView main_stream, const std::string& where,
                 Extraction& extraction);

/// A presentation of PowerPoint 97 to 2003 ([MS-PPT]): slides, hidden or not, notes, masters,
/// headers, comments, and objects, by their order; what an older saving left behind is read too.
/// Loses "encrypted" where the presentation or its user's stream says so.
void read_slides(const Storage& storage, ByteView stream, const std::string& where,
                 Extraction& extraction);

/// A message of Outlook ([MS-OXMSG]): subject, sender, recipients, headers, what a contact or an
/// appointment has beside, the body as text, HTML and RTF, and attachments by their names; messages
/// in messages are read alike. `inner`: it is one of those.
void read_message(const Storage& storage, bool inner, const std::string& where,
                  Extraction& extraction);

/// The properties of a document ([MS-OLEPS], \5SummaryInformation and
/// \5DocumentSummaryInformation): title, subject, keywords, comments, category, and those a user
/// added; nobody's name.
void read_properties(const Storage& storage, const std::string& where, Extraction& extraction);

/// Says whether a storage is a message of Outlook, or a part of one.
bool is_message(const Storage& storage);
/// Says whether a storage has the streams of a document that read_storage() reads.
bool is_document(const Storage& storage);
/// Says whether a storage has a stream that is a file of its own.
bool holds_object(const Storage& storage);

/// OLE1 native data behind its size ([MS-OLEDS] 2.3.6): of the packager a name, two paths, then the
/// file; what is no package is read as it is.
void read_native(ByteView stream, const std::string& where, Extraction& extraction);

/// What is embedded in a document: objects of their own storages, packages (Ole10Native, OOXML,
/// ODF) and files.
void read_objects(const Storage& storage, const std::string& where, Extraction& extraction);

/// Tells what a storage is by its streams, reads it with all that is in it, and returns its format;
/// loses "unsupported" or "encrypted" for what is not read.
std::string_view read_storage(const Storage& storage, const std::string& where,
                              Extraction& extraction);

}  // namespace huxin::extract
