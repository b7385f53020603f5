#include "policy/detect/record_names.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/context.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/name_in_text.hpp"
#include "policy/detect/validators/person_name.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr double kCompanyDoubt = 0.1;   // beside a labelled name
constexpr std::size_t kMaxLine = 1024;  // bytes of a line whose fields are looked at
constexpr std::size_t kMaxCells = 64;   // of a row, on either side
constexpr std::size_t kLeastName = 6;   // bytes: two characters
constexpr std::size_t kMostName = 60;
constexpr std::size_t kMaxNames = 4;    // of one record
constexpr std::size_t kMaxAlone = 60;   // bytes of a line with a name alone on it
constexpr std::size_t kMaxBullet = 12;  // …before the name
constexpr std::size_t kMaxBehind = 30;  // …and behind it
constexpr int kInText = 2;              // bits more that a part of a clause must have

std::size_t behind_character(std::string_view text, std::size_t at) {
  do {
    ++at;
  } while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U);
  return at;
}

class Search {
 public:
  Search(std::span<const Candidate> record, const Layout& layout, const Judge& judge,
         const KindFacts& facts, Verge verge, std::vector<Candidate>& names)
      : record_(record),
        layout_(layout),
        judge_(judge),
        facts_(facts),
        names_(names),
        most_(names.size() + kMaxNames),
        least_bits_(verge == Verge::kIdentified ? kBitsBesideElement : kBitsAlone) {}

  // Whole cells; and what stands between marks in the cells that hold the record's elements.
  void in_row() {
    const auto segments = layout_.segments();
    const auto here = layout_.segment_at(record_.front().span.begin);
    if (!here) return;
    std::size_t first = *here;
    while (first > 0 && *here - first < kMaxCells && layout_.same_row(first - 1, *here)) --first;
    for (std::size_t i = first; i < segments.size() && i - first < 2 * kMaxCells; ++i) {
      if (!layout_.same_row(i, *here)) return;
      const auto header = judge_.columns().judge(segments[i].column, Kind::kName);
      const Span cell = segments[i].span;
      if (held(cell)) {
        in_gaps({cell.begin, std::min(cell.end, cell.begin + kMaxLine)}, false);
      } else {
        add(cell, bits_of(cell), header == Verdict::kForColumn);
      }
    }
  }

  void in_line() { in_gaps(line(), !judge_.columns().separator().empty()); }

 private:
  // The record's line, or the row of it between brackets.
  Span line() const {
    const std::string_view text = layout_.text();
    const std::size_t first = record_.front().span.begin;
    const std::size_t last = record_.back().span.end;
    const std::size_t low = first - std::min(first, kMaxLine / 2);
    const std::string_view before = text.substr(low, first - low);
    const std::size_t newline = text::find_last(before, '\n');
    std::size_t begin = newline == std::string_view::npos ? low : low + newline + 1;
    if (const std::size_t row = last_row(before, begin - low); row != std::string_view::npos)
      begin = low + row;
    const std::string_view near = text.substr(0, begin + kMaxLine);
    std::size_t end = std::min(text::find_next(near, '\n', first), near.size());
    const std::size_t from = std::min(last, end);
    if (const std::size_t row = next_row(text.substr(from, end - from));
        row != std::string_view::npos) {
      end = from + row;
    }
    return {begin, end};
  }

  // Fields lie between the record's elements: one that an element reaches into is held by it.
  void in_gaps(const Span& part, bool columns) {
    const std::string_view text = layout_.text().substr(0, part.end);
    std::size_t at = part.begin;
    bool held = false;
    for (const Candidate& element : record_) {
      if (element.span.end <= at) continue;
      if (element.span.begin >= part.end) break;
      const bool reached = mark_at(text, element.span.begin).mark == Mark::kNone;
      in_gap(part.begin, {at, std::max(at, element.span.begin)}, held, reached, columns);
      if (element.span.end >= part.end) return;
      at = element.span.end;
      held = mark_before(text, at).mark == Mark::kNone;
    }
    in_gap(part.begin, {at, std::max(at, part.end)}, held, false, columns);
  }

