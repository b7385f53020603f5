#include "policy/detect/recognise/labelled_value.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "policy/catalog/units.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/validators/checks.hpp"
#include "policy/detect/validators/value_form.hpp"
#include "policy/detect/validators/written_form.hpp"

namespace huxin::detect {
namespace {

using catalog::Characters;
using catalog::LabelledValue;
using catalog::ValueForm;

constexpr std::size_t kMaxGroups = 16;
constexpr std::size_t kMaxCharacters = 64;

bool is_word(char c) { return is_ascii_alnum(c) || c == '_'; }
bool joins(char c) { return c == ' ' || c == '-' || c == '.'; }

// Groups of letters and digits, joined by single separators, from one place on.
class Groups {
 public:
  Groups(std::string_view text, std::size_t begin, std::size_t stop) {
    while (count_ < kMaxGroups) {
      std::size_t end = begin;
      while (end < stop && is_ascii_alnum(text[end])) ++end;
      if (end == begin) return;
      groups_[count_++] = {begin, end};
      if (end + 1 >= stop || !joins(text[end])) return;
      begin = end + 1;
    }
  }

  std::size_t count() const { return count_; }
  const Span& operator[](std::size_t i) const { return groups_[i]; }

  /// The first groups read as one value: joined by hyphens or dots, or sized as people break
  /// numbers up; two numbers side by side are not.
  bool regular(std::string_view text, std::size_t count) const {
    const std::size_t first = count > 1 && is_series(text, groups_[0]) ? 1 : 0;
    bool tied = true;
    bool even = true;
    for (std::size_t i = first; i + 1 < count; ++i) {
      tied = tied && text[groups_[i].end] != ' ';
      even = even && groups_[i].size() == groups_[first].size() && groups_[i].size() <= 6;
    }
    return count == first + 1 || tied ||
           (even && groups_[count - 1].size() <= groups_[first].size());
  }

  /// An amount: 55667788.99.
  bool decimal(std::string_view text, std::size_t count) const {
    const auto digits = [&](const Span& group) {
      return std::ranges::all_of(text.substr(group.begin, group.size()), is_ascii_digit);
    };
    return count == 2 && text[groups_[0].end] == '.' && digits(groups_[0]) && digits(groups_[1]);
  }

 private:
  // The letter or two that a number begins with: E 12345678.
  static bool is_series(std::string_view text, const Span& group) {
    return group.size() <= 2 &&
           std::ranges::none_of(text.substr(group.begin, group.size()), is_ascii_digit);
  }

