#include "policy/detect/cell_reader.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/address.hpp"
#include "policy/detect/recognise/answer.hpp"
#include "policy/detect/recognise/labelled_value.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/name_in_text.hpp"
#include "policy/detect/recognise/textual.hpp"
#include "policy/detect/validators/password.hpp"
#include "policy/detect/validators/person_name.hpp"
#include "policy/detect/validators/written_date.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxName = 60;   // bytes
constexpr std::size_t kMaxLine = 160;  // bytes of a line below its label
constexpr double kUnnamedColumnDoubt = 0.5;
constexpr std::size_t kMaxNaming = 60;       // bytes of words that name a kind
constexpr std::size_t kMaxBesideCells = 32;  // of a row, on either side
constexpr int kAnswerLines = 2;
constexpr int kSureList = 3;            // names of a list that is one for certain
constexpr std::size_t kMaxMark = 3;     // bytes behind a list's entry
constexpr std::size_t kMaxOrdinal = 9;  // bytes before it
constexpr int kMaxNamesBelow = 256;     // lines that one label tells
constexpr KindSet kListed{Kind::kPersonalTraits};
constexpr KindSet kTold{Kind::kName, Kind::kPassword, Kind::kAddress};

// Without quotes around it, ="…" of spreadsheets, and what Markdown sets code and bold type with.
Span unquoted(std::string_view text, const Span& field) {
  constexpr Mark kAround = Mark::kSpace | Mark::kQuote;
  const auto is_letter = [&](std::size_t at, MarkAt mark) {
    return is_ascii_alnum(text[at]) || (is_high(text[at]) && mark.mark == Mark::kNone);
  };
  if (field.size() > 0 && is_letter(field.begin, mark_at(text, field.begin)) &&
      is_letter(field.end - 1, mark_before(text, field.end)))
    return field;
  Span inside{skip_marks(text, field.begin, field.end, kAround), field.end};
  if (text.substr(inside.begin, field.end - inside.begin).starts_with("=\""))  // of spreadsheets
    inside.begin += 2;
  inside.end = skip_marks_back(text, field.end, inside.begin, kAround);
  for (const std::string_view mark : {"`", "**"}) {
    const std::string_view all = text.substr(inside.begin, inside.size());
    if (all.size() > 2 * mark.size() && all.starts_with(mark) && all.ends_with(mark))
      inside = {inside.begin + mark.size(), inside.end - mark.size()};
  }
  return inside;
}

// Where the line below begins, or the one below a blank one.
std::size_t line_below(std::string_view text, std::size_t at) {
  at = std::min(text.find('\n', at), text.size());
  for (int ends = 0; at < text.size() && ends < 2; ++at) {
    if (text[at] == '\n') {
      ++ends;
    } else if (text[at] != '\r' && text[at] != ' ') {
      break;
    }
  }
  return at;
}

// （1）鲁秉坤, 2. 曹惠兰: where the entry of a list begins on its line.
Span behind_ordinal(std::string_view text, const Span& line) {
  std::size_t begin = line.begin;
  while (begin < line.end && begin - line.begin <= kMaxOrdinal &&
         (is_ascii_digit(text[begin]) || text[begin] == '.' ||
          mark_at(text, begin).mark != Mark::kNone))
    begin += std::max<std::size_t>(mark_at(text, begin).bytes, 1);
  return {begin, line.end};
}

// 2026-01-06 below 上次变更密码日.
bool is_date(std::string_view text, const Span& cell) {
  constexpr std::size_t kWritten = 10;
  const auto date = written_date(text.substr(0, cell.end), cell.begin);
  return date && date->end == cell.end && cell.size() >= kWritten;
}

}  // namespace

void CellReader::begin(const Span& chunk) {
  if (layout_.table()) name_columns_.look(layout_, chunk);
}

