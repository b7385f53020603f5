#pragma once
#include <span>
#include <string>

#include "agent/extract/extraction.hpp"

namespace huxin::extract {

/// Reads the objects that a letter embeds, each given as the hexadecimal digits of its \objdata
/// ([MS-OLEDS] 2.2.5), as content of their own: "a.rtf!object1". Counts as a level of nesting, and
/// each object as a member.
void read_rtf_objects(std::span<const std::string> objects, const std::string& where,
                      Extraction& extraction);

}  // namespace huxin::extract
