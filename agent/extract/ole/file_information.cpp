#include "agent/extract/ole/file_information.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

namespace {

constexpr std::uint16_t kWord97 = 0xA5EC;
constexpr std::uint16_t kWord6 = 0xA5DC;
constexpr std::uint16_t kFirstOf97 = 0x6A;  // of the format's numbers; Word 95 has 0x68

// Pairs of offset and size, by their index ([MS-DOC] 2.5.6).
constexpr std::size_t kParagraphPages = 13;
constexpr std::size_t kPieces = 33;

FileInformation::Place pair_at(ByteView pairs, std::size_t index) {
  ByteReader reader(pairs, index * 8);
  return {reader.u32(), reader.u32()};
}

/// Behind the fixed part come arrays that tell their own length.
void read_arrays(ByteReader& reader, FileInformation& information) {
  reader.skip(std::size_t{reader.u16()} * 2);
  ByteReader numbers(reader.take(std::size_t{reader.u16()} * 4));
  numbers.skip(12);
  for (std::uint32_t& count : information.characters) count = numbers.u32();
  const ByteView pairs = reader.take(std::size_t{reader.u16()} * 8);
  information.paragraph_pages = pair_at(pairs, kParagraphPages);
  information.pieces = pair_at(pairs, kPieces);
}

}  // namespace

std::optional<FileInformation> read_file_information(ByteView main_stream) {
  ByteReader reader(main_stream);
  const std::uint16_t mark = reader.u16();
  const std::uint16_t version = reader.u16();
  if (mark != kWord97 && mark != kWord6) return std::nullopt;
  reader.skip(2);
  FileInformation information{.old = version < kFirstOf97, .language = reader.u16()};
  reader.skip(2);
  const std::uint16_t flags = reader.u16();
  information.encrypted = (flags & 0x0100U) != 0;
  information.second_table = (flags & 0x0200U) != 0;
  reader.skip(12);
  information.bytes.begin = reader.u32();
  const std::uint32_t end = reader.u32();
  information.bytes.size = end - std::min(end, information.bytes.begin);
  if (!information.old) read_arrays(reader, information);
  return reader.failed() ? std::nullopt : std::optional(information);
}

ByteView at_place(ByteView stream, FileInformation::Place place) {
  return ByteReader(stream, place.begin).take(place.size);
}

}  // namespace huxin::extract
