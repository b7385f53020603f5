#include "policy/detect/judge.hpp"

#include <algorithm>

#include "policy/detect/punctuation.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr double kAgainst = 0.4;             // an order number by its label
constexpr double kAgainstProven = 0.25;      // …whose check digits and dates say otherwise
constexpr double kForeign = 0.15;            // the value of a key that speaks of something else
constexpr double kDoubtUnderLabel = 0.2;     // share of the doubt that a label leaves
constexpr std::size_t kMaxLabel = 60;        // bytes of a cell or line that is a label
constexpr std::size_t kMaxTitle = 120;       // bytes of a line or cell above a table
constexpr std::uint32_t kNamedRow = 2;       // headers of a row that make it one of headers
constexpr std::size_t kMaxFieldScan = 2048;  // of a line on either side of a value

// What its form tells without a label, where somebody stands on its record: fifteen digits with an
// area and a date of birth; six pairs of digits with colons between; a latitude and a longitude.
constexpr KindSet kOfOwnForm{Kind::kOldResidentId, Kind::kMacAddress, Kind::kLocation};

bool proves_itself(Kind kind) {
  switch (kind) {
    case Kind::kResidentId:
    case Kind::kResidencePermit:
    case Kind::kPermanentResidenceCard:
    case Kind::kEmail:
    case Kind::kAddress:
    case Kind::kIban:
    case Kind::kCreditCode:
    case Kind::kTrack2:
    case Kind::kPrivateKey:
      return true;
    default:
      return false;
  }
}

bool speaks_for(Verdict verdict) {
  return verdict == Verdict::kFor || verdict == Verdict::kForColumn;
}

// Nearly all separators are of one byte.
bool stands_behind(std::string_view before, std::string_view separator) {
  return separator.size() == 1 ? before.back() == separator[0] : before.ends_with(separator);
}

bool stands_before(std::string_view behind, std::string_view separator) {
  return separator.size() == 1 ? behind.front() == separator[0] : behind.starts_with(separator);
}

bool is_blank(std::string_view text) {
  return skip_marks(text, 0, text.size(), Mark::kSpace | Mark::kQuote) == text.size();
}

}  // namespace

bool Judge::learn_cell(const text::Segment& cell, std::span<const KeywordHit> hits) {
  if (cell_ == 0 || cell.group != header_group_) {
    columns_.clear();
    const LabelFinder words(layout_.text(), engine_.vocabulary, hits);
    heads_.look(cell_, words);
    list_header_ = heads_.header_of(cell_, words);
    if (list_header_ && !heads_.is_list(cell.group)) heads_.note_list(cell.group);
    header_group_ = cell.group;
    header_rows_ = 0;
  }
  if (header_rows_ == 0 || cell.row != header_row_) {
    header_row_ = cell.row;
    headers_ = 0;
    if (header_rows_ <= kHeaderRows) ++header_rows_;
  }
  if (header_rows_ > kHeaderRows) return false;
  const LabelFinder labels(layout_.text(), engine_.vocabulary, hits);
  if (is_title(cell_)) return entitle(cell.span, labels), false;
  const bool header = columns_.learn(cell.column, layout_.text(), cell.span,
                                     labels.within(cell.span), engine_.vocabulary);
  if (header) ++headers_;
  if (list_header_ == cell.row) columns_.learn_foreign(cell.column, layout_.text(cell.span));
  learn_foreign(cell);
  return header;
}

// A cell that has a row of its own, above rows of more than one.
bool Judge::is_title(std::size_t cell) const {
  const auto segments = layout_.segments();
  if (headers_ > 0 || cell + 2 >= segments.size() || layout_.left_of(cell)) return false;
  return segments[cell + 1].row != segments[cell].row &&
         segments[cell + 1].group == segments[cell].group && layout_.left_of(cell + 2) == cell + 1;
}

