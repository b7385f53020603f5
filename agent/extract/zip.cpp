#include "agent/extract/archive.hpp"
#include "agent/extract/formats.hpp"

namespace huxin::extract {

namespace {

enum class Kind : std::uint8_t { kZip, kDocx, kXlsx };

/// Tells OOXML by its main part, which every producer puts here (ECMA-376 part 1, 11.3 and 12.3).
Kind kind_of(ByteView content, const Budget& budget) {
  const Sink nowhere = [](text::Document&&) { return true; };
  Extraction look(budget, nowhere);  // what breaks here breaks again, and is recorded, when read
  Archive archive(content, look);
  for (std::size_t members = 0; members < budget.max_entries; ++members) {
    const auto member = archive.next();
    if (!member) break;
    if (member->name == "word/document.xml") return Kind::kDocx;
    if (member->name == "xl/workbook.xml") return Kind::kXlsx;
  }
  return Kind::kZip;
}

void read_members(ByteView content, const std::string& where, Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  Archive archive(content, extraction);
  while (const auto member = archive.next()) {
    if (member->directory) continue;
    extraction.enter_member();
    if (member->encrypted) {
      extraction.lose("encrypted");
      continue;
    }
    const std::string inside = archive.read_all(extraction.budget().max_bytes);
    read_any(as_bytes(inside), where + "!" + member->name, extraction);
  }
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
  read_members(content, where, extraction);
  return "zip";
}

}  // namespace huxin::extract