void CellReader::read(std::size_t cell, const Judge& judge) {
  const Span span = unquoted(text_, layout_.segments()[cell].span);
  if (span.size() == 0) return;
  const std::string_view value = layout_.text(span);
  const auto take = [&](Kind kind, bool valid) {
    Label label{};
    if (!valid || !engine_.kinds.has(kind) || !judge.may_hold(cell, state_.keywords, kind, label))
      return;
    if (kind == Kind::kAddress) return read_address(span);
    state_.candidates.push_back({.span = span, .kind = kind, .label = label});
  };
  read_labelled_cell(span, judge.held(cell, state_.keywords));
  const bool han = static_cast<unsigned char>(value[0]) >= 0x80;
  if (judge.columns().vague_column() == layout_.segments()[cell].column)
    read_named_cell(cell, span, judge.columns());
  if (han) read_unlabelled_name(cell, span, judge);
  take(Kind::kName, han && value.size() <= kMaxName && is_person_name(value));
  take(Kind::kAddress, han && value.size() >= 12);
  take(Kind::kPassword, !han && is_password(span));
}

bool CellReader::is_password(const Span& cell) {
  return is_tabled_password(layout_.text(cell)) && !is_label(cell) && !is_date(text_, cell);
}

// All of the cell is labelled: the address begins with it.
void CellReader::read_address(const Span& cell) {
  const auto address = recognise_address(text_, cell.begin, cell, cell.begin);
  if (!address) return;
  state_.candidates.push_back({.span = address->span,
                               .kind = Kind::kAddress,
                               .label = Label::kBeside,
                               .doubt = address->doubt});
}

void CellReader::read_unlabelled_name(std::size_t cell, const Span& span, const Judge& judge) {
  const std::uint32_t column = layout_.segments()[cell].column;
  if (!engine_.kinds.has(Kind::kName) || !name_columns_.holds_names(column) ||
      judge.columns().judge(column, Kind::kName) == Verdict::kAgainst ||
      !judge.columns().kinds(column).empty() || !is_person_name(layout_.text(span))) {
    return;
  }
  state_.candidates.push_back(
      {.span = span, .kind = Kind::kName, .label = Label::kColumn, .doubt = kUnnamedColumnDoubt});
}

void CellReader::read_inserted(const Span& chunk, const Judge& judge) {
  KindSet wanted = read_by_label();
  wanted.add({Kind::kName, Kind::kAddress, Kind::kPassword});
  wanted = wanted & engine_.kinds;
  judge.inserts().for_each_row(text_, chunk, wanted,
                               [&](const std::vector<Span>& fields, const Columns& columns) {
                                 read_cells(fields, 0, columns, wanted);
                               });
}

KindSet CellReader::read_by_label() const {
  KindSet kinds = kTextual & engine_.kinds;
  kinds.add(engine_.labelled);
  return kinds;
}

// A label is no value of another, but where a list has it: 职业：会计.
KindSet CellReader::may_be(const KindSet& kinds, const Span& cell) {
  if (kinds.within(kListed) || !is_label(cell)) return kinds;
  return kinds & kListed;
}

void CellReader::read_labelled_cell(const Span& cell, const Judge::Held& held) {
  read_as(may_be(held.beside, cell), held.weak, cell, Label::kBeside);
  read_as(may_be(held.column, cell), held.weak, cell, Label::kColumn);
}

void CellReader::read_as(const KindSet& kinds, const KindSet& weak, const Span& cell, Label label) {
  if (const KindSet told = kinds & engine_.labelled; !told.empty()) {
    const LabelledCell whole(text_, cell, today_);
    told.for_each([&](Kind kind) {
      if (const auto match = whole.read(engine_.facts(kind).value))
        state_.candidates.push_back({.span = match->span,
                                     .kind = kind,
                                     .label = label,
                                     .beside = weak.has(kind),
                                     .doubt = match->doubt + (weak.has(kind) ? kWeakDoubt : 0)});
    });
  }
  (kinds & kTextual & engine_.kinds).for_each([&](Kind kind) {
    if (const auto span = textual_in_cell(kind, text_, cell, today_))
      state_.candidates.push_back(
          {.span = *span, .kind = kind, .label = label, .beside = weak.has(kind)});
  });
}

