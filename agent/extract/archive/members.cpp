#include <fmt/format.h>

#include "agent/extract/archive/member_source.hpp"
#include "agent/extract/formats.hpp"

namespace huxin::extract {

void read_archive(ByteView content, ArchiveKind kind, const std::string& where,
                  Extraction& extraction) {
  const Extraction::Descent descent(extraction);
  if (!descent.allowed()) return;
  Archive archive(content, kind, extraction);
  bool any = false;
  while (const auto member = archive.next()) {
    any = true;
    if (!member->file) continue;
    extraction.enter_member();
    if (member->encrypted) {
      extraction.lose("encrypted");
      continue;
    }
    const std::string_view outer = std::string_view(where).substr(where.find_last_of("/!") + 1);
    const std::string_view name = member->name.empty() ? unpacked_name(outer) : member->name;
    MemberSource inside(archive, extraction);
    read_any(inside, fmt::format("{}!{}", where, name), extraction);
  }
  if (archive.broken() && !any) read_if_text(content, where, extraction);
}

}  // namespace huxin::extract
