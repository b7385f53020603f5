#pragma once
#include <string>
#include <vector>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

/// Draws pages of a PDF (counted from 1), up to the budget's pages, and reads what they show as
/// read_page_image() does, in the groups "p1", "p1!qr1". By pdftoppm, 2,600 pixels on the longer
/// side whatever a page says of its size: A4 at 222 dpi. A page takes no longer to draw than what
/// is left for looking: else Look::late() is lost, and the next is drawn. Loses "corrupt" for a
/// page that cannot be drawn, "no_pdftotext" where the program is not there, "too_many_pictures"
/// for pages beyond.
void read_scanned_pages(ByteView pdf, const std::vector<unsigned>& pages, const std::string& where,
                        Extraction& extraction);

}  // namespace huxin::extract
