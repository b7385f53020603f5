#pragma once
#include "agent/extract/document_writer.hpp"
#include "agent/extract/markup/markup.hpp"

namespace huxin::extract {

/// Writes every text between tags that is not blank as a paragraph, whatever the tags are.
void write_texts(Markup& markup, DocumentWriter& writer, Extraction& extraction);

}  // namespace huxin::extract
