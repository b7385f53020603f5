#include "policy/detect/columns.hpp"

#include <algorithm>

#include "policy/catalog/labels.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/separator.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::string_view kWikiHeading = "||";
constexpr std::size_t kMaxHeader = 60;  // bytes
constexpr std::ptrdiff_t kMaxHeaderDigits = 3;
constexpr std::ptrdiff_t kMostSparse = 6;  // fields of a header with one label

bool reads_like_header(std::string_view cell) {
  return cell.size() <= kMaxHeader &&
         std::ranges::count_if(cell, is_ascii_digit) <= kMaxHeaderDigits;
}

// A line of values has digits, or colons behind the labels in it.
bool reads_like_headers(std::string_view text, std::size_t begin) {
  std::ptrdiff_t digits = 0;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (is_ascii_digit(text[at]) && ++digits > kMaxHeaderDigits) return false;
    if (in(mark_at(text, at).mark, Mark::kColon | Mark::kEquals)) return false;
  }
  return true;
}

// 公积金 says of what the account is, 账号 alone does not.
bool tells_number(const Keyword& keyword) {
  return !(keyword.means & kNumbered).empty() && !is_number_word(keyword.text);
}

// 证件号码 is likelier one of the kind that stands beside it than 号码, that than 编号.
unsigned vagueness(std::string_view text, const Span& cell, std::span<const KeywordHit> hits,
                   const Vocabulary& vocabulary) {
  constexpr Mark kAround = Mark::kSpace | Mark::kQuote;
  std::size_t begin = skip_marks(text, cell.begin, cell.end, kAround);
  std::size_t end = skip_marks_back(text, cell.end, begin, kAround);
  if (end > begin + 2 && text[begin] == '`' && text[end - 1] == '`') ++begin, --end;  // of MySQL
  const std::string_view header = text.substr(begin, end - begin);
  if (is_number_word(header)) return header == "编号" || header == "代码" ? 1 : 2;
  const auto of_any = [&](const KeywordHit& hit) { return vocabulary[hit.keyword].general; };
  const bool whole = !hits.empty() && hits.back().span.end == end;  // 证件类型 has no numbers
  return whole && std::ranges::all_of(hits, of_any) ? 3 : 0;
}

std::size_t skip_spaces(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(' ', at), text.size());
}

// Where a line ends without the spaces and returns behind it.
std::size_t before_blanks(std::string_view line) {
  std::size_t end = line.size();
  while (end > 0 && (line[end - 1] == ' ' || line[end - 1] == '\r')) --end;
  return end;
}

}  // namespace

void Columns::clear() { *this = {}; }

bool Columns::learn(std::uint32_t column, std::string_view text, const Span& cell,
                    std::span<const KeywordHit> hits, const Vocabulary& vocabulary) {
  const unsigned vague = vagueness(text, cell, hits, vocabulary);
  if ((hits.empty() && vague == 0) || column >= kMaxColumns ||
      !reads_like_header(text.substr(cell.begin, cell.size())))
    return false;
  if (column >= columns_.size()) columns_.resize(column + 1);
  ColumnMeaning& meaning = columns_[column];
  if (meaning.learned) return false;
  note_vague(column, vague);
  const bool told = std::ranges::any_of(
      hits, [&](const KeywordHit& hit) { return tells_number(vocabulary[hit.keyword]); });
  for (const KeywordHit& hit : hits) {
    const Keyword& keyword = vocabulary[hit.keyword];
    if (told && is_number_word(keyword.text)) continue;  // 账号 of 公积金账号
    if (keyword.means.has(Kind::kName) && names_a_thing(text, hit.span.begin)) continue;
    meaning.kinds.add(keyword.means);
    meaning.kinds.add(keyword.heads);
    meaning.beside.add(keyword.beside);
    meaning.against = meaning.against || keyword.negative;
    meaning.learned = meaning.learned || keyword.negative || !meaning.kinds.empty();
    if (meaning.learned && meaning.word.empty()) meaning.word = keyword.text;
  }
  all_kinds_.add(meaning.kinds);
  return meaning.learned;
}

// The vaguest of a column's headers counts.
void Columns::note_vague(std::uint32_t column, unsigned vague) {
  vague = columns_[column].vague = std::max(columns_[column].vague, vague);
  const unsigned most = vaguest_ ? columns_[*vaguest_].vague : 0;
  if (vague > most || (vague > 0 && vague == most && column < *vaguest_)) vaguest_ = column;
}

