#pragma once
#include <string_view>

#include "agent/extract/office/package.hpp"

namespace huxin::extract {

/// Reads one part of WordprocessingML or DrawingML (ECMA-376 part 1, 17 and 21): paragraphs, and
/// tables as groups of their own ("table1"; behind the part's own group where it has one). Runs of
/// a paragraph are joined, so a number split over runs is one number; cells are not. Text that was
/// deleted with changes tracked is still in the file and is read. Of alternate content the first
/// choice is read, not the fallback. What has a group stands beside the running text. A part that
/// ends too soon loses "corrupt".
void read_ooxml_part(std::string_view group, const Part& part, Extraction& extraction);

}  // namespace huxin::extract
