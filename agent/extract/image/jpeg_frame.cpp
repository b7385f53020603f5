#include "agent/extract/image/jpeg_frame.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {
namespace {

using namespace std::string_view_literals;

std::size_t u16be(ByteReader& reader) {
  const std::size_t high = reader.u8();
  return (high << 8U) | reader.u8();
}

/// The next marker, passing over filling and what lies astray; 0 at the end.
std::uint8_t next_marker(ByteReader& reader) {
  while (!reader.failed()) {
    while (!reader.failed() && reader.u8() != 0xFF) {
    }
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

std::size_t count_scans(std::string_view content) {
  std::size_t scans = 0;
  for (auto at = content.find("\xFF\xDA"sv); at != std::string_view::npos;
       at = content.find("\xFF\xDA"sv, at + 2))
    ++scans;
  return scans;
}

}  // namespace

std::optional<JpegFrame> jpeg_frame(ByteView content) {
  ByteReader reader(content, 2);
  while (const std::uint8_t marker = next_marker(reader)) {
    if (stands_alone(marker)) continue;
    if (marker == 0xDA || marker == 0xD9) return std::nullopt;  // a scan, or the end
    const std::size_t length = u16be(reader);
    if (!begins_frame(marker)) {
      reader.skip(length < 2 ? 0 : length - 2);
      continue;
    }
    reader.skip(1);  // bits of a sample
    JpegFrame frame{.scans = count_scans(as_text(content))};
    frame.height = u16be(reader);
    frame.width = u16be(reader);
    frame.components = reader.u8();
    const bool good = !reader.failed() && frame.height > 0 && frame.width > 0;
    return good ? std::optional(frame) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace huxin::extract
