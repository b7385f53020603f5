#include <fmt/format.h>
#include <array>

#include "agent/extract/formats.hpp"
#include "agent/extract/office/ooxml_part.hpp"
#include "agent/extract/office/package.hpp"
#include "agent/extract/office/properties.hpp"

namespace huxin::extract {
namespace {

struct Named {
  std::string_view name, group;
};

/// "ppt/notesSlides/notesSlide3.xml" → "notes3" for the parts that hold text; empty for the others.
/// Masters and layouts are the bank's own.
std::string group_of(std::string_view name) {
  constexpr std::array<Named, 6> kParts = {{{"slide", "slide"},
                                            {"notesSlide", "notes"},
                                            {"comment", "comment"},
                                            {"modernComment", "comment"},
                                            {"chart", "chart"},
                                            {"data", "diagram"}}};
  const std::string_view stem = part_stem(name, "ppt/");
  for (const Named& part : kParts) {
    const bool comment = part.name == "modernComment" && stem.starts_with(part.name);
    if (is_numbered(stem, part.name) || comment)
      return fmt::format("{}{}", part.group, stem.substr(part.name.size()));
  }
  return {};
}

}  // namespace

void read_pptx(ByteView content, const std::string& where, Extraction& extraction) {
  read_package(content, where, extraction, [&](Part& part) {
    if (is_properties(part.name)) return read_properties(part, extraction);
    const std::string group = group_of(part.name);
    if (group.empty()) return false;
    read_ooxml_part(group, part, extraction);
    return true;
  });
}

}  // namespace huxin::extract