void Columns::learn_foreign(std::uint32_t column, std::string_view cell) {
  if (cell.empty() || column >= kMaxColumns || !reads_like_header(cell)) return;
  if (column >= columns_.size()) columns_.resize(column + 1);
  ColumnMeaning& meaning = columns_[column];
  if (meaning.learned) return;
  meaning.foreign = true;
  meaning.against = catalog::ends_like_foreign_label(cell);
}

void Columns::learn_fields(std::string_view text, const Span& line, const LabelFinder& labels,
                           const Vocabulary& vocabulary) {
  const std::string_view all = text.substr(0, line.end);
  if (!reads_like_headers(all, line.begin)) return;
  const Separator separator = separator_of(text, line, labels.within(line));
  part_by(separator.text);
  weak_ = separator.weak;
  if (separator_.empty()) return;
  for (std::size_t begin = line.begin; begin <= line.end && fields_ < kMaxColumns;) {
    const std::size_t end = field_end(all, begin);
    learn(fields_++, text, {begin, end}, labels.within({begin, end}), vocabulary);
    begin = end < line.end ? behind_separator(all, end) : line.end + 1;
  }
}

void Columns::part_by(std::string_view separator) {
  separator_ = separator;
  aligned_ = separator == kAligned || separator == kWide || separator == " ";
}

std::ptrdiff_t Columns::known() const {
  const std::ptrdiff_t named = std::ranges::count_if(columns_, &ColumnMeaning::learned);
  const bool numbers = std::ranges::any_of(
      columns_, [](const ColumnMeaning& column) { return !column.learned && column.vague > 0; });
  return named + (named > 0 && numbers ? 1 : 0);
}

void Columns::learn_line(std::string_view text, const Span& line, const LabelFinder& labels,
                         const Vocabulary& vocabulary) {
  Columns learned;
  learned.learn_fields(text, line, labels, vocabulary);
  // A line of data, with labels inside, is no header.
  const std::ptrdiff_t count = learned.known();
  if (count < 2 || count * 2 < static_cast<std::ptrdiff_t>(learned.fields_)) return;
  if (is_statement(text.substr(line.begin, line.size()))) return;
  if (learned.weak_ || learned.separator_ == kWide) return;  // whose rows TextTables reads
  *this = std::move(learned);
}

bool Columns::learn_header(std::string_view text, const Span& line, const LabelFinder& labels,
                           const Vocabulary& vocabulary) {
  clear();
  const std::size_t first = skip_spaces(text, line.begin);
  const std::size_t last = text.substr(0, line.end).find_last_not_of(' ') + 1;
  if (last <= first) return false;
  const Span whole{first, last};
  const Span names = listed_names(text, whole, labels.within(whole));
  learn_fields(text, names, labels, vocabulary);
  if (!names_enough()) return false;
  bracketed_ = names.size() < whole.size();
  if (bracketed_ && is_copy(text.substr(first, last - first))) {
    bracketed_ = false;
    part_by("\t");
  }
  return true;
}

bool Columns::learn_joined(std::string_view text, const Span& labels_before,
                           const LabelFinder& labels, const Vocabulary& vocabulary) {
  clear();
  learn_fields(text, labels_before, labels, vocabulary);
  return fields_ >= 2 && known() == static_cast<std::ptrdiff_t>(fields_) && separator_ != " ";
}

bool Columns::names_enough() const {
  const bool ruled = rules(separator_);
  const std::ptrdiff_t count = known();
  const auto fields = static_cast<std::ptrdiff_t>(fields_);
  if (sparse()) return fields >= 2 && fields <= kMostSparse;
  if (fields < 2 || count < (ruled ? 1 : 2)) return false;
  if (weak_) return count * 3 >= fields * (separator_ == " " ? 2 : 1);
  return count * (ruled ? 6 : 3) >= fields;
}

bool Columns::learn_list(std::string_view text, const Span& line, EntryShape entries,
                         const LabelFinder& labels, const Vocabulary& vocabulary) {
  clear();
  constexpr Mark kAround = Mark::kSpace | Mark::kQuote | Mark::kColon;
  const Span header{skip_marks(text, line.begin, line.end, kAround),
                    skip_marks_back(text, line.end, line.begin, kAround)};
  if (header.end <= header.begin) return false;
  const auto hits = labels.within(header);
  if (hits.empty() || hits.front().span.begin != header.begin) return false;
  const std::string_view label = text.substr(0, header.end);
  if (behind_note(label, behind_label_tail(label, hits.back().span.end)) < header.end) return false;
  if (!learn(0, text, header, hits, vocabulary)) return false;
  fields_ = 1;
  entries_ = entries;
  return true;
}

