#pragma once
#include <string>
#include <string_view>

#include "agent/extract/extraction.hpp"
#include "policy/text/decode.hpp"

namespace huxin::extract {

// One reader a format, one file each. A reader hands documents to the extraction, records what it
// could not see, and throws nothing but bad_alloc. `where` is the provenance of `content`.

void read_text(ByteView content, text::Encoding encoding, const std::string& where,
               Extraction& extraction);
void read_csv(ByteView content, text::Encoding encoding, const std::string& where,
              Extraction& extraction);
void read_html(ByteView content, text::Encoding encoding, const std::string& where,
               Extraction& extraction);
void read_json(ByteView content, text::Encoding encoding, const std::string& where,
               Extraction& extraction);
void read_form(ByteView content, const std::string& where, Extraction& extraction);
void read_multipart(ByteView content, const std::string& where, Extraction& extraction);
void read_pdf(ByteView content, const std::string& where, Extraction& extraction);
void read_docx(ByteView content, const std::string& where, Extraction& extraction);
void read_xlsx(ByteView content, const std::string& where, Extraction& extraction);
/// Tells DOCX and XLSX from other archives by their members, reads them as what they are, and
/// returns "docx", "xlsx" or "zip".
std::string_view read_zip(ByteView content, const std::string& where, Extraction& extraction);

/// Sniffs and reads content of any format; returns the format's name. Readers of containers call it
/// for each member.
std::string_view read_any(ByteView content, const std::string& where, Extraction& extraction);

}  // namespace huxin::extract
