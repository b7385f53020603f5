#include "agent/extract/archive/archive.hpp"
#include "agent/extract/formats.hpp"

namespace huxin::extract {

namespace {

enum class Kind : std::uint8_t { kZip, kDocx, kXlsx };

/// Tells OOXML by its main part, which every producer puts here (ECMA-376 part 1, 11.3 and 12.3).
Kind kind_of(ByteView content, const Budget& budget) {
  const Sink nowhere = [](text::Document&&) { return true; };
  Extraction look(budget, nowhere);  // what breaks here breaks again, and is recorded, when read
  Archive archive(content, ArchiveKind::kZip, look);
  for (std::size_t members = 0; members < budget.max_entries; ++members) {
    const auto member = archive.next();
    if (!member) break;
    if (member->name == "word/document.xml") return Kind::kDocx;
    if (member->name == "xl/workbook.xml") return Kind::kXlsx;
  }
  return Kind::kZip;
}

}  // namespace

std::string_view read_zip(ByteView content, const std::string& where, Extraction& extraction) {
  switch (kind_of(content, extraction.budget())) {
    case Kind::kDocx:
      read_docx(content, where, extraction);
      return "docx";
    case Kind::kXlsx:
      read_xlsx(content, where, extraction);
      return "xlsx";
    case Kind::kZip:
      break;
  }
  read_archive(content, ArchiveKind::kZip, where, extraction);
  return "zip";
}

}  // namespace huxin::extract
