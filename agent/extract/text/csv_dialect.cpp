#include "agent/extract/text/csv_dialect.hpp"

#include <algorithm>
#include <initializer_list>
#include <span>

namespace huxin::extract {

namespace {

constexpr std::size_t kLongestQuoted = std::size_t{64} << 10U;
constexpr std::size_t kRowsLookedAt = 50;
constexpr auto kNone = std::string_view::npos;

/// The quote that closes the one at `open`; a doubled quote is a character of the cell.
std::size_t closing_quote(std::string_view text, std::size_t open) {
  const std::size_t limit = std::min(text.size(), open + kLongestQuoted);
  for (std::size_t i = open + 1; i < limit; ++i) {
    if (text[i] != '"') continue;
    if (i + 1 < text.size() && text[i + 1] == '"') {
      ++i;
    } else {
      return i;
    }
  }
  return kNone;
}

std::size_t cell_end(std::string_view text, std::size_t begin, char delimiter) {
  const char stops[] = {delimiter, '\r', '\n'};
  const std::size_t end = text.find_first_of(std::string_view(stops, 3), begin);
  return end == kNone ? text.size() : end;
}

/// The place behind a line's end at `at`, be it \n, \r\n or \r.
std::size_t behind_line_end(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  return text[at] == '\r' && at + 1 < text.size() && text[at + 1] == '\n' ? at + 2 : at + 1;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// Says whether a delimiter at `at` groups the digits of an amount: 1,000.00.
bool groups_digits(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && is_digit(text[end])) ++end;
  return at > 0 && is_digit(text[at - 1]) && end - at == 4;
}

bool ends_sentence(std::string_view cell) {
  constexpr std::string_view kStops[] = {"。", "！", "？", "；", ".", "!", "?"};
  return std::ranges::any_of(kStops, [&](std::string_view stop) { return cell.ends_with(stop); });
}

/// Counts what rows show that are no rows of a table.
class ProseSigns {
 public:
  void see(std::string_view text, std::span<const Span> cells) {
    ++rows_;
    if (cells.size() < 2) return;
    // "Dear Sir, …": writers put a blank behind a comma.
    spaced_ += cells[1].size() > 0 && text[cells[1].begin] == ' ' ? 1U : 0U;
    ended_ += cells.size() == 2 && cells[1].size() == 0 ? 1U : 0U;
    opened_ += cells.size() == 2 && cells[0].size() == 0 ? 1U : 0U;
    stopped_ += ends_sentence(text.substr(cells.back().begin, cells.back().size())) ? 1U : 0U;
    const auto grouped = [&](const Span& cell) { return groups_digits(text, cell.begin - 1); };
    grouped_ += std::ranges::all_of(cells.subspan(1), grouped) ? 1U : 0U;
  }

  /// Most rows have blanks behind commas, end sentences, group digits, or are statements that end
  /// or tracks that begin with a semicolon.
  bool prose() const {
    return std::ranges::any_of(std::initializer_list{spaced_, ended_, opened_, stopped_, grouped_},
                               [&](std::size_t count) { return count * 2 > rows_; });
  }

 private:
  std::size_t rows_ = 0;
  std::size_t spaced_ = 0;
  std::size_t ended_ = 0;
  std::size_t opened_ = 0;
  std::size_t stopped_ = 0;
  std::size_t grouped_ = 0;
};

/// How many cells nearly every row has, 0 when the rows differ; and whether the heading has as
/// many. The better of two has a heading that agrees, then more cells.
struct Width {
  bool heading = false;
  std::size_t cells = 0;
  auto operator<=>(const Width&) const = default;
};
Width common_width(std::string_view text, bool whole, char delimiter) {
  std::vector<std::size_t> widths;
  std::vector<Span> cells;
  ProseSigns signs;
  for (std::size_t at = 0; at < text.size() && widths.size() < kRowsLookedAt;) {
    cells.clear();
    at = split_csv_row(text, at, delimiter, cells);
    if (at >= text.size() && !whole) break;
    if (cells.size() == 1 && cells.front().size() == 0) continue;
    widths.push_back(cells.size());
    signs.see(text, cells);
  }
  if (widths.size() < 2 || signs.prose()) return {};
  std::vector<std::size_t> sorted = widths;
  std::ranges::nth_element(sorted, sorted.begin() + static_cast<std::ptrdiff_t>(sorted.size() / 2));
  const std::size_t width = sorted[sorted.size() / 2];
  const auto agree = static_cast<std::size_t>(std::ranges::count(widths, width));
  if (width < 2 || agree * 10 < widths.size() * 9) return {};
  return {widths.front() == width, width};
}

/// The cell between `begin` and `end` without what stands on both sides of each bar of a batch
/// file: 张伟@|@13800138000. `row` is where its row begins.
Span between_bars(std::string_view text, std::size_t row, std::size_t begin, std::size_t end) {
  constexpr std::string_view kBeside = "@!+^~#$%&";
  const auto mirrored = [&](std::size_t bar) {
    return bar > row && bar + 1 < text.size() && text[bar] == '|' &&
           text[bar - 1] == text[bar + 1] && kBeside.contains(text[bar + 1]);
  };
  if (begin > row && begin < end && mirrored(begin - 1)) ++begin;
  if (begin < end && mirrored(end)) --end;
  return {begin, end};
}

}  // namespace

std::size_t split_csv_row(std::string_view text, std::size_t begin, char delimiter,
                          std::vector<Span>& cells) {
  for (std::size_t at = begin;;) {
    Span cell{at, at};
    std::size_t end = kNone;
    if (at < text.size() && text[at] == '"') {
      if (const std::size_t close = closing_quote(text, at); close != kNone) {
        cell = {at + 1, close};
        end = cell_end(text, close + 1, delimiter);
      }
    }
    if (end == kNone) {
      end = cell_end(text, at, delimiter);
      cell = delimiter == '|' ? between_bars(text, begin, at, end) : Span{at, end};
    }
    cells.push_back(cell);
    if (end >= text.size() || text[end] != delimiter) return behind_line_end(text, end);
    at = end + 1;
  }
}

std::optional<char> csv_dialect(std::string_view text, bool whole) {
  std::optional<char> best;
  Width widest;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    if (delimiter == '|' && text.starts_with("||"))
      continue;  // a wiki's heading: rows have one bar
    const Width width = common_width(text, whole, delimiter);
    if (width > widest) {
      widest = width;
      best = delimiter;
    }
  }
  return best;
}

}  // namespace huxin::extract