  std::array<Span, kMaxGroups> groups_{};
  std::size_t count_ = 0;
};

// What stands between a label and its value.
struct Gap {
  std::size_t end = 0;
  bool assigned = false;  ///< a colon, an equals sign, 为 or 是
};

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

// A form's line to write on: two underscores and more.
bool is_line(std::string_view text, std::size_t at) {
  if (text[at] != '_') return false;
  return (at > 0 && text[at - 1] == '_') || text.substr(at + 1).starts_with('_');
}

// `text` ends where the label's reach does. A clause that ends between label and value parts them,
// and so do words that stand apart from the label: 支票  领入  79437087.
Gap skip_gap(std::string_view text, std::size_t at) {
  Gap gap{at};
  bool words = false;
  bool apart = false;
  while (gap.end < text.size() && (!is_word(text[gap.end]) || is_line(text, gap.end))) {
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

// Takes the values of one label and finds the form they fit.
class Fitter {
 public:
  Fitter(std::string_view text, const LabelledValue& value, Date today)
      : text_(text), value_(value), today_(today) {}

  /// The first group, or as many as fit together; `whole`: where the value has to end.
  std::optional<LabelledMatch> read(std::size_t begin, std::size_t stop, bool whole) const {
    if (const auto written = read_written(begin, stop, whole)) return written;
    if (const auto word = read_word(begin, stop, whole)) return word;
    const Groups groups(text_, begin, stop);
    if (groups.count() == 0) return std::nullopt;
    if (const auto alone = match({begin, groups[0].end}, stop, whole)) return alone;
    for (std::size_t count = groups.count(); count > 1; --count) {
      if (!groups.regular(text_, count) || groups.decimal(text_, count)) continue;
      if (const auto all = match({begin, groups[count - 1].end}, stop, whole)) return all;
    }
    return match_bracketed({begin, groups[groups.count() - 1].end}, stop, whole);
  }

 private:
  std::optional<LabelledMatch> read_written(std::size_t begin, std::size_t stop, bool whole) const {
    for (const ValueForm& form : value_.forms) {
      const std::size_t length = written_length(form.characters, text_.substr(begin));
      if (length == 0 || (whole ? begin + length != stop : begin + length > stop)) continue;
      return LabelledMatch{{begin, begin + length}, form.doubt};
    }
    return std::nullopt;
  }

  std::optional<LabelledMatch> read_word(std::size_t begin, std::size_t stop, bool whole) const {
    if (std::ranges::find(value_.forms, Characters::kWord, &ValueForm::characters) ==
        value_.forms.end())
      return std::nullopt;
    std::size_t end = begin;
    while (end < stop && end - begin <= kMaxCharacters &&
           (is_word(text_[end]) || text_[end] == '-'))
      ++end;
    return match({begin, end}, stop, whole, true);
  }

  // The check digit in brackets: A123456(3).
  std::optional<LabelledMatch> match_bracketed(const Span& head, std::size_t stop,
                                               bool whole) const {
    const std::size_t at = head.end;
    const MarkAt open = mark_at(text_, at);
    const std::size_t digit = at + open.bytes;
    if (open.mark != Mark::kOpen || digit >= stop || !is_ascii_alnum(text_[digit]))
      return std::nullopt;
    const MarkAt close = mark_at(text_, digit + 1);
    if (close.mark != Mark::kClose) return std::nullopt;
    return match({head.begin, digit + 1 + close.bytes}, stop, whole, false, true);
  }

  std::optional<LabelledMatch> match(const Span& span, std::size_t stop, bool whole,
                                     bool word = false, bool bracketed = false) const {
    if (whole ? span.end != stop : goes_on(span.end)) return std::nullopt;
    if (!may_have_size(compact_size(span, word), word)) return std::nullopt;
    const std::string raw = compact(span, word);
    std::string value = raw;
    std::ranges::transform(value, value.begin(), ascii_upper);
    for (const ValueForm& form : value_.forms) {
      if (bracketed && !form.bracketed) continue;
      if (form.characters == Characters::kCapitals && value != raw) continue;
      if ((form.characters == Characters::kWord) != word || !has_form(form, value)) continue;
      if (form.check && !passes(*form.check, value, today_)) continue;
      const bool likely = !form.hint || passes(*form.hint, value, today_);
      return LabelledMatch{span, form.doubt + (likely ? 0.0 : 1.0)};
    }
    return std::nullopt;
  }

  // Whether what stands behind belongs to the same word, so that it ends elsewhere.
  bool goes_on(std::size_t end) const {
    if (end >= text_.size()) return false;
    if (is_word(text_[end])) return !is_line(text_, end);
    const std::string_view next = text_.substr(end, 5);
    if (next.size() == 5 && next[0] == ' ' && std::ranges::all_of(next.substr(1), is_ascii_digit))
      return ends_in_four(end);  // 9815 2020 …
    return end + 1 < text_.size() && (text_[end] == '-' || text_[end] == '.') &&
           is_word(text_[end + 1]);
  }

  // A group of four digits that another of four follows.
  bool ends_in_four(std::size_t end) const {
    const std::string_view last = text_.substr(end - std::min(end, std::size_t{4}), 4);
    const bool four = std::ranges::all_of(last, is_ascii_digit);
    const std::size_t behind = end + 5;
    const bool longer = behind < text_.size() && is_ascii_digit(text_[behind]);
    return four && !longer && (end < 5 || !is_ascii_alnum(text_[end - 5]));
  }

  std::string_view bounded(const Span& span) const {
    return text_.substr(span.begin, std::min(span.size(), 2 * kMaxCharacters));
  }

  std::size_t compact_size(const Span& span, bool word) const {
    const std::string_view all = bounded(span);
    return word ? all.size() : static_cast<std::size_t>(std::ranges::count_if(all, is_ascii_alnum));
  }

  bool may_have_size(std::size_t size, bool word) const {
    return std::ranges::any_of(value_.forms, [&](const ValueForm& form) {
      return (form.characters == Characters::kWord) == word && size >= form.least &&
             size <= form.most;
    });
  }

  std::string compact(const Span& span, bool word) const {
    std::string value(bounded(span));
    if (!word) std::erase_if(value, [](char c) { return !is_ascii_alnum(c); });
    return value;
  }

  std::string_view text_;
  const LabelledValue& value_;
  Date today_;
};

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

// The value behind a label's tail, or behind a note, which ends at `from`.
std::optional<LabelledMatch> value_from(std::string_view text, const Span& label, std::size_t from,
                                        std::size_t stop, const LabelledValue& value, Date today) {
  const std::size_t behind = behind_markup(text.substr(0, stop), from);
  const std::size_t reach = std::min(stop, behind + value.reach + 1);
  Gap gap = skip_gap(text.substr(0, reach), behind);
  if (gap.end >= reach) return std::nullopt;
  gap.assigned = gap.assigned || behind > from;
  if (!gap.assigned && is_ascii_digit(text[gap.end]) && is_capital_identifier(text, label))
    return std::nullopt;
  const bool said = text.substr(label.end, from - label.end).ends_with("is");
  const bool bare = value.assigned && !gap.assigned && !said;
  if (bare && !adjoins(text, {from, gap.end}, label.end)) return std::nullopt;
  // QQ12345: a digit may follow the letters of its label at once, nothing else may.
  if (gap.end == label.end && is_ascii_alnum(text[label.end - 1]) &&
      (is_ascii_digit(text[label.end - 1]) || !is_ascii_digit(text[gap.end]))) {
    return std::nullopt;
  }
  const auto match = Fitter(text, value, today).read(gap.end, stop, false);
  return bare && match && counts_units(text.substr(match->span.end)) ? std::nullopt : match;
}

}  // namespace

std::optional<LabelledMatch> value_behind(std::string_view text, const Span& label,
                                          std::size_t stop, const LabelledValue& value,
                                          Date today) {
  const std::string_view line = text.substr(0, stop);
  const std::size_t tail = behind_label_tail(line, label.end);
  if (const auto match = value_from(text, label, tail, stop, value, today)) return match;
  const std::size_t note = behind_note(line, tail);
  return note == tail ? std::nullopt : value_from(text, label, note, stop, value, today);
}

LabelledCell::LabelledCell(std::string_view text, const Span& cell, Date today)
    : text_(text), cell_(cell), today_(today) {
  const std::string_view all = text.substr(cell.begin, std::min(cell.size(), 2 * kMaxCharacters));
  letters_ = static_cast<std::size_t>(std::ranges::count_if(all, is_ascii_alnum));
}

// Most cells have the size of no form.
std::optional<LabelledMatch> LabelledCell::read(const LabelledValue& value) const {
  const bool may_be = std::ranges::any_of(value.forms, [&](const ValueForm& form) {
    const std::size_t size = form.characters == Characters::kWord ? cell_.size() : letters_;
    return (size >= form.least && size <= form.most) || form.characters >= Characters::kIpAddress;
  });
  if (!may_be) return std::nullopt;
  return Fitter(text_, value, today_).read(cell_.begin, cell_.end, true);
}

}  // namespace huxin::detect
