#include "agent/extract/ole/table_marks.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

namespace {

using Mark = TableMarks::Mark;

constexpr std::size_t kPage = 512;
constexpr std::size_t kPlace = 13;                             // bytes of a BxPap
constexpr std::size_t kMostRuns = (kPage - 5) / (kPlace + 4);  // of a page

// Properties of paragraphs, [MS-DOC] 2.6.2.
constexpr std::uint16_t kInTable = 0x2416;
constexpr std::uint16_t kEndsRow = 0x2417;
constexpr std::uint16_t kTabs = 0xC615;
constexpr std::uint16_t kTableDefinition = 0xD608;

/// Bytes of a property's value ([MS-DOC] 2.2.5.1, spra), the length before it included.
std::size_t operand_size(std::uint16_t property, ByteReader ahead) {
  if (property == kTableDefinition) return std::size_t{ahead.u16()} + 1;
  constexpr std::size_t kSizes[] = {1, 1, 2, 4, 2, 2, 0, 3};
  const std::size_t size = kSizes[property >> 13U];
  if (size != 0) return size;
  const std::size_t told = ahead.u8();
  if (property != kTabs || told != 255) return told + 1;
  const std::size_t deleted = ahead.u8();
  ahead.skip(deleted * 4);
  return 3 + (deleted * 4) + (std::size_t{ahead.u8()} * 3);
}

Mark mark_of(ByteView properties) {
  ByteReader reader(properties);
  Mark mark = Mark::kOutside;
  while (reader.left() >= 3) {
    const std::uint16_t property = reader.u16();
    const bool set = ByteReader(reader).u8() != 0;
    if (property == kEndsRow && set) mark = Mark::kEndOfRow;
    if (property == kInTable && set && mark == Mark::kOutside) mark = Mark::kInCell;
    reader.skip(operand_size(property, reader));
  }
  return mark;
}

/// PapxInFkp, [MS-DOC] 2.9.175: its length counts words, in one way or the other; a style comes
/// before the properties.
ByteView properties_at(ByteView page, std::size_t words) {
  if (words == 0) return {};
  ByteReader reader(page, words * 2);
  const std::size_t told = reader.u8();
  const std::size_t size = told != 0 ? (told * 2) - 1 : std::size_t{reader.u8()} * 2;
  const ByteView all = reader.take(size);
  return all.subspan(std::min<std::size_t>(all.size(), 2));
}

}  // namespace

TableMarks::TableMarks(ByteView main_stream, ByteView pages, Extraction& extraction) {
  const std::size_t most = main_stream.size() / kPage;
  const std::size_t count = pages.size() < 4 ? 0 : std::min((pages.size() - 4) / 8, most);
  ByteReader numbers(pages, pages.size() < 4 ? 0 : ((pages.size() - 4) / 8 + 1) * 4);
  for (std::size_t i = 0; i < count && !extraction.stopped(); ++i) {
    const std::size_t at = std::size_t{numbers.u32() & 0x3FFFFFU} * kPage;
    const ByteView page = ByteReader(main_stream, at).take(kPage);
    if (page.size() == kPage) read_page(page);
    if (i % 128 == 0) extraction.check_time();
  }
  std::ranges::sort(runs_, {}, &Run::begin);
}

void TableMarks::read_page(ByteView page) {
  unknown_ = false;
  const std::size_t count = std::min<std::size_t>(page[kPage - 1], kMostRuns);
  ByteReader offsets(page);
  std::uint32_t begin = offsets.u32();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t end = offsets.u32();
    const std::size_t words = ByteReader(page, ((count + 1) * 4) + (i * kPlace)).u8();
    const Mark mark = mark_of(properties_at(page, words));
    if (mark != Mark::kOutside && begin < end) runs_.push_back({begin, end, mark});
    begin = end;
  }
}

TableMarks::Mark TableMarks::at(std::size_t offset) const {
  const auto after = std::ranges::upper_bound(runs_, offset, {}, &Run::begin);
  if (after == runs_.begin()) return Mark::kOutside;
  const Run& run = *std::prev(after);
  return offset < run.end ? run.mark : Mark::kOutside;
}

}  // namespace huxin::extract
