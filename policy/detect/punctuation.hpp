#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "policy/base/byte_set.hpp"
#include "policy/base/bytes.hpp"

namespace huxin::detect {

/// What a mark between words does. Values are bits: sets of classes are made with '|'.
enum class Mark : std::uint16_t {
  kNone = 0,
  kSpace = 1,         ///< space, tab, no-break space, U+3000 and the other wide ones
  kColon = 2,         ///< : ：
  kEquals = 4,        ///< = ＝
  kComma = 8,         ///< , ，
  kEnumeration = 16,  ///< 、
  kSemicolon = 32,    ///< ; ；
  kStop = 64,         ///< 。
  kQuote = 128,       ///< " ' and “ ” ‘ ’ 「 」 『 』
  kOpen = 256,        ///< ( [ { < （ ［ ｛ ＜ 【 〔 《 〈
  kClose = 512,       ///< their counterparts
  kBar = 1024,        ///< | ｜ │
  kSlash = 2048,      ///< / ／
};
constexpr Mark operator|(Mark a, Mark b) {
  return static_cast<Mark>(static_cast<unsigned>(a) | static_cast<unsigned>(b));
}
constexpr bool in(Mark mark, Mark set) {
  return (static_cast<unsigned>(mark) & static_cast<unsigned>(set)) != 0;
}

/// A mark where it stands. `bytes` is 0 for kNone.
struct MarkAt {
  Mark mark = Mark::kNone;
  std::size_t bytes = 0;
};

namespace detail {

inline constexpr std::array<Mark, 128> kAsciiMarks = [] {
  std::array<Mark, 128> table{};
  const auto set = [&](std::string_view marks, Mark mark) {
    for (const char c : marks) table[static_cast<unsigned char>(c)] = mark;
  };
  set(" \t", Mark::kSpace);
  set(":", Mark::kColon);
  set("=", Mark::kEquals);
  set(",", Mark::kComma);
  set(";", Mark::kSemicolon);
  set("\"'", Mark::kQuote);
  set("([{<", Mark::kOpen);
  set(")]}>", Mark::kClose);
  set("|", Mark::kBar);
  set("/", Mark::kSlash);
  return table;
}();

inline MarkAt ascii_mark(char c) {
  const Mark mark = kAsciiMarks[static_cast<unsigned char>(c)];
  return {mark, mark == Mark::kNone ? 0U : 1U};
}
/// Of the first byte of a character beyond ASCII: it may be a mark. Nearly all Han may not.
constexpr bool may_lead_mark(unsigned char lead) {
  return lead == 0xC2 || lead == 0xE2 || lead == 0xE3 || lead == 0xEF;
}
/// Of a character whose lead may be a mark's.
MarkAt wide_mark_at(std::string_view text, std::size_t at);
std::size_t skip_marks(std::string_view text, std::size_t at, std::size_t stop, Mark set);
std::size_t skip_marks_back(std::string_view text, std::size_t end, std::size_t stop, Mark set);
/// Whether a byte is ASCII and no mark of a set: most are.
inline bool is_other_ascii(char c, Mark set) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x80 && !in(kAsciiMarks[byte], set);
}

}  // namespace detail

/// Tells the mark that begins at `at`, or the one that ends at `end`, in its ASCII or its
/// full-width form alike (GB/T 15834-2011 writes the latter). kNone at a letter, and beyond the
/// text. The text is valid UTF-8.
inline MarkAt mark_at(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return detail::ascii_mark(text[at]);
  return detail::may_lead_mark(lead) ? detail::wide_mark_at(text, at) : MarkAt{};
}
inline MarkAt mark_before(std::string_view text, std::size_t end) {
  if (end == 0) return {};
  if (static_cast<unsigned char>(text[end - 1]) < 0x80) return detail::ascii_mark(text[end - 1]);
  for (const std::size_t bytes : {std::size_t{3}, std::size_t{2}}) {
    if (end < bytes) continue;
    const auto lead = static_cast<unsigned char>(text[end - bytes]);
    if (lead >= 0xC0)
      return detail::may_lead_mark(lead) ? detail::wide_mark_at(text.substr(0, end), end - bytes)
                                         : MarkAt{};
  }
  return {};
}

/// Moves on, or back, over marks of a set: returns where the first other character begins, or where
/// the last other one ends; `stop` where there is none.
inline std::size_t skip_marks(std::string_view text, std::size_t at, std::size_t stop, Mark set) {
  if (at >= text.size() || detail::is_other_ascii(text[at], set)) return at;
  return detail::skip_marks(text, at, stop, set);
}
inline std::size_t skip_marks_back(std::string_view text, std::size_t end, std::size_t stop,
                                   Mark set) {
  if (end == 0 || detail::is_other_ascii(text[end - 1], set)) return end;
  return detail::skip_marks_back(text, end, stop, set);
}
/// The bytes that marks of a set begin with, and few others.
constexpr ByteSet first_bytes(Mark set) {
  ByteSet first;
  for (unsigned byte = 0; byte < 256; ++byte) {
    const bool begins = byte < detail::kAsciiMarks.size()
                            ? in(detail::kAsciiMarks[byte], set)
                            : detail::may_lead_mark(static_cast<unsigned char>(byte));
    if (begins) first.add(static_cast<char>(byte));
  }
  return first;
}
/// A span without the marks of a set at either end.
inline Span trimmed(std::string_view text, const Span& span, Mark set = Mark::kSpace) {
  const std::size_t begin = skip_marks(text, span.begin, span.end, set);
  return {begin, skip_marks_back(text, span.end, begin, set)};
}

}  // namespace huxin::detect
