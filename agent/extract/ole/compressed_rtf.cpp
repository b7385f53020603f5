#include "agent/extract/ole/compressed_rtf.hpp"

#include <array>

#include "agent/extract/byte_reader.hpp"

namespace huxin::extract {

namespace {

constexpr std::uint32_t kPacked = 0x75465A4C;  // "LZFu"
constexpr std::uint32_t kStored = 0x414C454D;  // "MELA"
constexpr std::size_t kWindow = 4096;
/// What every body is taken to follow ([MS-OXRTFCP] 2.1.3.1.4).
constexpr std::string_view kBefore =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern "
    "\\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0"
    "\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";
static_assert(kBefore.size() == 207);

/// Takes bytes, and remembers the last 4,096.
class Unpacked {
 public:
  Unpacked() { std::ranges::copy(kBefore, window_.begin()); }

  void add(std::uint8_t byte) {
    bytes.push_back(byte);
    window_[at_] = byte;
    at_ = (at_ + 1) % kWindow;
  }
  void repeat(std::size_t from, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) add(window_[(from + i) % kWindow]);
  }
  std::size_t at() const { return at_; }

  Bytes bytes;

 private:
  std::array<std::uint8_t, kWindow> window_{};
  std::size_t at_ = kBefore.size();
};

/// A byte of flags says of the next eight things whether each is a byte or a place to repeat from.
Bytes unpack(ByteReader reader, std::size_t limit) {
  Unpacked unpacked;
  while (reader.left() > 0 && unpacked.bytes.size() < limit) {
    const std::uint8_t flags = reader.u8();
    for (unsigned bit = 0; bit < 8 && reader.left() > 0; ++bit) {
      if ((flags >> bit & 1U) == 0) {
        unpacked.add(reader.u8());
        continue;
      }
      const unsigned high = reader.u8();
      const unsigned place = (high << 8U) | reader.u8();
      const std::size_t from = place >> 4U;
      if (from == unpacked.at()) return std::move(unpacked.bytes);
      unpacked.repeat(from, (place & 15U) + 2);
    }
  }
  return std::move(unpacked.bytes);
}

}  // namespace

std::optional<Bytes> unpack_rtf(ByteView packed, std::size_t limit) {
  ByteReader reader(packed);
  reader.skip(4);
  const std::size_t size = reader.u32();
  const std::uint32_t kind = reader.u32();
  reader.skip(4);
  if (reader.failed() || (kind != kPacked && kind != kStored)) return std::nullopt;
  if (kind == kPacked) return unpack(reader, limit);
  const ByteView stored = reader.take(size);
  return Bytes(stored.begin(), stored.end());
}

}  // namespace huxin::extract
