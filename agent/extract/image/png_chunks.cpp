#include "agent/extract/image/png_chunks.hpp"

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {
namespace {

constexpr std::size_t kMark = 8;    // the signature's bytes
constexpr std::size_t kFrame = 12;  // length, type and check sum of a chunk
constexpr std::uint32_t kHeaderSize = 13;
constexpr std::uint32_t kMost = 0x7FFFFFFF;

struct Chunk {
  std::string_view type;
  ByteView data;
  ByteView whole;  ///< with its frame
};

/// Goes from chunk to chunk, up to IEND; the last may be cut off.
class Chunks {
 public:
  explicit Chunks(ByteView content) : content_(content), reader_(content, kMark) {}

  std::optional<Chunk> next() {
    if (ended_ || reader_.left() < kFrame) return std::nullopt;
    const std::size_t begin = reader_.at();
    const std::size_t size = reader_.u32be();
    Chunk chunk{.type = as_text(reader_.take(4)), .data = reader_.take(size), .whole = {}};
    reader_.skip(4);
    chunk.whole = content_.subspan(begin, reader_.at() - begin);
    ended_ = chunk.type == "IEND" || reader_.failed();
    return chunk;
  }

 private:
  ByteView content_;
  ByteReader reader_;
  bool ended_ = false;
};

bool is_known(const PngHeader& header) {
  const unsigned bits = header.bits;
  if (header.width == 0 || header.width > kMost || header.height == 0 || header.height > kMost)
    return false;
  if (header.samples() == 0) return false;
  const bool few = bits == 1 || bits == 2 || bits == 4;
  if (header.colour_type == 0) return few || bits == 8 || bits == 16;
  if (header.colour_type == 3) return few || bits == 8;
  return bits == 8 || bits == 16;
}

}  // namespace

unsigned PngHeader::samples() const {
  constexpr unsigned kSamples[] = {1, 0, 3, 1, 2, 0, 4};
  return colour_type < std::size(kSamples) ? kSamples[colour_type] : 0;
}

std::optional<PngHeader> png_header(ByteView content) {
  const auto first = Chunks(content).next();
  if (!first || first->type != "IHDR" || first->data.size() != kHeaderSize) return std::nullopt;
  ByteReader reader(first->data);
  PngHeader header{.width = reader.u32be(), .height = reader.u32be()};
  header.bits = reader.u8();
  header.colour_type = reader.u8();
  reader.skip(2);  // how it is packed and filtered: there is one way
  header.interlaced = reader.u8() != 0;
  return is_known(header) ? std::optional(header) : std::nullopt;
}

bool is_animated_png(ByteView content) {
  Chunks chunks(content);
  while (const auto chunk = chunks.next()) {
    if (chunk->type == "acTL") return true;
    if (chunk->type == "IDAT") return false;  // it comes before
  }
  return false;
}

void for_each_picture_chunk(ByteView content, const std::function<bool(ByteView)>& use) {
  const auto header = png_header(content);
  if (!header || !use(content.first(kMark))) return;
  Chunks chunks(content);
  bool first = true;
  bool data = false;
  while (const auto chunk = chunks.next()) {
    const std::string_view type = chunk->type;
    data = data || type == "IDAT";
    const bool colours = type == "PLTE" || (type == "tRNS" && header->colour_type != 0);
    const bool wanted = first || type == "IDAT" || type == "IEND" || (colours && !data);
    if (wanted && !use(chunk->whole)) return;
    first = false;
  }
}

}  // namespace huxin::extract