void CellReader::read_below() {
  if (layout_.table()) return;
  for (auto above = state_.above.cbegin(); above != state_.above.cend(); ++above) {
    const KeywordHit& label = *above;
    const std::size_t begin = line_below(text_, label.span.end);
    const std::size_t scope_end = layout_.scope_of({begin, begin}).end;
    const Span line = unquoted(text_, {begin, scope_end});
    if (line.size() == 0 || line.size() > kMaxLine) continue;
    const Keyword& keyword = engine_.vocabulary[label.keyword];
    // Of labels line by line the next one is known, which may_be would look for.
    const auto next = std::next(above);
    KindSet kinds = keyword.means & engine_.kinds;
    if (next != state_.above.cend() && next->span == line) kinds = kinds & kListed;
    read_told({.span = line, .kinds = kinds, .weak = keyword.beside, .label = Label::kBeside});
    if (keyword.means.has(Kind::kName)) read_names_below(line);
  }
}

// 客户: 12345678: the answer of one of the next lines, the first of which may say who speaks.
void CellReader::read_answers() {
  for (const KeywordHit& label : state_.asked) {
    const Keyword& keyword = engine_.vocabulary[label.keyword];
    const std::size_t before = state_.candidates.size();
    if (keyword.means.empty()) continue;
    std::size_t begin = line_below(text_, label.span.end);
    for (int i = 0; i < kAnswerLines && state_.candidates.size() == before; ++i) {
      const std::size_t end = layout_.scope_of({begin, begin}).end;
      const Span answer = answer_in(text_, {begin, end});
      if (answer.size() > 0 && answer.size() <= kMaxLine) read_answer(answer, keyword);
      begin = line_below(text_, end);
    }
  }
}

// What its form tells is a candidate already, and has its label now.
void CellReader::read_answer(const Span& answer, const Keyword& keyword) {
  KindSet told = keyword.means & engine_.kinds;
  told.remove(Kind::kPassword);  // which answers to it are not, anything may be
  read_told({.span = answer, .kinds = told, .weak = keyword.beside, .label = Label::kBeside});
  state_.answers.push_back({answer, told});
}

// A list of names goes on line by line, and along the lines.
void CellReader::read_names_below(const Span& first) {
  if (std::ranges::none_of(layout_.text(first), is_high)) return;
  Span line = behind_ordinal(text_, first);
  for (int count = 0; count < kMaxNamesBelow; ++count) {
    const WeighedName name = name_at(layout_.text(line));
    const bool whole = name.bytes + kMaxMark >= line.size();
    // Of a list that has names, a rare one too.
    if (name.bits < (whole && count >= kSureList ? kBitsUnderLabel : kBitsAlone)) return;
    std::size_t end = line.begin + name.bytes;
    if (count > 0 || end < line.end || line.begin > first.begin) add_name({line.begin, end});
    for (auto next = next_name(text_, end, line.end); next;
         next = next_name(text_, end, line.end)) {
      add_name(*next);
      end = next->end;
    }
    const std::size_t begin = line_below(text_, line.end);
    line = behind_ordinal(text_, trimmed(text_, {begin, layout_.scope_of({begin, begin}).end}));
    if (line.size() == 0) return;
  }
}

void CellReader::add_name(const Span& span) {
  if (engine_.kinds.has(Kind::kName))
    state_.candidates.push_back({.span = span, .kind = Kind::kName, .label = Label::kBeside});
}

void CellReader::read_told(const Told& cell) {
  const KindSet kinds = may_be(cell.kinds, cell.span);
  read_as(kinds, cell.weak, cell.span, cell.label);
  if ((kinds & kTold).empty()) return;
  const std::string_view value = text_.substr(cell.span.begin, cell.span.size());
  const auto take = [&](Kind kind, bool valid) {
    if (valid) state_.candidates.push_back({.span = cell.span, .kind = kind, .label = cell.label});
  };
  if (kinds.has(Kind::kName)) take(Kind::kName, value.size() <= kMaxName && is_person_name(value));
  if (kinds.has(Kind::kPassword)) take(Kind::kPassword, is_password(cell.span));
  if (kinds.has(Kind::kAddress)) read_address(cell.span);
}

