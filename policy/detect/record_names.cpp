#include "policy/detect/record_names.hpp"

#include <algorithm>

#include "policy/detect/punctuation.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr double kCompanyDoubt = 0.1;   // beside a labelled name
constexpr std::size_t kMaxLine = 1024;  // bytes of a line whose fields are looked at
constexpr std::size_t kMaxCells = 64;   // of a row, on either side
constexpr std::size_t kMaxNames = 4;    // of one record

class Search {
 public:
  Search(std::span<const Candidate> record, const Layout& layout, const Judge& judge,
         const KindFacts& facts, std::vector<Candidate>& names)
      : record_(record), layout_(layout), judge_(judge), facts_(facts), names_(names) {}

  // Whole cells; and what stands between marks in the cells that hold the record's elements.
  void in_row() {
    const auto segments = layout_.segments();
    const auto here = layout_.segment_at(record_.front().span.begin);
    if (!here) return;
    std::size_t first = *here;
    while (first > 0 && *here - first < kMaxCells && same_row(first - 1, *here)) --first;
    for (std::size_t i = first; i < segments.size() && i - first < 2 * kMaxCells; ++i) {
      if (!same_row(i, *here)) return;
      const auto header = judge_.columns().judge(segments[i].column, Kind::kName);
      const Span cell = segments[i].span;
      if (held(cell)) {
        in_fields({cell.begin, std::min(cell.end, cell.begin + kMaxLine)});
      } else {
        take(cell, header == Verdict::kForColumn);
      }
    }
  }

  void in_line() {
    const Span part = line();
    if (judge_.columns().separator().empty()) return in_fields(part);
    std::uint32_t column = judge_.field_of(part.begin).value_or(0);
    const std::string_view text = layout_.text();
    const std::string_view separator = judge_.columns().separator();
    for (std::size_t at = part.begin; at < part.end;) {
      const std::size_t end = field_end(at, part.end);
      take({at, end}, judge_.columns().judge(column, Kind::kName) == Verdict::kForColumn);
      if (text.substr(end, part.end - end).starts_with(separator)) ++column;
      at = end + std::max<std::size_t>(mark_at(text, end).bytes, 1);
    }
  }

 private:
  // The record's line, or the row of it between brackets.
  Span line() const {
    const std::string_view text = layout_.text();
    const std::size_t first = record_.front().span.begin;
    const std::size_t last = record_.back().span.end;
    const std::size_t low = first - std::min(first, kMaxLine / 2);
    const std::string_view before = text.substr(low, first - low);
    const std::size_t newline = before.rfind('\n');
    std::size_t begin = newline == std::string_view::npos ? low : low + newline + 1;
    if (const std::size_t row = last_row(before); row != std::string_view::npos)
      begin = std::max(begin, low + row);
    std::size_t end = std::min({text.find('\n', first), text.size(), begin + kMaxLine});
    const std::size_t from = std::min(last, end);
    if (const std::size_t row = next_row(text.substr(from, end - from));
        row != std::string_view::npos) {
      end = from + row;
    }
    return {begin, end};
  }

  void in_fields(const Span& part) {
    for (std::size_t at = part.begin; at < part.end;) {
      const std::size_t end = field_end(at, part.end);
      take({at, end}, false);
      at = end + std::max<std::size_t>(mark_at(layout_.text(), end).bytes, 1);
    }
  }

  bool held(const Span& cell) const {
    return std::ranges::any_of(record_, [&](const Candidate& c) { return c.span.overlaps(cell); });
  }

  bool same_row(std::size_t a, std::size_t b) const {
    const auto segments = layout_.segments();
    return segments[a].row == segments[b].row && segments[a].group == segments[b].group;
  }

  // Every mark ends a field.
  std::size_t field_end(std::size_t at, std::size_t stop) const {
    const std::string_view text = layout_.text().substr(0, stop);
    while (at < stop && mark_at(text, at).mark == Mark::kNone) ++at;
    return at;
  }

  void take(Span span, bool name_column) {
    if (names_.size() >= kMaxNames || span.size() < 6 || span.size() > 60) return;
    const std::string_view value = layout_.text(span);
    if (!(name_column ? is_person_name(value) : is_common_person_name(value))) return;
    if (held(span)) return;
    names_.push_back({.span = span,
                      .kind = Kind::kName,
                      .confidence = name_column ? facts_.context : facts_.context - kCompanyDoubt});
  }

  std::span<const Candidate> record_;
  const Layout& layout_;
  const Judge& judge_;
  const KindFacts& facts_;
  std::vector<Candidate>& names_;
};

}  // namespace

void names_beside(std::span<const Candidate> record, const Layout& layout, const Judge& judge,
                  const KindFacts& facts, std::vector<Candidate>& names) {
  names.clear();
  Search search(record, layout, judge, facts, names);
  if (layout.table()) {
    search.in_row();
  } else {
    search.in_line();
  }
}

}  // namespace huxin::detect