void Judge::learn_foreign(const text::Segment& cell) {
  if (headers_ < kNamedRow) return;
  const auto segments = layout_.segments();
  if (headers_ > kNamedRow) return columns_.learn_foreign(cell.column, layout_.text(cell.span));
  for (std::size_t i = cell_ + 1; i-- > 0 && segments[i].row == cell.row;) {
    if (segments[i].group != cell.group) break;
    columns_.learn_foreign(segments[i].column, layout_.text(segments[i].span));
  }
}

void Judge::learn_first_lines(const Span& chunk, std::span<const KeywordHit> hits) {
  if (chunk.begin != 0 || !layout_.segments().empty()) return;
  const std::string_view text = layout_.text().substr(0, kMaxFieldScan);
  const LabelFinder labels(layout_.text(), engine_.vocabulary, hits);
  std::size_t begin = 0;
  for (std::uint32_t i = 0; i < kHeaderRows && begin < text.size(); ++i) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::size_t last = text.substr(0, end).find_last_not_of(" \r");
    if (last != std::string_view::npos && last >= begin) learn_line({begin, last + 1}, labels);
    if (!columns_.separator().empty()) return;
    begin = end + 1;
  }
}

// A line above the header is the table's title.
void Judge::learn_line(const Span& line, const LabelFinder& labels) {
  const KindSet titled = columns_.title();
  columns_.learn_line(layout_.text(), line, labels, engine_.vocabulary);
  columns_.entitle(titled);
  if (columns_.separator().empty()) entitle(line, labels);
}

void Judge::entitle(const Span& title, const LabelFinder& labels) {
  if (title.size() > kMaxTitle) return;
  for (const KeywordHit& hit : labels.within(title))
    columns_.entitle(engine_.vocabulary[hit.keyword].means & engine_.named);
}

std::optional<std::uint32_t> Judge::field_of(std::size_t offset) const {
  if (columns_.separator().empty()) return std::nullopt;
  const std::size_t low = offset - std::min(offset, kMaxFieldScan);
  if (columns_.aligned()) return aligned_field_of(offset, low);
  if (offset < fields_.line.begin || offset > fields_.line.end) {
    const auto begin = line_begin(offset, low);
    if (!begin) return std::nullopt;
    const std::string_view rest = layout_.text().substr(*begin, kMaxFieldScan);
    const std::string_view line = rest.substr(0, rest.find('\n'));
    fields_.line = {*begin, *begin + line.size()};
    columns_.field_begins(line, fields_.begins);
    fields_.near = 0;
  }
  if (low > 0 && fields_.line.begin <= low) return std::nullopt;
  auto& [line, begins, field] = fields_;
  const std::size_t at = offset - line.begin;
  if (field > 0 && begins[field - 1] > at) field = 0;
  while (field < begins.size() && begins[field] <= at) ++field;
  return static_cast<std::uint32_t>(field);
}

std::optional<std::size_t> Judge::line_begin(std::size_t offset, std::size_t low) const {
  const std::size_t newline = text::find_last(layout_.text().substr(low, offset - low), '\n');
  if (newline != std::string_view::npos) return low + newline + 1;
  return low > 0 ? std::nullopt : std::optional<std::size_t>(0);
}

// Of columns that spaces line up: only in a line with as many fields as the header has.
std::optional<std::uint32_t> Judge::aligned_field_of(std::size_t offset, std::size_t low) const {
  if (!row_.line.contains({offset, offset + 1})) {
    const auto begin = line_begin(offset, low);
    if (!begin) return std::nullopt;
    const std::string_view rest = layout_.text().substr(*begin, 2 * kMaxFieldScan);
    const std::string_view line = rest.substr(0, rest.find('\n'));
    row_.line = {*begin, *begin + line.size()};
    row_.fits = columns_.split(line.substr(0, line.find_last_not_of('\r') + 1), row_.cells);
  }
  if (!row_.fits) return std::nullopt;
  const auto cell = std::ranges::find_if(
      row_.cells, [&](const Span& each) { return row_.line.begin + each.end > offset; });
  return cell == row_.cells.end()
             ? std::nullopt
             : std::optional(static_cast<std::uint32_t>(cell - row_.cells.begin()));
}