void CellReader::read_fields(const Span& chunk, const Judge& judge) {
  const Columns& columns = judge.columns();
  if (columns.separator().empty()) return;
  KindSet wanted = read_by_label();
  wanted.add(KindSet{Kind::kName} & engine_.kinds);
  // Commas part the arguments of programs too.
  if (!columns.weak() && columns.separator() != ",")
    wanted.add(KindSet{Kind::kPassword} & engine_.kinds);
  read_rows(chunk, columns, wanted, columns.aligned());
}

void CellReader::read_tables(const Judge& judge) {
  KindSet wanted = read_by_label();
  wanted.add(KindSet{Kind::kName, Kind::kAddress, Kind::kPassword} & engine_.kinds);
  for (const TextTables::Table& table : judge.tables().tables()) {
    KindSet here = wanted;
    if (table.columns.weak()) here.remove(Kind::kPassword);
    read_rows(table.rows, table.columns, here, true);
  }
}

void CellReader::read_rows(const Span& lines, const Columns& columns, const KindSet& wanted,
                           bool whole) {
  const KindSet held = columns.all_kinds() & wanted;
  if (held.empty() && !columns.vague_column()) return;
  for (std::size_t line = lines.begin; line < lines.end;) {
    const std::size_t end = std::min(text_.substr(0, lines.end).find('\n', line), lines.end);
    if (columns.split(layout_.text({line, end}), row_) || !whole)
      read_cells(row_, line, columns, held);
    line = end + 1;
  }
}

void CellReader::read_cells(std::span<const Span> cells, std::size_t begin, const Columns& columns,
                            const KindSet& wanted) {
  const auto cell_at = [&](std::size_t column) {
    return unquoted(text_, {begin + cells[column].begin, begin + cells[column].end});
  };
  const auto vague = columns.vague_column();
  const bool names_kinds = vague && *vague < cells.size();
  KindSet named;
  for (std::uint32_t column = 0; column < cells.size(); ++column) {
    const KindSet kinds = columns.kinds(column) & wanted;
    if (kinds.empty() && !names_kinds) continue;
    const Span cell = cell_at(column);
    if (cell.size() == 0) continue;
    if (names_kinds) named.add(named_by(cell));
    if (!kinds.empty())
      read_told(
          {.span = cell, .kinds = kinds, .weak = columns.beside(column), .label = Label::kColumn});
  }
  if (names_kinds) read_named(cell_at(*vague), named.empty() ? columns.titled() : named);
}

// 台胞证, 组织机构代码证: words that fill a cell and name what numbers are.
KindSet CellReader::named_by(const Span& cell) {
  if (cell.size() == 0 || cell.size() > kMaxNaming || !is_label(cell)) return {};
  return engine_.vocabulary[label_->keyword].means & engine_.named;
}

// Asked of one cell several times. Labels that fill a line were found when it was passed.
bool CellReader::is_label(const Span& cell) {
  if (label_end_ != cell.end) {
    label_end_ = cell.end;
    const auto known = std::ranges::lower_bound(
        state_.above, cell.end, {}, [](const KeywordHit& label) { return label.span.end; });
    const bool found = known != state_.above.end() && known->span.end == cell.end;
    label_ = found ? *known : engine_.labels.before(text_, cell.end);
  }
  return label_ && label_->span.begin <= cell.begin;
}

// What its form tells is a candidate already, and has its label now.
void CellReader::read_named(const Span& cell, const KindSet& kinds) {
  if (cell.size() == 0 || kinds.empty()) return;
  read_labelled_cell(cell, {.column = {}, .beside = kinds, .weak = {}});
  state_.answers.push_back({cell, kinds});
}

// The same of a table's cell, whose row may name its kind.
void CellReader::read_named_cell(std::size_t cell, const Span& value, const Columns& columns) {
  const auto segments = layout_.segments();
  KindSet named;
  for (std::size_t i = cell; i-- > 0 && cell - i <= kMaxBesideCells && layout_.same_row(i, cell);)
    named.add(named_by(unquoted(text_, segments[i].span)));
  for (std::size_t i = cell + 1;
       i < segments.size() && i - cell <= kMaxBesideCells && layout_.same_row(i, cell); ++i)
    named.add(named_by(unquoted(text_, segments[i].span)));
  read_named(value, named.empty() ? columns.titled() : named);
}

}  // namespace huxin::detect
