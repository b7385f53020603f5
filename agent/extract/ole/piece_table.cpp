#include "agent/extract/ole/piece_table.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

namespace {

constexpr std::uint8_t kProperties = 1;
constexpr std::uint8_t kTable = 2;
constexpr std::uint32_t kNarrow = 0x40000000;

/// What stands before the table are changes of formatting.
ByteView table_of(ByteView clx) {
  ByteReader reader(clx);
  for (;;) {
    const std::uint8_t kind = reader.u8();
    if (kind == kTable) return reader.take(reader.u32());
    if (kind != kProperties || reader.failed()) return {};
    reader.skip(reader.u16());
  }
}

}  // namespace

std::vector<Piece> read_piece_table(ByteView clx) {
  const ByteView table = table_of(clx);
  std::vector<Piece> pieces;
  if (table.size() < 4) return pieces;
  const std::size_t count = (table.size() - 4) / 12;
  ByteReader places(table);
  ByteReader pieces_at(table, (count + 1) * 4);
  std::uint32_t begin = places.u32();
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t end = places.u32();
    pieces_at.skip(2);
    const std::uint32_t at = pieces_at.u32();
    pieces_at.skip(2);
    const bool narrow = (at & kNarrow) != 0;
    const std::size_t offset = at & (kNarrow - 1);
    if (begin < end) pieces.push_back({begin, end, narrow ? offset / 2 : offset, narrow});
    begin = end;
  }
  return pieces;
}

}  // namespace huxin::extract
