#include "policy/detect/column_majority.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr double kDoubt = 0.3;
constexpr std::size_t kLeast = 3;  // cells of a kind
constexpr Mark kAround = Mark::kSpace | Mark::kQuote;  // what a cell holds
constexpr KindSet kByColumn{Kind::kMobile,           Kind::kLandline,     Kind::kForeignPhone,
                            Kind::kPassport,         Kind::kLicencePlate, Kind::kUnionPayCard,
                            Kind::kInternationalCard};

// Of codes that a check digit alone tells under a header: one in eleven passes by chance.
constexpr KindSet kByCheck{Kind::kOrganisationCode, Kind::kBusinessLicence};
constexpr std::size_t kLeastCells = 4;  // of a column that says anything

bool is_most(std::size_t part, std::size_t all) { return part * 5 >= all * 4; }

std::uint64_t pair_of(std::uint32_t high, std::uint32_t low) {
  return std::uint64_t{high} << 32U | low;
}

// The cells of a column that are one kind of number, whole.
struct Column {
  std::vector<Candidate*> numbers;
  std::size_t identified = 0;  ///< how many of them stand on the row of somebody
  std::size_t cells = 0;       ///< of the column, that hold anything
};

class Majority {
 public:
  Majority(const Layout& layout, const Engine& engine) : layout_(layout), engine_(engine) {}

  void gather(const Judge& judge, std::span<Candidate> candidates) {
    for (const Candidate& candidate : candidates) note_person(candidate);
    for (Candidate& candidate : candidates) {
      const auto index = layout_.segment_at(candidate.span.begin);
      if (!index || candidate.label != Label::kNone || !kByColumn.has(candidate.kind)) continue;
      const text::Segment& cell = layout_.segments()[*index];
      if (!fills(cell.span, candidate.span)) continue;
      if (!judge.columns().word(cell.column).empty()) continue;  // its header says what it holds
      Column& column = columns_[{pair_of(cell.group, cell.column), candidate.kind}];
      column.numbers.push_back(&candidate);
      column.identified += stands_with_somebody(cell, candidate.kind) ? 1U : 0U;
    }
    std::erase_if(columns_, [](const auto& entry) {
      const Column& column = entry.second;
      return column.numbers.size() < kLeast || !is_most(column.identified, column.numbers.size());
    });
  }

  bool any() const { return !columns_.empty(); }

  void count_cells(const Span& chunk) {
    const auto segments = layout_.segments();
    auto cell = std::ranges::lower_bound(segments, chunk.begin, {},
                                         [](const text::Segment& each) { return each.span.begin; });
    for (; cell != segments.end() && cell->span.begin < chunk.end; ++cell) {
      if (trimmed(layout_.text(), cell->span, kAround).size() == 0) continue;
      const auto first = columns_.lower_bound({pair_of(cell->group, cell->column), Kind{}});
      for (auto at = first;
           at != columns_.end() && at->first.first == pair_of(cell->group, cell->column); ++at)
        ++at->second.cells;
    }
  }

  void label() {
    for (auto& [place, column] : columns_) {
      if (!is_most(column.numbers.size(), column.cells)) continue;
      for (Candidate* const number : column.numbers) {
        number->label = Label::kColumn;
        number->doubt += kDoubt;
      }
    }
  }

 private:
  void note_person(const Candidate& candidate) {
    if (!engine_.facts(candidate.kind).identifies || candidate.kind == Kind::kPassport) return;
    if (const auto index = layout_.segment_at(candidate.span.begin)) {
      const text::Segment& cell = layout_.segments()[*index];
      people_[pair_of(cell.group, cell.row)].add(candidate.kind);
    }
  }

  bool stands_with_somebody(const text::Segment& cell, Kind kind) const {
    const auto person = people_.find(pair_of(cell.group, cell.row));
    return person != people_.end() && !person->second.within(KindSet{kind});
  }

  bool fills(const Span& cell, const Span& value) const {
    const Span whole = trimmed(layout_.text(), cell, kAround);
    return value.begin <= whole.begin && value.end >= whole.end;
  }

  const Layout& layout_;
  const Engine& engine_;
  std::map<std::uint64_t, KindSet> people_;  ///< by group and row
  std::map<std::pair<std::uint64_t, Kind>, Column> columns_;
};

}  // namespace

void label_by_column(const Layout& layout, const Judge& judge, const Span& chunk,
                     const Engine& engine, std::span<Candidate> candidates) {
  const auto may = [](const Candidate& candidate) {
    return candidate.label == Label::kNone && kByColumn.has(candidate.kind);
  };
  if (!layout.table() ||
      std::ranges::count_if(candidates, may) < static_cast<std::ptrdiff_t>(kLeast))
    return;
  Majority majority(layout, engine);
  majority.gather(judge, candidates);
  if (!majority.any()) return;
  majority.count_cells(chunk);
  majority.label();
}

void drop_chance_of_columns(const Layout& layout, const Span& chunk,
                            std::vector<Candidate>& candidates) {
  const auto doubtful = [](const Candidate& candidate) {
    return candidate.label == Label::kColumn && kByCheck.has(candidate.kind);
  };
  if (!layout.table() || std::ranges::none_of(candidates, doubtful)) return;
  struct Cells {
    std::size_t all = 0;
    std::size_t told = 0;             // in which a candidate begins
    std::optional<std::size_t> last;  // of them
  };
  std::map<std::uint64_t, Cells> columns;
  const auto segments = layout.segments();
  const auto place = [&](std::size_t cell) {
    return pair_of(segments[cell].group, segments[cell].column);
  };
  for (const Candidate& candidate : candidates) {
    const auto cell = layout.segment_at(candidate.span.begin);
    if (!cell) continue;
    Cells& column = columns[place(*cell)];
    if (column.last != cell) ++column.told;
    column.last = cell;
  }
  const auto first = std::ranges::lower_bound(
      segments, chunk.begin, {}, [](const text::Segment& each) { return each.span.begin; });
  for (auto cell = first; cell != segments.end() && cell->span.begin < chunk.end; ++cell) {
    const auto column = columns.find(pair_of(cell->group, cell->column));
    if (column != columns.end()) ++column->second.all;
  }
  std::erase_if(candidates, [&](const Candidate& candidate) {
    const auto cell = doubtful(candidate) ? layout.segment_at(candidate.span.begin) : std::nullopt;
    if (!cell) return false;
    const Cells& column = columns[place(*cell)];
    return column.all >= kLeastCells && column.told * 3 < column.all;
  });
}

}  // namespace huxin::detect
