#include "policy/text/printable.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "policy/text/utf8.hpp"

namespace huxin::text {

namespace {

struct Range {
  char32_t first, last;
};

constexpr Range kHidden[] = {
    {0x0000, 0x001F},    // C0
    {0x007F, 0x009F},    // delete, C1
    {0x00AD, 0x00AD},    // soft hyphen
    {0x061C, 0x061C},    // Arabic letter mark
    {0x180E, 0x180E},    // Mongolian vowel separator
    {0x200B, 0x200F},    // blanks and joiners of no width, marks of direction
    {0x2028, 0x202E},    // line and paragraph separators, embeddings and overrides
    {0x2060, 0x206F},    // word joiner, isolates
    {0xFEFF, 0xFEFF},    // byte order mark
    {0xFFF9, 0xFFFB},    // interlinear annotation
    {0xE0000, 0xE007F},  // tags
};

/// Of one valid UTF-8 character.
char32_t code_of(std::string_view character) {
  constexpr unsigned char kFirstMask[] = {0, 0x7F, 0x1F, 0x0F, 0x07};
  char32_t code = static_cast<unsigned char>(character.front()) & kFirstMask[character.size()];
  for (const char next : character.substr(1))
    code = (code << 6U) | (static_cast<unsigned char>(next) & 0x3FU);
  return code;
}

std::string named(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\t') return "\\t";
  const auto number = static_cast<std::uint32_t>(code);
  if (code < 0x80) return fmt::format("\\x{:02x}", number);
  return code <= 0xFFFF ? fmt::format("\\u{:04x}", number) : fmt::format("\\U{:08x}", number);
}

/// Where the first character is that cannot stay; the text's size when there is none.
std::size_t first_hidden(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t length = utf8_length(text, at);
    if (length == 0 || is_hidden(code_of(text.substr(at, length)))) break;
    at += length;
  }
  return at;
}

}  // namespace

bool is_hidden(char32_t code) {
  if (code >= 0x20 && code < 0x7F) return false;
  return std::ranges::any_of(
      kHidden, [&](const Range& range) { return code >= range.first && code <= range.last; });
}

std::string printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t good = first_hidden(text);
    out += text.substr(0, good);
    text.remove_prefix(good);
    if (text.empty()) break;
    const std::size_t length = utf8_length(text, 0);
    out += length == 0 ? fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()))
                       : named(code_of(text.substr(0, length)));
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return out;
}

void make_printable(std::string& text) {
  if (first_hidden(text) < text.size()) text = printable(text);
}

}  // namespace huxin::text
