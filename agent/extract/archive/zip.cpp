#include <algorithm>
#include <array>

#include "agent/extract/archive/archive.hpp"
#include "agent/extract/formats.hpp"

namespace huxin::extract {
namespace {

using Reader = void (*)(ByteView content, const std::string& where, Extraction& extraction);

/// A document that is kept in a ZIP, told by a part that it cannot be without.
struct Packaged {
  std::string_view part;  ///< its name, or what it begins with
  std::string_view format;
  Reader read;
};

constexpr std::array<Packaged, 5> kPackaged = {{
    {"word/document", "docx", read_docx},     // ECMA-376 part 1, 11.3.10; some number it
    {"xl/workbook", "xlsx", read_xlsx},       // 12.3.23
    {"ppt/presentation", "pptx", read_pptx},  // 13.3.6
    {"OFD.xml", "ofd", read_ofd},             // GB/T 33190-2016, 7.3
    {"content.xml", "odf", read_odf},         // ODF 1.3 part 2, 2.2
}};

const Packaged* kind_of(ByteView content, const Extraction& extraction) {
  Budget budget = extraction.budget();
  budget.deadline = extraction.time_left();
  const Sink nowhere = [](text::Document&&) { return true; };
  Extraction look(budget, nowhere);  // what breaks here breaks again, and is recorded, when read
  Archive archive(content, ArchiveKind::kZip, look);
  for (std::size_t members = 0; members < budget.max_entries; ++members) {
    const auto member = archive.next();
    if (!member) break;
    const auto found = std::ranges::find_if(
        kPackaged, [&](const Packaged& kind) { return member->name.starts_with(kind.part); });
    if (found != kPackaged.end()) return &*found;
  }
  return nullptr;
}

}  // namespace

std::string_view read_zip(ByteView content, const std::string& where, Extraction& extraction) {
  if (const Packaged* kind = kind_of(content, extraction)) {
    kind->read(content, where, extraction);
    return kind->format;
  }
  read_archive(content, ArchiveKind::kZip, where, extraction);
  return "zip";
}

}  // namespace huxin::extract
