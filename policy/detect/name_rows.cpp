#include "policy/detect/name_rows.hpp"

#include <algorithm>
#include <optional>

#include "policy/detect/ascii.hpp"
#include "policy/detect/context.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLeastRows = 3;
constexpr std::size_t kMaxFields = 6;  // up to the name
constexpr std::size_t kMaxGap = 120;   // bytes between two rows
constexpr std::size_t kMaxMarks = 40;  // bytes: spaces line columns up
constexpr std::size_t kMostName = 60;  // bytes
constexpr Mark kBetween = Mark::kSpace | Mark::kComma | Mark::kSemicolon | Mark::kBar |
                          Mark::kSlash | Mark::kEnumeration | Mark::kColon | Mark::kOpen |
                          Mark::kClose;

// A field that has the form of a name, and how many fields stand before it.
struct Row {
  Span line;
  Span name;
  std::size_t place = 0;
  bool likely = false;  ///< and not only the form
};

std::size_t behind_marks(std::string_view text, std::size_t at, std::size_t stop) {
  while (at < stop) {
    const MarkAt mark = mark_at(text, at);
    if (!in(mark.mark, kBetween) && text[at] != '.') break;
    at += std::max<std::size_t>(mark.bytes, 1);
  }
  return at;
}

std::size_t field_end(std::string_view text, std::size_t at, std::size_t stop) {
  static constexpr ByteSet kBegins = first_bytes(kBetween);
  while (at < stop && (!kBegins.has(text[at]) || !in(mark_at(text, at).mark, kBetween))) ++at;
  return at;
}

// The first field of a line that has the form of a name.
std::optional<Row> read_row(std::string_view text, const Span& line) {
  Row row{.line = line, .name = {}};
  for (std::size_t at = behind_marks(text, line.begin, line.end);
       at < line.end && row.place < kMaxFields; ++row.place) {
    row.name = {at, field_end(text, at, line.end)};
    const std::string_view field = text.substr(at, row.name.size());
    if (is_han(field) && field.size() <= kMostName) {
      const int bits = person_name_bits(field);
      row.likely = bits >= kBitsBesideElement;
      if (bits >= kBitsUnderLabel) return row;
    }
    at = behind_marks(text, row.name.end, line.end);
  }
  return std::nullopt;
}

// Whether a name begins on a line. Leaves of the candidates those from there on: lines come in the
// order of their begins.
bool is_named(const Span& line, std::span<const Candidate>& candidates) {
  const auto first = std::ranges::find_if(
      candidates, [&](const Candidate& each) { return each.span.begin >= line.begin; });
  candidates = {first, candidates.end()};
  const auto name = std::ranges::find_if(candidates, [&](const Candidate& each) {
    return each.kind == Kind::kName || each.span.begin >= line.end;
  });
  return name != candidates.end() && name->span.begin < line.end;
}

// Rows of one list: enough of them are likely, and no two the same.
void add_list(std::string_view text, std::span<const Row> rows, double confidence,
              std::vector<Candidate>& names) {
  std::vector<std::string_view> distinct;
  for (const Row& row : rows) {
    if (row.likely) distinct.push_back(text.substr(row.name.begin, row.name.size()));
  }
  std::ranges::sort(distinct);
  const auto same = std::ranges::unique(distinct);
  distinct.erase(same.begin(), same.end());
  if (distinct.size() < kLeastRows || distinct.size() * 3 < rows.size() * 2) return;
  for (const Row& row : rows)
    names.push_back({.span = row.name, .kind = Kind::kName, .confidence = confidence});
}

}  // namespace

bool stands_beside_han(std::string_view text, const Span& number) {
  const std::size_t low = number.begin - std::min(number.begin, kMaxMarks);
  std::size_t before = number.begin;
  for (MarkAt mark = mark_before(text, before); before > low && in(mark.mark, kBetween);
       mark = mark_before(text, before))
    before -= mark.bytes;
  if (before >= kHanBytes && is_han(text.substr(before - kHanBytes))) return true;
  const std::size_t stop = std::min(text.size(), number.end + kMaxMarks);
  return is_han(text.substr(behind_marks(text, number.end, stop)));
}

void names_in_rows(const Layout& layout, std::span<const std::size_t> numbers,
                   std::span<const Candidate> candidates, double confidence,
                   std::vector<Candidate>& names) {
  if (!layout.segments().empty()) return;
  const std::string_view text = layout.text();
  std::vector<Row> list;
  const auto finish = [&] {
    if (list.size() >= kLeastRows) add_list(text, list, confidence, names);
    list.clear();
  };
  std::size_t seen = 0;
  for (const std::size_t number : numbers) {
    if (number < seen) continue;
    const Span line = line_around(text, {number, number + 1});
    seen = line.end;
    const auto row = is_named(line, candidates) ? std::nullopt : read_row(text, line);
    if (!row) continue;
    if (!list.empty() &&
        (row->place != list.back().place || line.begin > list.back().line.end + kMaxGap))
      finish();
    list.push_back(*row);
  }
  finish();
}

}  // namespace huxin::detect
