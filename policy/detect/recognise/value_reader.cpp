#include "policy/detect/recognise/value_reader.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/validators/checks.hpp"
#include "policy/detect/validators/value_form.hpp"
#include "policy/detect/validators/written_form.hpp"

namespace huxin::detect {
namespace {

using catalog::Characters;
using catalog::LabelledValue;
using catalog::ValueForm;

constexpr std::size_t kMaxCharacters = kMostValueBytes / 2;

bool joins(char c) { return c == ' ' || c == '-' || c == '.'; }

// The letter or two that a number begins with: E 12345678.
bool is_series(std::string_view text, const Span& group) {
  return group.size() <= 2 &&
         std::ranges::none_of(text.substr(group.begin, group.size()), is_ascii_digit);
}

bool may_have_size(const LabelledValue& value, std::size_t size, bool word) {
  return std::ranges::any_of(value.forms, [&](const ValueForm& form) {
    return (form.characters == Characters::kWord) == word && size >= form.least &&
           size <= form.most;
  });
}

}  // namespace

bool is_value_word(char c) { return is_ascii_alnum(c) || c == '_'; }

bool is_value_line(std::string_view text, std::size_t at) {
  if (text[at] != '_') return false;
  return (at > 0 && text[at - 1] == '_') || text.substr(at + 1).starts_with('_');
}

ValueGroups::ValueGroups(std::string_view text, std::size_t begin, std::size_t stop) {
  while (count_ < kMost) {
    std::size_t end = begin;
    while (end < stop && is_ascii_alnum(text[end])) ++end;
    if (end == begin) return;
    letters_[count_] = (count_ == 0 ? 0 : letters_[count_ - 1]) + end - begin;
    groups_[count_++] = {begin, end};
    if (end + 1 >= stop || !joins(text[end])) return;
    begin = end + 1;
  }
}

bool ValueGroups::regular(std::string_view text, std::size_t count) const {
  const std::size_t first = count > 1 && is_series(text, groups_[0]) ? 1 : 0;
  bool tied = true;
  bool even = true;
  for (std::size_t i = first; i + 1 < count; ++i) {
    tied = tied && text[groups_[i].end] != ' ';
    even = even && groups_[i].size() == groups_[first].size() && groups_[i].size() <= 6;
  }
  return count == first + 1 || tied || (even && groups_[count - 1].size() <= groups_[first].size());
}

bool ValueGroups::decimal(std::string_view text, std::size_t count) const {
  const auto digits = [&](const Span& group) {
    return std::ranges::all_of(text.substr(group.begin, group.size()), is_ascii_digit);
  };
  return count == 2 && text[groups_[0].end] == '.' && digits(groups_[0]) && digits(groups_[1]);
}

ValueReader::ValueReader(std::string_view text, std::size_t begin, std::size_t stop, bool whole,
                         Date today)
    : text_(text),
      begin_(begin),
      stop_(stop),
      whole_(whole),
      today_(today),
      groups_(text, begin, stop) {}

std::optional<LabelledMatch> ValueReader::read(const LabelledValue& value) const {
  if (const auto written = read_written(value)) return written;
  if (const auto word = read_word(value)) return word;
  if (groups_.count() == 0) return std::nullopt;
  if (const auto alone = match_groups(value, 1)) return alone;
  for (std::size_t count = groups_.count(); count > 1; --count) {
    if (const auto all = match_groups(value, count)) return all;
  }
  return match_bracketed(value);
}

std::optional<LabelledMatch> ValueReader::read_written(const LabelledValue& value) const {
  for (const ValueForm& form : value.forms) {
    const std::size_t length = written_length(form.characters, text_.substr(begin_));
    if (length == 0 || (whole_ ? begin_ + length != stop_ : begin_ + length > stop_)) continue;
    return LabelledMatch{{begin_, begin_ + length}, form.doubt};
  }
  return std::nullopt;
}

std::optional<LabelledMatch> ValueReader::read_word(const LabelledValue& value) const {
  if (std::ranges::find(value.forms, Characters::kWord, &ValueForm::characters) ==
      value.forms.end())
    return std::nullopt;
  std::size_t end = begin_;
  while (end < stop_ && end - begin_ <= kMaxCharacters &&
         (is_value_word(text_[end]) || text_[end] == '-'))
    ++end;
  return match(value, {begin_, end}, {.word = true});
}

// Most have the size of no form.
std::optional<LabelledMatch> ValueReader::match_groups(const LabelledValue& value,
                                                       std::size_t count) const {
  const Span span = groups_.first(count);
  if (span.size() <= kMostValueBytes && !may_have_size(value, groups_.letters(count), false))
    return std::nullopt;
  if (count > 1 && (!groups_.regular(text_, count) || groups_.decimal(text_, count)))
    return std::nullopt;
  return match(value, span, {});
}

// The check digit in brackets: A123456(3).
std::optional<LabelledMatch> ValueReader::match_bracketed(const LabelledValue& value) const {
  const Span head = groups_.first(groups_.count());
  const MarkAt open = mark_at(text_, head.end);
  const std::size_t digit = head.end + open.bytes;
  if (open.mark != Mark::kOpen || digit >= stop_ || !is_ascii_alnum(text_[digit]))
    return std::nullopt;
  const MarkAt close = mark_at(text_, digit + 1);
  if (close.mark != Mark::kClose) return std::nullopt;
  return match(value, {head.begin, digit + 1 + close.bytes}, {.bracketed = true});
}

std::optional<LabelledMatch> ValueReader::match(const LabelledValue& value, const Span& span,
                                                As as) const {
  if (whole_ ? span.end != stop_ : goes_on(span.end)) return std::nullopt;
  if (!may_have_size(value, compact_size(span, as.word), as.word)) return std::nullopt;
  const std::string raw = compact(span, as.word);
  std::string upper = raw;
  std::ranges::transform(upper, upper.begin(), ascii_upper);
  for (const ValueForm& form : value.forms) {
    if (as.bracketed && !form.bracketed) continue;
    if (form.characters == Characters::kCapitals && upper != raw) continue;
    if ((form.characters == Characters::kWord) != as.word || !has_form(form, upper)) continue;
    if (form.check && !passes(*form.check, upper, today_)) continue;
    const bool likely = !form.hint || passes(*form.hint, upper, today_);
    return LabelledMatch{span, form.doubt + (likely ? 0.0 : 1.0)};
  }
  return std::nullopt;
}

// Whether what stands behind belongs to the same word, so that it ends elsewhere.
bool ValueReader::goes_on(std::size_t end) const {
  if (end >= text_.size()) return false;
  if (is_value_word(text_[end])) return !is_value_line(text_, end);
  const std::string_view next = text_.substr(end, 5);
  if (next.size() == 5 && next[0] == ' ' && std::ranges::all_of(next.substr(1), is_ascii_digit))
    return ends_in_four(end);  // 9815 2020 …
  return end + 1 < text_.size() && (text_[end] == '-' || text_[end] == '.') &&
         is_value_word(text_[end + 1]);
}

// A group of four digits that another of four follows.
bool ValueReader::ends_in_four(std::size_t end) const {
  const std::string_view last = text_.substr(end - std::min(end, std::size_t{4}), 4);
  const bool four = std::ranges::all_of(last, is_ascii_digit);
  const std::size_t behind = end + 5;
  const bool longer = behind < text_.size() && is_ascii_digit(text_[behind]);
  return four && !longer && (end < 5 || !is_ascii_alnum(text_[end - 5]));
}

std::string_view ValueReader::bounded(const Span& span) const {
  return text_.substr(span.begin, std::min(span.size(), kMostValueBytes));
}

std::size_t ValueReader::compact_size(const Span& span, bool word) const {
  const std::string_view all = bounded(span);
  return word ? all.size() : static_cast<std::size_t>(std::ranges::count_if(all, is_ascii_alnum));
}

std::string ValueReader::compact(const Span& span, bool word) const {
  std::string value(bounded(span));
  if (!word) std::erase_if(value, [](char c) { return !is_ascii_alnum(c); });
  return value;
}

}  // namespace huxin::detect
