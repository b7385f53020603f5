#include "policy/detect/text_tables.hpp"

#include <algorithm>

#include "policy/detect/punctuation.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxLine = 1024;  // bytes of a header or a row
constexpr std::size_t kMaxAbove = 256;  // bytes of a list's header and the titles above it
constexpr int kLeastSparse = 3;         // rows below a header with one label
constexpr std::size_t kMaxTitle = 120;  // bytes
constexpr int kTitleLines = 3;          // above a header, blank ones among them
constexpr int kMaxOthers = 3;           // lines in a row that are none of the table's

Span line_at(std::string_view text, std::size_t begin, std::size_t stop) {
  std::size_t end = std::min(text::find_next(text.substr(0, stop), '\n', begin), stop);
  while (end > begin && text[end - 1] == '\r') --end;
  return {begin, end};
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t low = at - std::min(at, kMaxLine);
  const std::size_t newline = text::find_last(text.substr(low, at - low), '\n');
  return newline == std::string_view::npos ? low : low + newline + 1;
}

// Where the next line begins, `stop` where none does before it.
std::size_t behind_line(std::string_view text, std::size_t line_end, std::size_t stop) {
  return std::min(text::find_next(text.substr(0, stop), '\n', line_end), stop - 1) + 1;
}

bool is_blank(std::string_view line) {
  return skip_marks(line, 0, line.size(), Mark::kSpace) == line.size();
}

// What a short line above a header says, a blank or a drawn one between them allowed.
KindSet title_above(std::string_view text, std::size_t header, const LabelFinder& labels,
                    const Vocabulary& vocabulary) {
  KindSet kinds;
  for (int lines = 0; lines < kTitleLines && header > 0; ++lines) {
    const std::size_t begin = line_begin(text, header - 1);
    const Span line{begin, header - 1};
    header = begin;
    for (const KeywordHit& hit : line.size() <= kMaxTitle ? labels.within(line) : labels.within({}))
      kinds.add(vocabulary[hit.keyword].means & kNamed);
    if (!kinds.empty()) break;
  }
  return kinds;
}

}  // namespace

void TextTables::find(std::string_view text, const Span& chunk, std::span<const KeywordHit> hits,
                      const Vocabulary& vocabulary) {
  if (open_) {
    Columns columns = std::move(tables_.back().columns);
    tables_.clear();
    add(text, chunk, chunk.begin, std::move(columns));
  } else {
    tables_.clear();
  }
  const LabelFinder labels(text, vocabulary, hits);
  std::size_t seen = tables_.empty() ? chunk.begin : tables_.back().rows.end;
  for (const KeywordHit& hit : hits) {
    if (hit.span.begin < seen) continue;
    const Span line = line_at(text, line_begin(text, hit.span.begin), chunk.end);
    seen = line.end;
    if (line.size() > kMaxLine) continue;
    Columns columns;
    const std::size_t below = behind_line(text, line.end, chunk.end);
    if (add_joined(text, line, labels, vocabulary)) continue;
    if (!columns.learn_header(text, line, labels, vocabulary)) {
      const bool first = line.end < kMaxAbove;
      const auto entries = first ? list_shape(text, below, chunk.end) : std::nullopt;
      if (!entries || !columns.learn_list(text, line, *entries, labels, vocabulary)) continue;
    }
    if (columns.vague_column()) columns.entitle(title_above(text, line.begin, labels, vocabulary));
    add(text, chunk, below, std::move(columns));
    if (!tables_.empty()) seen = std::max(seen, tables_.back().rows.end);
  }
  open_ = !tables_.empty() && tables_.back().rows.end >= chunk.end;
}

// 姓名/证件号：张伟/5201…: a row behind its labels.
bool TextTables::add_joined(std::string_view text, const Span& line, const LabelFinder& labels,
                            const Vocabulary& vocabulary) {
  const auto words = labels.within(line);
  if (words.size() < 2) return false;
  std::size_t colon = words[1].span.end;
  while (colon < line.end && mark_at(text, colon).mark != Mark::kColon) ++colon;
  if (colon >= line.end) return false;
  const Span row{colon + mark_at(text, colon).bytes, line.end};
  Columns columns;
  const Span header{words[0].span.begin, colon};
  if (!columns.learn_joined(text, header, labels, vocabulary)) return false;
  if (!columns.split(text.substr(row.begin, row.size()), cells_)) return false;
  tables_.push_back({row, std::move(columns)});
  return true;
}

// A table whose rows begin at `begin`, if there is one.
void TextTables::add(std::string_view text, const Span& chunk, std::size_t begin,
                     Columns&& columns) {
  std::size_t end = begin;
  int others = 0;
  int rows = 0;
  const int least = columns.sparse() ? kLeastSparse : 1;
  for (std::size_t at = begin; at < chunk.end && others <= kMaxOthers;) {
    const Span line = line_at(text, at, chunk.end);
    const std::string_view content = text.substr(line.begin, line.size());
    if (is_blank(content)) break;
    at = behind_line(text, line.end, chunk.end);
    const bool row = content.size() <= kMaxLine && columns.split(content, cells_);
    others = row ? 0 : others + 1;
    rows += row ? 1 : 0;
    if (row) end = at;
  }
  if (rows >= least) tables_.push_back({{begin, end}, std::move(columns)});
}

std::optional<TextTables::Cell> TextTables::cell_at(std::string_view text,
                                                    std::size_t offset) const {
  const auto after = std::ranges::upper_bound(tables_, offset, {},
                                              [](const Table& table) { return table.rows.begin; });
  if (after == tables_.begin() || offset >= std::prev(after)->rows.end) return std::nullopt;
  const Table& table = *std::prev(after);
  const std::size_t begin = std::max(line_begin(text, offset), table.rows.begin);
  const Span line = line_at(text, begin, std::min(table.rows.end, begin + kMaxLine + 1));
  if (line.size() > kMaxLine) return std::nullopt;
  if (!table.columns.split(text.substr(line.begin, line.size()), cells_)) return std::nullopt;
  for (std::uint32_t column = 0; column < cells_.size(); ++column) {
    if (line.begin + cells_[column].end > offset) return Cell{&table.columns, column};
  }
  return std::nullopt;
}

}  // namespace huxin::detect
