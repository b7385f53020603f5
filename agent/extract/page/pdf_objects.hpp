#pragma once
#include <string>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

/// Reads what a PDF holds beside its pages (ISO 32000-1): the values of its forms, AcroForm and XFA
/// (12.7; group "form"), what its annotations say (12.5; group "annotations"), the properties that
/// people write (14.3.3; group "properties"), and the files attached to it or to a page (7.11.4),
/// as content of their own. Of a document that asks for a password nothing. What is broken is
/// passed over as far as qpdf can mend it, and loses "corrupt" beyond that.
void read_pdf_objects(ByteView content, const std::string& where, Extraction& extraction);

}  // namespace huxin::extract
