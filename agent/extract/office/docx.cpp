#include <algorithm>
#include <array>

#include "agent/extract/formats.hpp"
#include "agent/extract/office/ooxml_part.hpp"
#include "agent/extract/office/package.hpp"
#include "agent/extract/office/properties.hpp"

namespace huxin::extract {
namespace {

/// "word/header1.xml" → "header1" for the parts that hold text; empty for the others.
std::string_view text_part(std::string_view name) {
  constexpr std::array<std::string_view, 8> kParts = {"document",  "header",   "footer", "comments",
                                                      "footnotes", "endnotes", "chart",  "data"};
  const std::string_view stem = part_stem(name, "word/");
  const bool text =
      std::ranges::any_of(kParts, [&](std::string_view part) { return is_numbered(stem, part); });
  return text ? stem : std::string_view{};
}

}  // namespace

void read_docx(ByteView content, const std::string& where, Extraction& extraction) {
  read_package(content, where, extraction, [&](Part& part) {
    if (is_properties(part.name)) return read_properties(part, extraction);
    const std::string_view stem = text_part(part.name);
    if (stem.empty()) return false;
    read_ooxml_part(is_numbered(stem, "document") ? "" : stem, part, extraction);
    return true;
  });
}

}  // namespace huxin::extract
