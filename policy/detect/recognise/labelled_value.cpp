#include "policy/detect/recognise/labelled_value.hpp"

#include <algorithm>
#include <limits>

#include "policy/catalog/units.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"

namespace huxin::detect {
namespace {

constexpr auto kAll = std::numeric_limits<std::size_t>::max();

std::size_t character_bytes(char lead) {
  const auto byte = static_cast<unsigned char>(lead);
  if (byte < 0xC0) return 1;
  if (byte < 0xE0) return 2;
  return byte < 0xF0 ? 3 : 4;
}

// A dash, an arrow or a cell's border says as much as a colon; so do brackets right behind a label.
bool assigns(std::string_view text, std::size_t at, std::size_t label_end) {
  constexpr Mark kAssigns = Mark::kColon | Mark::kEquals | Mark::kBar;
  constexpr Mark kBrackets = Mark::kOpen | Mark::kClose;
  const std::string_view rest = text.substr(at);
  const Mark mark = mark_at(text, at).mark;
  return in(mark, kAssigns) || (at == label_end && in(mark, kBrackets)) || rest[0] == '\t' ||
         rest.starts_with("- ") || rest.starts_with("—") || rest.starts_with("→") ||
         rest.starts_with("为") || rest.starts_with("是") || rest.starts_with("為");
}

// `line` ends where the label's does; nothing is looked for beyond `reach`, where the gap ends
// then. A clause that ends between label and value parts them, and so do words that stand apart
// from the label: 支票  领入  79437087.
ValueGap skip_gap(std::string_view line, std::size_t at, std::size_t reach) {
  const std::string_view text = line.substr(0, reach);
  ValueGap gap{at};
  bool words = false;
  bool apart = false;
  while (gap.end < text.size() && (!is_value_word(text[gap.end]) || is_value_line(line, gap.end))) {
    const MarkAt here = mark_at(text, gap.end);
    const std::string_view rest = text.substr(gap.end);
    const bool assigned = assigns(text, gap.end, at);
    const bool han = is_han(rest) && !assigned;
    const Mark ends = words ? Mark::kStop | Mark::kComma | Mark::kSemicolon : Mark::kStop;
    if (rest[0] == '\n' || in(here.mark, ends) || (han && apart)) return {text.size()};
    gap.assigned = gap.assigned || assigned;
    words = words || han;
    apart = (apart || here.mark == Mark::kSpace) && here.mark != Mark::kOpen && !assigned;
    gap.end += std::max(here.bytes, character_bytes(rest[0]));
  }
  return gap;
}

// 验证码653570: right behind a label in Han, where no unit follows that makes it a number of them.
bool adjoins(std::string_view text, const Span& gap, std::size_t label_end) {
  return static_cast<unsigned char>(text[label_end - 1]) >= 0x80 &&
         skip_marks(text, gap.begin, gap.end, Mark::kSpace | Mark::kQuote) == gap.end;
}

bool counts_units(std::string_view behind) {
  return catalog::unit_prefix(catalog::Unit::kFew, behind) > 0;
}

// </key><value>, " value=": what stands between a label that is data itself and its value.
std::size_t behind_markup(std::string_view text, std::size_t at) {
  constexpr std::size_t kMaxTag = 40;
  const std::string_view rest = text.substr(at, 2 * kMaxTag);
  if (rest.starts_with("</")) {
    const std::size_t end = std::min(rest.find('>'), rest.size() - 1);
    const std::size_t open = skip_marks(rest, end + 1, rest.size(), Mark::kSpace);
    const bool opens = open + 1 < rest.size() && rest[open] == '<' && rest[open + 1] != '/';
    const std::size_t close = opens ? rest.find('>', open) : std::string_view::npos;
    return close == std::string_view::npos ? at : at + close + 1;
  }
  for (const std::string_view assigns : {"\" value=", "' value="}) {
    if (rest.starts_with(assigns)) return at + assigns.size();
  }
  return at;
}

// SEQ_CERT_NO  157…, LOAN_CONTRACT  226…: the names of a database's own things, in a list of them.
bool is_capital_identifier(std::string_view text, const Span& label) {
  const std::string_view name = text.substr(label.begin, label.size());
  const bool joined = name.contains('_') || (label.begin > 0 && text[label.begin - 1] == '_');
  return joined && std::ranges::all_of(name, [](char c) { return is_ascii_upper(c) || c == '_'; });
}

}  // namespace

// The gap is the same for all kinds; it is looked for as far as the one asked reaches.
std::optional<LabelledMatch> LabelledText::Place::read(const LabelledText& label,
                                                       const ValueForms& value) {
  const std::size_t reach = std::min(label.stop_, behind_ + value.value().reach + 1);
  if (reach > looked_) look(label, reach);
  if (gap_.end >= reach || parted_) return std::nullopt;
  const bool bare = value.value().assigned && !told_;
  if (bare && !adjoins(label.text_, {from_, gap_.end}, label.label_.end)) return std::nullopt;
  if (!reader_) reader_.emplace(label.text_, gap_.end, label.stop_, false, label.today_);
  const auto match = reader_->read(value);
  return bare && match && counts_units(label.text_.substr(match->span.end)) ? std::nullopt : match;
}

void LabelledText::Place::look(const LabelledText& label, std::size_t reach) {
  const std::string_view text = label.text_;
  const std::size_t end = label.label_.end;
  gap_ = skip_gap(text.substr(0, label.stop_), behind_, reach);
  // A gap that ends well before the reach does ends there for any.
  looked_ = gap_.end + kHanBytes < reach ? kAll : reach;
  reader_.reset();
  if (gap_.end >= reach) return;
  const bool assigned = gap_.assigned || behind_ > from_;
  told_ = assigned || text.substr(end, from_ - end).ends_with("is");
  const bool digit = is_ascii_digit(text[gap_.end]);
  const bool identifier = !assigned && digit && is_capital_identifier(text, label.label_);
  // QQ12345: a digit may follow the letters of its label at once, nothing else may.
  const bool within =
      gap_.end == end && is_ascii_alnum(text[end - 1]) && (is_ascii_digit(text[end - 1]) || !digit);
  parted_ = identifier || within;
}

LabelledText::Place::Place(std::string_view line, std::size_t from)
    : from_(from), behind_(behind_markup(line, from)), gap_{behind_} {}

std::optional<LabelledMatch> LabelledText::look(const ValueForms& value) {
  const std::string_view line = text_.substr(0, stop_);
  if (!tail_) tail_.emplace(line, behind_label_tail(line, label_.end));
  if (const auto match = tail_->read(*this, value)) return match;
  if (!looked_for_note_) {
    const std::size_t note = behind_note(line, tail_->from());
    if (note != tail_->from()) note_.emplace(line, note);
    looked_for_note_ = true;
  }
  return note_ ? note_->read(*this, value) : std::nullopt;
}

LabelledCell::LabelledCell(std::string_view text, const Span& cell, Date today)
    : text_(text), cell_(cell), today_(today) {
  const std::string_view all = text.substr(cell.begin, std::min(cell.size(), kMostValueBytes));
  letters_ = static_cast<std::size_t>(std::ranges::count_if(all, is_ascii_alnum));
}

// Most cells have the size of no form.
std::optional<LabelledMatch> LabelledCell::read(const ValueForms& value) const {
  const bool may_be = value.may_have(letters_, false) || value.may_have(cell_.size(), true);
  if (!may_be && !value.written()) return std::nullopt;
  return ValueReader(text_, cell_.begin, cell_.end, true, today_).read(value);
}

}  // namespace huxin::detect
