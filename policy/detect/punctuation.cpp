#include "policy/detect/punctuation.hpp"

#include <array>

namespace huxin::detect {
namespace {

constexpr std::size_t kWide = 3;  // bytes of every mark beyond U+07FF

// U+3000 to U+303F, by the last byte.
constexpr std::array<Mark, 64> kCjk = [] {
  std::array<Mark, 64> table{};
  table[0x00] = Mark::kSpace;
  table[0x01] = Mark::kEnumeration;
  table[0x02] = Mark::kStop;
  for (const unsigned open : {0x08U, 0x0AU, 0x10U, 0x14U, 0x16U}) {  // 〈 《 【 〔 〖
    table[open] = Mark::kOpen;
    table[open + 1] = Mark::kClose;
  }
  for (const unsigned quote : {0x0CU, 0x0DU, 0x0EU, 0x0FU}) table[quote] = Mark::kQuote;
  return table;
}();

// U+2000 to U+203F, by the last byte.
constexpr std::array<Mark, 64> kGeneral = [] {
  std::array<Mark, 64> table{};
  for (unsigned width = 0x00; width <= 0x0A; ++width) table[width] = Mark::kSpace;
  for (unsigned quote = 0x18; quote <= 0x1F; ++quote) table[quote] = Mark::kQuote;
  table[0x2F] = Mark::kSpace;
  return table;
}();

// │ ┃ ║ of tables drawn with lines: U+2502, U+2503, U+2551.
Mark drawn(unsigned char middle, unsigned low) {
  const bool bar =
      (middle == 0x94 && (low == 0x02 || low == 0x03)) || (middle == 0x95 && low == 0x11);
  return bar ? Mark::kBar : Mark::kNone;
}

Mark wide(unsigned char lead, unsigned char middle, unsigned char last) {
  const unsigned low = last & 0x3FU;
  if (lead == 0xE3) return middle == 0x80 ? kCjk[low] : Mark::kNone;
  if (lead == 0xE2) return middle == 0x80 ? kGeneral[low] : drawn(middle, low);
  // U+FF01 to U+FF5E are ASCII's '!' to '~'.
  if (lead != 0xEF || (middle != 0xBC && middle != 0xBD)) return Mark::kNone;
  const unsigned code = (middle == 0xBD ? 0x40U : 0U) + low;
  return code >= 0x01 && code <= 0x5E ? detail::kAsciiMarks[code + 0x20] : Mark::kNone;
}

}  // namespace

MarkAt detail::wide_mark_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) == 0xC2) {
    const bool space = at + 2 <= text.size() && byte(1) == 0xA0;
    return space ? MarkAt{Mark::kSpace, 2} : MarkAt{};
  }
  if (byte(0) < 0xE2 || at + kWide > text.size()) return {};
  const Mark mark = wide(byte(0), byte(1), byte(2));
  return mark == Mark::kNone ? MarkAt{} : MarkAt{mark, kWide};
}

MarkAt detail::wide_mark_before(std::string_view text, std::size_t end) {
  if (end >= 2 && text[end - 2] == '\xC2') return wide_mark_at(text.substr(0, end), end - 2);
  return end >= kWide ? wide_mark_at(text.substr(0, end), end - kWide) : MarkAt{};
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