// The cells of a list are labelled by its header alone, but where it lies on its side.
std::optional<std::size_t> Judge::label_of(std::size_t cell) const {
  const std::uint32_t group = layout_.segments()[cell].group;
  const bool headed = heads_.is_list(group) && !heads_.lies_on_side(group);
  return headed ? std::nullopt : heads_.label_of(cell);
}

bool Judge::in_list(const Candidate& candidate) const {
  const auto cell = layout_.segment_at(candidate.span.begin);
  return cell && heads_.is_list(layout_.segments()[*cell].group);
}

Verdict Judge::in_table(const Candidate& candidate, const LabelFinder& labels) const {
  const auto segment = layout_.segment_at(candidate.span.begin);
  if (!segment) return Verdict::kSilent;
  if (const auto left = label_of(*segment)) {
    const Span label = layout_.segments()[*left].span;
    const Verdict verdict =
        label.size() <= kMaxLabel ? labels.judge_by_label(candidate.kind, label) : Verdict::kSilent;
    if (verdict != Verdict::kSilent) return labels.noted(verdict, LabelPlace::kLeftCell);
  }
  return by_column(layout_.segments()[*segment].column, candidate.kind, labels);
}

Verdict Judge::by_column(std::uint32_t column, Kind kind, const LabelFinder& labels) const {
  return labels.noted(columns_.judge(column, kind), LabelPlace::kColumn, columns_.word(column));
}

// A field that a value fills has no label in it: what its column's header says of the kind.
Verdict Judge::by_filled_field(const Candidate& candidate, const LabelFinder& labels) const {
  const bool parted = !columns_.separator().empty() && !columns_.aligned();
  if (!parted || !fills_field(candidate.span)) return Verdict::kSilent;
  const auto field = field_of(candidate.span.begin);
  if (!field) return Verdict::kSilent;
  const Verdict says = columns_.judge(*field, candidate.kind);
  const bool of_kind = says == Verdict::kForColumn || says == Verdict::kAgainst;
  return of_kind ? labels.noted(says, LabelPlace::kColumn, columns_.word(*field))
                 : Verdict::kSilent;
}

bool Judge::fills_field(const Span& value) const {
  std::string_view before = layout_.text().substr(0, value.begin);
  std::string_view behind = layout_.text().substr(value.end);
  if (before.ends_with('"') && behind.starts_with('"')) {
    before.remove_suffix(1);
    behind.remove_prefix(1);
  }
  const std::string_view separator = columns_.separator();
  const bool begins = before.empty() || before.back() == '\n' || stands_behind(before, separator);
  return begins && (behind.empty() || behind.front() == '\n' || behind.front() == '\r' ||
                    stands_before(behind, separator));
}

// A field's header; or, when the candidate is all of its line, the short line above.
Verdict Judge::in_line(const Candidate& candidate, const LabelFinder& labels,
                       const Span& scope) const {
  if (const auto field = field_of(candidate.span.begin))
    return by_column(*field, candidate.kind, labels);
  if (const auto cell = tables_.cell_at(layout_.text(), candidate.span.begin))
    return labels.noted(cell->columns->judge(cell->column, candidate.kind), LabelPlace::kColumn,
                        cell->columns->word(cell->column));
  if (scope.begin == 0 || !is_blank(layout_.text({scope.begin, candidate.span.begin})) ||
      !is_blank(layout_.text({candidate.span.end, scope.end}))) {
    return Verdict::kSilent;
  }
  const Span above = line_around(layout_.text(), {scope.begin - 1, scope.begin - 1});
  if (above.size() > kMaxLabel) return Verdict::kSilent;
  return labels.noted(labels.judge_by_label(candidate.kind, above), LabelPlace::kLineAbove);
}

