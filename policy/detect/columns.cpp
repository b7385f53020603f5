#include "policy/detect/columns.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxHeader = 60;  // bytes
constexpr std::ptrdiff_t kMaxHeaderDigits = 3;

bool reads_like_header(std::string_view cell) {
  return cell.size() <= kMaxHeader &&
         std::ranges::count_if(cell, is_ascii_digit) <= kMaxHeaderDigits;
}

// The separators of lists, the rarest in other use first.
std::string_view separator_of(std::string_view line) {
  for (const std::string_view separator : {"\t", "|", "｜", ",", "，", ";", "；"}) {
    if (line.contains(separator)) return separator;
  }
  return {};
}

}  // namespace

void Columns::clear() {
  columns_.clear();
  separator_ = {};
}

bool Columns::learn(std::uint32_t column, std::string_view cell, std::span<const KeywordHit> hits,
                    const Vocabulary& vocabulary) {
  if (hits.empty() || column >= kMaxColumns || !reads_like_header(cell)) return false;
  if (column >= columns_.size()) columns_.resize(column + 1);
  ColumnMeaning& meaning = columns_[column];
  if (meaning.learned) return false;
  for (const KeywordHit& hit : hits) {
    const Keyword& keyword = vocabulary[hit.keyword];
    meaning.kinds.add(keyword.means);
    meaning.against = meaning.against || keyword.negative;
    meaning.learned = meaning.learned || keyword.negative || !keyword.means.empty();
    if (meaning.learned && meaning.word.empty()) meaning.word = keyword.text;
  }
  return meaning.learned;
}

void Columns::learn_foreign(std::uint32_t column, std::string_view cell) {
  if (cell.empty() || column >= kMaxColumns || !reads_like_header(cell)) return;
  if (column >= columns_.size()) columns_.resize(column + 1);
  if (!columns_[column].learned) columns_[column].foreign = true;
}

void Columns::learn_line(std::string_view text, const Span& line, const LabelFinder& labels,
                         const Vocabulary& vocabulary) {
  const std::string_view all = text.substr(line.begin, line.size());
  const std::string_view separator = separator_of(all);
  if (separator.empty()) return;
  Columns learned;
  std::uint32_t column = 0;
  for (std::size_t begin = line.begin; begin <= line.end && column < kMaxColumns; ++column) {
    const std::size_t end = std::min(text.find(separator, begin), line.end);
    learned.learn(column, text.substr(begin, end - begin), labels.within({begin, end}), vocabulary);
    begin = end + separator.size();
  }
  const auto count = std::ranges::count_if(learned.columns_, &ColumnMeaning::learned);
  // A line of data, with labels inside, is no header.
  if (count < 2 || count * 2 < static_cast<std::ptrdiff_t>(column)) return;
  if (std::ranges::count_if(all, is_ascii_digit) > kMaxHeaderDigits) return;
  columns_ = std::move(learned.columns_);
  separator_ = separator;
}

bool Columns::holds(Kind kind) const {
  return std::ranges::any_of(
      columns_, [kind](const ColumnMeaning& column) { return column.kinds.has(kind); });
}

std::uint32_t Columns::separators_in(std::string_view text) const {
  std::uint32_t count = 0;
  for (std::size_t at = text.find(separator_); at != std::string_view::npos; ++count) {
    at = text.find(separator_, at + separator_.size());
  }
  return count;
}

Verdict Columns::judge(std::uint32_t column, Kind kind) const {
  return column < columns_.size() ? columns_[column].judge(kind) : Verdict::kSilent;
}

}  // namespace huxin::detect
