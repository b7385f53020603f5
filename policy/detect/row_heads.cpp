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
constexpr std::size_t kLeastColumns = 4;  // of a list that is told by its look
constexpr std::size_t kWordsToLabel = 4;  // of a list's words, at most one in so many is a label

// Half of it and more (of four quarters three: `share` less one) is a word that labels, and next to
// nothing of it digits.
bool reads_like_label(std::string_view text, const Span& cell, const LabelFinder& labels,
                      std::size_t share = 2) {
  if (cell.size() == 0 || cell.size() > kMaxLabel) return false;
  if (std::ranges::count_if(text.substr(cell.begin, cell.size()), is_ascii_digit) > kMostDigits)
    return false;
  return std::ranges::any_of(labels.within(cell), [&](const KeywordHit& hit) {
    return share * hit.span.size() >= (share - 1) * cell.size();
  });
}

constexpr std::size_t kMostOfCell = 4;  // three quarters
constexpr int kMaxTitles = 2;           // rows of one cell above a header

// What the first rows of a list hold below its header.
struct Counts {
  std::size_t rows = 0;
  std::size_t numbers = 0;
  std::size_t words = 0;
  std::size_t labels = 0;  // of the words
};

// Words without a number, as headers are.
bool is_header_word(std::string_view cell) {
  return !cell.empty() && cell.size() <= kMaxLabel &&
         std::ranges::count_if(cell, is_ascii_digit) <= 1;
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

bool RowHeads::lies_on_side(std::uint32_t group) const {
  return std::ranges::binary_search(groups_, group);
}

bool RowHeads::is_list(std::uint32_t group) const {
  return std::ranges::binary_search(lists_, group);
}

std::size_t RowHeads::row_end(std::size_t first) const {
  std::size_t end = first;
  while (end < layout_.segments().size() && end - first < kMaxCells && layout_.same_row(first, end))
    ++end;
  return end;
}

std::optional<std::uint32_t> RowHeads::header_of(std::size_t cell,
                                                 const LabelFinder& labels) const {
  const auto segments = layout_.segments();
  const auto is_word = [&](const text::Segment& each) {
    return is_header_word(layout_.text(each.span));
  };
  std::size_t end = row_end(cell);
  for (int titles = 0; end == cell + 1 && titles < kMaxTitles; ++titles) end = row_end(cell = end);
  const std::size_t columns = end - cell;
  if (columns < kLeastColumns || columns == kMaxCells ||
      !std::ranges::all_of(segments.subspan(cell, columns), is_word))
    return std::nullopt;
  const std::uint32_t header = segments[cell].row;
  Counts counts;
  for (; counts.rows < kRows && end < segments.size(); ++counts.rows) {
    if (segments[end].group != segments[cell].group) break;
    const std::size_t first = end;
    end = row_end(first);
    if (end - first > columns) return std::nullopt;
    for (const text::Segment& each : segments.subspan(first, end - first)) {
      const bool word = is_word(each);
      ++(word ? counts.words : counts.numbers);
      if (word && reads_like_label(layout_.text(), each.span, labels, kMostOfCell)) ++counts.labels;
    }
  }
  const bool list = counts.rows > 0 && counts.numbers >= counts.rows &&
                    counts.labels * kWordsToLabel <= counts.words;
  return list ? std::optional(header) : std::nullopt;
}

std::optional<std::size_t> RowHeads::label_of(std::size_t cell) const {
  const auto left = layout_.left_of(cell);
  const auto segments = layout_.segments();
  if (!left || !lies_on_side(segments[cell].group)) return left;
  std::size_t first = *left;
  for (std::size_t steps = 0; steps < kMaxCells; ++steps) {
    const auto before = layout_.left_of(first);
    if (!before) break;
    first = *before;
  }
  return first;
}

}  // namespace huxin::detect