std::size_t Columns::gap_at(std::string_view text, std::size_t at, bool single) const {
  if (at >= text.size() || (text[at] != ' ' && text[at] != kWide[0])) return 0;
  std::size_t end = at;
  bool wide = false;
  while (end < text.size()) {
    const bool ideographic = text.substr(end).starts_with(kWide);
    if (!ideographic && text[end] != ' ') break;
    end += ideographic ? kWide.size() : 1;
    wide = wide || ideographic;
  }
  const bool one = single && end > at && at > 0 && is_ascii_digit(text[at - 1]);
  const std::size_t least = separator_ == " " ? 1 : kAligned.size();
  return wide || one || end >= at + least ? end - at : 0;
}

void Columns::split_aligned(std::string_view line, bool single, std::vector<Span>& cells) const {
  cells.clear();
  std::size_t begin = 0;
  for (std::size_t at = 0; at < line.size() && cells.size() <= fields_;) {
    const std::size_t gap = gap_at(line, at, single);
    if (gap > 0 && at > begin) cells.push_back({begin, at});
    at += std::max<std::size_t>(gap, 1);
    if (gap > 0) begin = at;
  }
  if (begin < line.size()) cells.push_back({begin, line.size()});
}

// ||姓名||证号|| above |张伟|1234|: as many bars less the doubled ones.
bool Columns::split_wiki(std::string_view line, std::vector<Span>& cells) const {
  cells.clear();
  const std::size_t last = before_blanks(line);
  if (last < 2 || line[0] != '|' || line[last - 1] != '|') return false;
  for (std::size_t begin = 0; begin <= last && cells.size() <= fields_;) {
    const std::size_t end = std::min(line.find('|', begin), last);
    cells.push_back({begin, end});
    begin = end + 1;
  }
  return cells.size() == fields_;
}

bool Columns::split(std::string_view line, std::vector<Span>& cells) const {
  if (entries_) {
    cells.clear();
    cells.push_back({0, before_blanks(line)});
    return entry_shape(line) == entries_;
  }
  if (aligned()) {
    split_aligned(line, false, cells);
    if (cells.size() != fields_ && separator_ == kWide) split_aligned(line, true, cells);
    return cells.size() == fields_;
  }
  if (separator_ == kWikiHeading && !line.contains(separator_)) return split_wiki(line, cells);
  cells.clear();
  const std::size_t first = skip_spaces(line, 0);
  const Span row{std::min(first, line.size()), before_blanks(line)};
  const Span inside = bracketed_ ? in_brackets(line, row) : row;
  for (std::size_t begin = std::min(inside.begin, inside.end);;) {
    const std::size_t end = std::min(field_end(line, begin), inside.end);
    cells.push_back({begin, end});
    if (end >= inside.end || cells.size() > fields_) break;
    begin = end + separator_.size();
  }
  return cells.size() == fields_;
}

std::size_t Columns::field_end(std::string_view text, std::size_t at) const {
  if (aligned()) {
    while (at < text.size() && gap_at(text, at, false) == 0) ++at;
    return std::min(at, text.size());
  }
  const std::size_t end =
      separator_.size() == 1 ? text.find(separator_[0], at) : text.find(separator_, at);
  return std::min(end, text.size());
}

std::size_t Columns::behind_separator(std::string_view text, std::size_t end) const {
  if (aligned()) return end + gap_at(text, end, false);
  return text.substr(end).starts_with(separator_) ? end + separator_.size() : end;
}

void Columns::field_begins(std::string_view line, std::vector<std::size_t>& begins) const {
  begins.clear();
  if (separator_.size() == 1)
    return text::for_each(line, separator_[0], [&](std::size_t at) { begins.push_back(at + 1); });
  for (std::size_t end = field_end(line, 0); end < line.size();
       end = field_end(line, begins.back()))
    begins.push_back(end + separator_.size());
}

std::uint32_t Columns::separators_in(std::string_view text) const {
  if (separator_.size() == 1)
    return static_cast<std::uint32_t>(std::ranges::count(text, separator_[0]));
  std::uint32_t count = 0;
  for (std::size_t end = field_end(text, 0); end < text.size(); ++count)
    end = field_end(text, behind_separator(text, end));
  return count;
}

Verdict Columns::judge(std::uint32_t column, Kind kind) const {
  return column < columns_.size() ? columns_[column].judge(kind) : Verdict::kSilent;
}

}  // namespace huxin::detect
