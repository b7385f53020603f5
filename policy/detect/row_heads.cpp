#include "policy/detect/row_heads.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kRows = 8;       // looked at
constexpr std::size_t kMaxCells = 64;  // of a row
constexpr std::size_t kMaxLabel = 60;  // bytes
constexpr std::size_t kLeastRows = 2;
constexpr std::size_t kLeastCells = 3;  // a label and two customers
constexpr std::ptrdiff_t kMostDigits = 3;

// Half of it and more is a word that labels, and next to nothing of it digits.
bool reads_like_label(std::string_view text, const Span& cell, const LabelFinder& labels) {
  if (cell.size() == 0 || cell.size() > kMaxLabel) return false;
  if (std::ranges::count_if(text.substr(cell.begin, cell.size()), is_ascii_digit) > kMostDigits)
    return false;
  return std::ranges::any_of(labels.within(cell), [&](const KeywordHit& hit) {
    return 2 * hit.span.size() >= cell.size();
  });
}

}  // namespace

// Reads the row that begins with a cell, and goes on to the next.
RowHeads::Row RowHeads::read_row(std::size_t& cell, const LabelFinder& labels) const {
  const auto segments = layout_.segments();
  const std::uint32_t number = segments[cell].row;
  const std::uint32_t group = segments[cell].group;
  Row row;
  for (; cell < segments.size() && segments[cell].row == number && segments[cell].group == group;
       ++cell) {
    if (row.cells >= kMaxCells) continue;
    const bool label = reads_like_label(layout_.text(), segments[cell].span, labels);
    row.headed = row.headed || (label && row.cells == 0);
    if (label) ++row.labels;
    ++row.cells;
  }
  return row;
}

void RowHeads::look(std::size_t cell, const LabelFinder& labels) {
  const auto segments = layout_.segments();
  const std::uint32_t group = segments[cell].group;
  if (!groups_.empty() && group <= groups_.back()) return;
  std::size_t headed = 0;
  std::size_t others = 0;
  for (std::size_t rows = 0; rows < kRows && cell < segments.size(); ++rows) {
    if (segments[cell].group != group) break;
    const Row row = read_row(cell, labels);
    if (row.labels > 1) return;  // a header, or a form
    if (row.headed && row.cells >= kLeastCells) {
      ++headed;
    } else if (row.cells > 1) {
      ++others;
    }
  }
  if (headed >= kLeastRows && headed > others) groups_.push_back(group);
}

std::optional<std::size_t> RowHeads::label_of(std::size_t cell) const {
  const auto left = layout_.left_of(cell);
  const auto segments = layout_.segments();
  if (!left || !std::ranges::binary_search(groups_, segments[cell].group)) return left;
  std::size_t first = *left;
  for (std::size_t steps = 0; steps < kMaxCells; ++steps) {
    const auto before = layout_.left_of(first);
    if (!before) break;
    first = *before;
  }
  return first;
}

}  // namespace huxin::detect
