#pragma once
#include <string>
#include <vector>

#include "agent/extract/document_writer.hpp"
#include "agent/extract/image/grey_image.hpp"

namespace huxin::extract {

/// Recognises the text of a page, Chinese and English, and writes it line by line. Tesseract is
/// run, not linked, within the page's own time and what the extraction has left. Counts a page.
///
/// Loses "no_tesseract" where the program or a language is missing, "timeout" where the page's time
/// was over (lines come at the end: nothing of it was read), "corrupt" where it failed. A page of
/// less than 32 pixels either way holds no text and is not counted.
void recognise(const GreyImage& image, DocumentWriter& writer, Extraction& extraction);

/// What recognise() needs and this machine does not have, as paths; looks at the file system.
std::vector<std::string> missing_for_recognition();

}  // namespace huxin::extract
