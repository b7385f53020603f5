#pragma once
#include "agent/extract/office/package.hpp"

namespace huxin::extract {

/// Says whether a part of an Office Open XML package holds the properties of its document.
bool is_properties(std::string_view part);

/// Reads the properties of a document that people write, one a paragraph under the group
/// "properties": title, subject, description, keywords, category, and those of their own making,
/// "name: value". Of docProps/core.xml and custom.xml (ECMA-376 part 2, 11; part 1, 22.3) and of
/// meta.xml (ODF 1.3, 4.3). The author is staff, and like programs' own passed over. Returns true.
bool read_properties(const Part& part, Extraction& extraction);

}  // namespace huxin::extract