  // `held`, `reached`: the field at the gap's begin, or at its end, is an element's.
  void in_gap(std::size_t begin, const Span& gap, bool held, bool reached, bool columns) {
    if (gap.size() < kLeastName) return;
    for (std::size_t at = gap.begin; at < gap.end; held = false) {
      const std::size_t end = field_end(at, gap.end);
      const bool whole = !held && (end < gap.end || !reached);
      if (!whole || !take({at, end}, begin, columns)) take_inside({at, end});
      at = behind_character(layout_.text(), end);
    }
  }

  bool held(const Span& cell) const {
    return std::ranges::any_of(record_, [&](const Candidate& c) { return c.span.overlaps(cell); });
  }

  // A field is of letters, digits and Han, and of what stands inside names.
  std::size_t field_end(std::size_t at, std::size_t stop) const {
    const std::string_view text = layout_.text().substr(0, stop);
    if (const std::size_t name = spaced_name(text.substr(at));
        name > 0 && is_common_person_name(text.substr(at, name)))
      return at + name;
    while (at < stop) {
      const std::string_view rest = text.substr(at);
      const std::size_t bytes = is_han(rest)              ? kHanBytes
                                : is_ascii_alnum(rest[0]) ? 1
                                                          : middle_dot_at(rest);
      if (bytes == 0) break;
      at += bytes;
    }
    return at;
  }

  // A field of a line; its column is asked for where it matters.
  bool take(const Span& field, std::size_t begin, bool columns) {
    const int bits = bits_of(field);
    if (bits < kBitsUnderLabel || (bits < kBitsBesideElement && !columns)) return false;
    return add(field, bits, columns && under_names(begin, field.begin));
  }

  // Part of a clause: 客户张三来电.
  void take_inside(const Span& clause) {
    if (names_.size() >= most_) return;
    if (const auto name = name_in_text(layout_.text(), clause, least_bits_ + kInText))
      add(*name, kBitsAlone, false);
  }

  bool under_names(std::size_t begin, std::size_t field) const {
    const std::uint32_t column = judge_.field_of(begin).value_or(0) +
                                 judge_.columns().separators_in(layout_.text({begin, field}));
    return judge_.columns().judge(column, Kind::kName) == Verdict::kForColumn;
  }

  int bits_of(const Span& field) const {
    if (names_.size() >= most_ || field.size() < kLeastName || field.size() > kMostName)
      return kNoName;
    return person_name_bits(layout_.text(field));
  }

  bool add(const Span& field, int bits, bool name_column) {
    if (bits < (name_column ? kBitsUnderLabel : least_bits_)) return false;
    names_.push_back({.span = field,
                      .kind = Kind::kName,
                      .confidence = name_column ? facts_.context : facts_.context - kCompanyDoubt});
    return true;
  }

  std::span<const Candidate> record_;
  const Layout& layout_;
  const Judge& judge_;
  const KindFacts& facts_;
  std::vector<Candidate>& names_;
  std::size_t most_;
  int least_bits_;
};

// A line with nothing on it but somebody's name, and what goes on behind names: 张伟 先生（收）.
std::optional<Span> name_alone(std::string_view text, const Span& line) {
  std::size_t begin = line.begin;
  while (begin < line.end && !is_han(text.substr(begin, line.end - begin)) &&
         !is_ascii_alnum(text[begin]))
    ++begin;
  if (begin - line.begin > kMaxBullet || line.size() > kMaxAlone) return std::nullopt;
  const std::string_view rest = text.substr(begin, line.end - begin);
  if (std::ranges::any_of(rest, is_ascii_digit)) return std::nullopt;
  const WeighedName name = name_at(rest);
  if (name.bits < kBitsAlone || rest.size() - name.bytes > kMaxBehind) return std::nullopt;
  return Span{begin, begin + name.bytes};
}

}  // namespace

void names_alone(std::span<const Span> lines, const Layout& layout, double confidence,
                 std::vector<Candidate>& names) {
  for (const Span& line : lines) {
    if (line.size() == 0) continue;
    if (const auto name = name_alone(layout.text(), line))
      names.push_back({.span = *name, .kind = Kind::kName, .confidence = confidence});
  }
}

void names_beside(std::span<const Candidate> record, const Layout& layout, const Judge& judge,
                  const KindFacts& facts, Verge verge, std::vector<Candidate>& names) {
  Search search(record, layout, judge, facts, verge, names);
  if (layout.table()) {
    search.in_row();
  } else {
    search.in_line();
  }
}

}  // namespace huxin::detect
