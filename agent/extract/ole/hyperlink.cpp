#include "agent/extract/ole/hyperlink.hpp"

#include "agent/extract/byte_reader.hpp"
#include "agent/extract/ole/code_page.hpp"

namespace huxin::extract {

namespace {

using namespace std::string_view_literals;

enum Flag : std::uint32_t { kMoniker = 1, kLocation = 8, kShown = 16, kFrame = 128, kText = 256 };

/// Of a URL moniker ([MS-OSHARED] 2.3.7.6).
constexpr std::string_view kUrl = "\xE0\xC9\xEA\x79\xF9\xBA\xCE\x11"sv;

void add_line(std::string& lines, ByteView utf16) {
  std::string line = from_utf16(utf16);
  line.resize(std::min(line.find('\0'), line.size()));
  if (!line.empty()) lines += line + '\n';
}

ByteView counted(ByteReader& reader) { return reader.take(std::size_t{reader.u32()} * 2); }

}  // namespace

std::string hyperlink_text(ByteView object) {
  ByteReader reader(object, 4);
  const std::uint32_t flags = reader.u32();
  std::string lines;
  if ((flags & kShown) != 0) add_line(lines, counted(reader));
  if ((flags & kFrame) != 0) counted(reader);
  if ((flags & (kMoniker | kText)) == (kMoniker | kText)) {
    add_line(lines, counted(reader));
  } else if ((flags & kMoniker) != 0) {
    if (!as_text(reader.take(16)).starts_with(kUrl)) return lines;
    add_line(lines, reader.take(reader.u32()));
  }
  if ((flags & kLocation) != 0) add_line(lines, counted(reader));
  return lines;
}

}  // namespace huxin::extract
