#include "agent/extract/image/gif_frame.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {
namespace {

constexpr std::uint8_t kExtension = 0x21;
constexpr std::uint8_t kFrame = 0x2C;

void skip_colours(ByteReader& reader, std::uint8_t flags) {
  if ((flags & 0x80U) != 0) reader.skip(std::size_t{3} << ((flags & 0x07U) + 1U));
}

void skip_blocks(ByteReader& reader) {
  while (const std::uint8_t size = reader.u8()) reader.skip(size);
}

/// Goes on to the next frame; false where there is none.
bool find_frame(ByteReader& reader) {
  std::uint8_t block = reader.u8();
  for (; block == kExtension && !reader.failed(); block = reader.u8()) {
    reader.skip(1);
    skip_blocks(reader);
  }
  return block == kFrame && !reader.failed();
}

}  // namespace

std::optional<GifFrame> gif_frame(ByteView content) {
  ByteReader reader(content, 10);
  const std::uint8_t flags = reader.u8();
  reader.skip(2);  // background and shape of pixels
  skip_colours(reader, flags);
  if (!find_frame(reader)) return std::nullopt;
  GifFrame frame;
  reader.skip(4);  // where it stands
  frame.width = reader.u16();
  frame.height = reader.u16();
  skip_colours(reader, reader.u8());
  reader.skip(1);  // bits of a code
  if (reader.failed() || frame.width == 0 || frame.height == 0) return std::nullopt;
  skip_blocks(reader);
  frame.end = reader.at();
  frame.more = find_frame(reader);
  return frame;
}

}  // namespace huxin::extract
