#include "policy/detect/list_entry.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxCode = 40;   // bytes
constexpr std::size_t kMaxText = 160;  // bytes: an address
constexpr int kLeast = 3;              // entries that make a list
constexpr int kMaxSpaces = 5;

constexpr unsigned kNotBlank = 1;
constexpr unsigned kNotAscii = 2;  // or NUL
constexpr unsigned kTab = 4;

// What bytes of an entry are.
constexpr auto kClasses = [] {
  std::array<std::uint8_t, 256> classes{};
  classes.fill(kNotBlank);
  for (std::size_t byte = 0x80; byte < classes.size(); ++byte) classes[byte] |= kNotAscii;
  classes['\0'] |= kNotAscii;
  classes['\t'] |= kTab;
  classes[' '] = classes['\r'] = 0;
  return classes;
}();

// 张伟，男；李娜 and sentences. Passwords may have any mark.
bool has_parts(std::string_view line) {
  for (std::size_t at = 0; at < line.size();) {
    const MarkAt mark = mark_at(line, at);
    if (in(mark.mark, Mark::kComma | Mark::kSemicolon | Mark::kStop | Mark::kColon | Mark::kBar))
      return true;
    at += std::max<std::size_t>(mark.bytes, 1);
  }
  return line.contains('\t');
}

}  // namespace

std::optional<EntryShape> entry_shape(std::string_view line) {
  if (line.size() > kMaxText) return std::nullopt;
  unsigned seen = 0;
  int spaces = 0;
  for (const char c : line) {
    seen |= kClasses[static_cast<unsigned char>(c)];
    spaces += c == ' ' ? 1 : 0;
  }
  if ((seen & kNotBlank) == 0) return std::nullopt;
  if ((seen & kNotAscii) != 0)
    return has_parts(line) ? std::nullopt : std::optional(EntryShape::kText);
  const bool code = line.size() <= kMaxCode && spaces <= kMaxSpaces && (seen & kTab) == 0;
  return code ? std::optional(EntryShape::kCode) : std::nullopt;
}

std::optional<EntryShape> list_shape(std::string_view text, std::size_t begin, std::size_t stop) {
  std::optional<EntryShape> shape;
  for (int entry = 0; entry < kLeast; ++entry) {
    if (begin >= stop) return std::nullopt;
    const std::size_t end = std::min(text.substr(0, stop).find('\n', begin), stop);
    const auto here = entry_shape(text.substr(begin, end - begin));
    if (!here || (entry > 0 && *here != *shape)) return std::nullopt;
    shape = here;
    begin = end + 1;
  }
  return shape;
}

}  // namespace huxin::detect