bool Judge::may_hold(std::size_t cell, std::span<const KeywordHit> hits, Kind kind,
                     Label& label) const {
  const text::Segment& segment = layout_.segments()[cell];
  label = Label::kColumn;
  if (columns_.judge(segment.column, kind) == Verdict::kForColumn) return true;
  const auto left = label_of(cell);
  if (!left || hits.empty()) return false;
  const Span span = layout_.segments()[*left].span;
  label = Label::kBeside;
  return span.size() <= kMaxLabel &&
         LabelFinder(layout_.text(), engine_.vocabulary, hits).judge_by_label(kind, span) ==
             Verdict::kFor;
}

Judge::Held Judge::held(std::size_t cell, std::span<const KeywordHit> hits) const {
  const std::uint32_t column = layout_.segments()[cell].column;
  Held held{.column = columns_.kinds(column), .beside = {}, .weak = columns_.beside(column)};
  const auto left = label_of(cell);
  if (!left || hits.empty()) return held;
  const Span span = layout_.segments()[*left].span;
  if (span.size() > kMaxLabel) return held;
  const LabelFinder labels(layout_.text(), engine_.vocabulary, hits);
  for (const KeywordHit& hit : labels.within(span)) {
    held.beside.add(engine_.vocabulary[hit.keyword].means);
    held.weak.add(engine_.vocabulary[hit.keyword].beside);
  }
  return held;
}

Verdict Judge::verdict(const Candidate& candidate, const LabelFinder& labels) const {
  if (const auto row = inserts_.judge(layout_.text(), candidate.span.begin, candidate.kind))
    return labels.noted(*row, LabelPlace::kColumn);
  if (const Verdict column = by_filled_field(candidate, labels); column != Verdict::kSilent)
    return column;
  const Span scope = layout_.scope_of(candidate.span);
  const Verdict inside = labels.judge(candidate.kind, candidate.span, scope);
  if (inside != Verdict::kSilent) return inside;
  return layout_.table() ? in_table(candidate, labels) : in_line(candidate, labels, scope);
}

double Judge::confidence(const Candidate& candidate, Verdict verdict) const {
  const KindFacts& facts = engine_.facts(candidate.kind);
  switch (verdict) {
    case Verdict::kFor:
    case Verdict::kForColumn:
      return facts.context - kDoubtUnderLabel * candidate.doubt;
    case Verdict::kAgainst:
      return facts.base - candidate.doubt -
             (proves_itself(candidate.kind) ? kAgainstProven : kAgainst);
    case Verdict::kForeign:
      return facts.base - candidate.doubt - (proves_itself(candidate.kind) ? 0 : kForeign);
    case Verdict::kSilent:
    case Verdict::kKnown:  // nothing is judged so
      return facts.base - candidate.doubt;
  }
  return 0;
}

bool Judge::judge(Candidate& candidate, LabelFinder& labels, Judgement* judgement) const {
  labels.tell(judgement);
  const Verdict found =
      candidate.label != Label::kNone ? Verdict::kFor : verdict(candidate, labels);
  if (judgement != nullptr) {
    // A label led to it: which one is still to be told.
    if (candidate.label != Label::kNone && !speaks_for(verdict(candidate, labels))) *judgement = {};
    judgement->verdict = candidate.label == Label::kColumn ? Verdict::kForColumn : found;
  }
  if (candidate.unproven && !speaks_for(found)) return false;
  if (candidate.label == Label::kNone) {
    if (found == Verdict::kFor) candidate.label = Label::kBeside;
    if (found == Verdict::kForColumn) candidate.label = Label::kColumn;
  }
  const bool labelled = candidate.label != Label::kNone;
  candidate.denied = found == Verdict::kAgainst || found == Verdict::kForeign;
  const bool of_own_form = kOfOwnForm.has(candidate.kind);
  if ((engine_.facts(candidate.kind).keyword_required || of_own_form) && !labelled) {
    if (!of_own_form || found != Verdict::kSilent) return false;
    candidate.label = Label::kBeside;
    candidate.beside = true;
    candidate.confidence = confidence(candidate, Verdict::kFor) - kForeign;
    return true;
  }
  candidate.confidence = std::clamp(confidence(candidate, found), 0.0, 1.0);
  return true;
}

}  // namespace huxin::detect
