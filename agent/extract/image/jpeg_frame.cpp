#include "agent/extract/image/jpeg_frame.hpp"

#include <algorithm>

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {
namespace {

/// The next marker, passing over filling and what lies astray; 0 at the end.
std::uint8_t next_marker(ByteReader& reader) {
  while (!reader.failed()) {
    const ByteView rest = reader.rest();
    reader.skip(static_cast<std::size_t>(std::ranges::find(rest, 0xFF) - rest.begin()) + 1);
    std::uint8_t marker = reader.u8();
    while (marker == 0xFF) marker = reader.u8();
    if (marker != 0) return marker;
  }
  return 0;
}

bool stands_alone(std::uint8_t marker) {
  return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);  // TEM, RSTn, SOI
}

/// SOF0 to SOF15 without DHT, JPG and DAC, which have numbers between them (table B.1).
bool begins_frame(std::uint8_t marker) {
  return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
}

void skip_segment(ByteReader& reader) {
  const std::size_t length = reader.u16be();
  reader.skip(length < 2 ? 0 : length - 2);
}

/// From behind the frame's header to the end of the picture: what stands in segments, such as a
/// smaller picture, and what is appended is not of it.
std::size_t count_scans(ByteReader reader) {
  std::size_t scans = 0;
  while (const std::uint8_t marker = next_marker(reader)) {
    if (marker == 0xD9) break;
    if (stands_alone(marker)) continue;
    if (marker == 0xDA) ++scans;
    skip_segment(reader);
  }
  return scans;
}

}  // namespace

std::optional<JpegFrame> jpeg_frame(ByteView content) {
  ByteReader reader(content, 2);
  while (const std::uint8_t marker = next_marker(reader)) {
    if (stands_alone(marker)) continue;
    if (marker == 0xDA || marker == 0xD9) return std::nullopt;  // a scan, or the end
    ByteReader behind = reader;
    skip_segment(behind);
    if (!begins_frame(marker)) {
      reader = behind;
      continue;
    }
    reader.skip(3);  // length, bits of a sample
    JpegFrame frame{.scans = count_scans(behind)};
    frame.height = reader.u16be();
    frame.width = reader.u16be();
    frame.components = reader.u8();
    const bool good = !reader.failed() && frame.height > 0 && frame.width > 0;
    return good ? std::optional(frame) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace huxin::extract
