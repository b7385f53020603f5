#include "policy/detect/record_span.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/context.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxRow = 2048;  // bytes of a row on either side
constexpr std::size_t kMaxCells = 64;  // of a row, on either side

Span row_around(const Layout& layout, std::size_t cell) {
  const auto segments = layout.segments();
  std::size_t first = cell;
  while (first > 0 && cell - first < kMaxCells && layout.same_row(first - 1, cell)) --first;
  std::size_t last = cell;
  while (last + 1 < segments.size() && last - cell < kMaxCells && layout.same_row(last + 1, cell))
    ++last;
  const Span& own = segments[cell].span;
  return {std::max(segments[first].span.begin, own.begin - std::min(own.begin, kMaxRow)),
          std::min(segments[last].span.end, own.end + kMaxRow)};
}

}  // namespace

Span record_around(const Layout& layout, const Span& value) {
  if (layout.table()) {
    const auto cell = layout.segment_at(value.begin);
    return cell ? row_around(layout, *cell) : value;
  }
  const std::string_view text = layout.text();
  const std::size_t low = value.begin - std::min(value.begin, kRecordReach);
  const std::size_t high = std::min(text.size(), value.end + kRecordReach);
  const std::size_t before = text::find_last_pair(text.substr(low, value.begin - low), '\n');
  const std::size_t after = text::find_pair(text.substr(value.end, high - value.end), '\n');
  return {before == std::string_view::npos ? low : low + before,
          after == std::string_view::npos ? high : value.end + after};
}

std::array<Span, 2> lines_above_and_below(std::string_view text, const Span& record) {
  std::array<Span, 2> lines;
  const Span line = line_around(text, record);
  const auto around = [&](std::size_t at) { return line_around(text, {at, at}); };
  if (line.begin > 1 && text[line.begin - 1] == '\n' && !is_ascii_digit(text[line.begin - 2]))
    lines[0] = around(line.begin - 1);
  const std::string_view behind = text.substr(line.end);
  const std::size_t end = behind.starts_with('\r') ? 1 : 0;
  if (end + 1 < behind.size() && behind[end] == '\n') lines[1] = around(line.end + end + 1);
  if (lines[1].size() > 0 && is_ascii_digit(text[lines[1].end - 1])) lines[1] = {};
  return lines;
}

}  // namespace huxin::detect
