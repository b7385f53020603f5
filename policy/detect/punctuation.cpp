#include "policy/detect/punctuation.hpp"

#include <array>

namespace huxin::detect {
namespace {

constexpr std::size_t kWide = 3;  // bytes of every mark beyond U+07FF

// Marks of sixty-four characters that have their first two bytes in common, by the third.
using Block = std::array<Mark, 64>;

// U+3000 to U+303F.
constexpr Block kCjk = [] {
  Block block{};
  block[0x00] = Mark::kSpace;
  block[0x01] = Mark::kEnumeration;
  block[0x02] = Mark::kStop;
  for (const unsigned open : {0x08U, 0x0AU, 0x10U, 0x14U, 0x16U}) {  // 〈 《 【 〔 〖
    block[open] = Mark::kOpen;
    block[open + 1] = Mark::kClose;
  }
  for (const unsigned quote : {0x0CU, 0x0DU, 0x0EU, 0x0FU}) block[quote] = Mark::kQuote;
  return block;
}();

// U+2000 to U+203F.
constexpr Block kGeneral = [] {
  Block block{};
  for (unsigned width = 0x00; width <= 0x0A; ++width) block[width] = Mark::kSpace;
  for (unsigned quote = 0x18; quote <= 0x1F; ++quote) block[quote] = Mark::kQuote;
  block[0x2F] = Mark::kSpace;
  return block;
}();

// │ ┃ ║ of tables drawn with lines.
constexpr Block kLight = [] {  // U+2500 to U+253F
  Block block{};
  block[0x02] = block[0x03] = Mark::kBar;
  return block;
}();
constexpr Block kDouble = [] {  // U+2540 to U+257F
  Block block{};
  block[0x11] = Mark::kBar;
  return block;
}();

// U+FF01 to U+FF5E are ASCII's '!' to '~'.
constexpr Block full_width(std::size_t first) {
  Block block{};
  for (std::size_t low = 0; low < block.size(); ++low) {
    if (const std::size_t code = first + low; code >= '!' && code <= '~')
      block[low] = detail::kAsciiMarks[code];
  }
  return block;
}

constexpr std::array<Block, 7> kBlocks = {Block{}, kGeneral,         kLight,          kDouble,
                                          kCjk,    full_width(0x20), full_width(0x60)};

constexpr std::size_t row_of(unsigned lead, unsigned middle) {
  return (lead & 0x0FU) << 6U | (middle & 0x3FU);
}

// The block of the first two bytes, of leads E0 to EF; 0 where no mark is.
constexpr auto kBlockOf = [] {
  std::array<std::uint8_t, 16 * 64> blocks{};
  blocks[row_of(0xE2, 0x80)] = 1;
  blocks[row_of(0xE2, 0x94)] = 2;
  blocks[row_of(0xE2, 0x95)] = 3;
  blocks[row_of(0xE3, 0x80)] = 4;
  blocks[row_of(0xEF, 0xBC)] = 5;
  blocks[row_of(0xEF, 0xBD)] = 6;
  return blocks;
}();

}  // namespace

MarkAt detail::wide_mark_at(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  const auto byte = [bytes = rest.data()](std::size_t i) {
    return static_cast<unsigned char>(bytes[i]);
  };
  if (rest.size() >= kWide && byte(0) != 0xC2) {
    const Mark mark = kBlocks[kBlockOf[row_of(byte(0), byte(1))]][byte(2) & 0x3FU];
    return {mark, mark == Mark::kNone ? 0U : kWide};
  }
  return rest.starts_with("\u00A0") ? MarkAt{Mark::kSpace, 2} : MarkAt{};
}

std::size_t detail::skip_marks(std::string_view text, std::size_t at, std::size_t stop, Mark set) {
  const std::string_view within = text.substr(0, stop);
  for (MarkAt here = mark_at(within, at); in(here.mark, set); here = mark_at(within, at)) {
    at += here.bytes;
  }
  return at;
}

std::size_t detail::skip_marks_back(std::string_view text, std::size_t end, std::size_t stop,
                                    Mark set) {
  for (MarkAt here = mark_before(text, end); end > stop && in(here.mark, set);
       here = mark_before(text, end)) {
    if (end - stop < here.bytes) break;
    end -= here.bytes;
  }
  return end;
}

}  // namespace huxin::detect
