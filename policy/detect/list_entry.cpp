#include "policy/detect/list_entry.hpp"

#include <algorithm>

#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxCode = 40;   // bytes
constexpr std::size_t kMaxText = 160;  // bytes: an address
constexpr int kLeast = 3;              // entries that make a list
constexpr int kMaxSpaces = 5;

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
  bool ascii = true;
  bool blank = true;
  bool tabs = false;
  int spaces = 0;
  for (const char c : line) {
    ascii = ascii && c > 0;
    blank = blank && (c == ' ' || c == '\r');
    tabs = tabs || c == '\t';
    spaces += c == ' ' ? 1 : 0;
  }
  if (blank) return std::nullopt;
  if (!ascii) return has_parts(line) ? std::nullopt : std::optional(EntryShape::kText);
  const bool code = line.size() <= kMaxCode && spaces <= kMaxSpaces && !tabs;
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
