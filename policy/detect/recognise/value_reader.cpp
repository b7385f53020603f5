#include "policy/detect/recognise/value_reader.hpp"

#include <algorithm>
#include <limits>
#include <string>

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
constexpr std::size_t kMostSize = catalog::kMaxValueLength;

bool joins(char c) { return c == ' ' || c == '-' || c == '.'; }

// The letter or two that a number begins with: E 12345678.
bool is_series(std::string_view text, const Span& group) {
  return group.size() <= 2 &&
         std::ranges::none_of(text.substr(group.begin, group.size()), is_ascii_digit);
}

// A bit for each of a form's sizes, from 1 on.
std::uint64_t sizes_of(const ValueForm& form) {
  const std::size_t least = std::clamp<std::size_t>(form.least, 1, kMostSize);
  const std::size_t most = std::clamp<std::size_t>(form.most, 1, kMostSize);
  const std::uint64_t smaller = (std::uint64_t{1} << (least - 1)) - 1;
  return (~std::uint64_t{0} >> (std::numeric_limits<std::uint64_t>::digits - most)) & ~smaller;
}

// What values of a form begin with, in either case.
void add_begins(const ValueForm& form, ByteSet& begins) {
  const auto add_all = [&](std::string_view bytes) {
    for (const char byte : bytes) {
      begins.add(byte);
      begins.add(ascii_lower(byte));
    }
  };
  const bool any =
      form.prefixes.empty() || std::ranges::find(form.prefixes, "") != form.prefixes.end();
  if (any) add_all("0123456789");
  if (any && form.characters != Characters::kDigits) add_all("ABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
  for (const std::string& prefix : form.prefixes) add_all(std::string_view(prefix).substr(0, 1));
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

std::uint64_t ValueGroups::sizes() const {
  std::uint64_t sizes = 0;
  for (std::size_t count = 1; count <= count_; ++count) {
    if (letters(count) <= kMostSize) sizes |= std::uint64_t{1} << (letters(count) - 1);
  }
  return sizes;
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

ValueForms::ValueForms(const LabelledValue& value) : value_(&value) {
  for (const ValueForm& form : value.forms) {
    const bool written = form.characters >= Characters::kIpAddress;
    written_ = written_ || written;
    if (written) continue;
    add_begins(form, begins_);
    (form.characters == Characters::kWord ? word_sizes_ : sizes_) |= sizes_of(form);
    bracketed_ = bracketed_ || form.bracketed;
  }
}

ValueReader::ValueReader(std::string_view text, std::size_t begin, std::size_t stop, bool whole,
                         Date today)
    : text_(text),
      begin_(begin),
      stop_(stop),
      whole_(whole),
      today_(today),
      groups_(text, begin, stop),
      sizes_(groups_.sizes()) {}

std::optional<LabelledMatch> ValueReader::read(const ValueForms& value) {
  if (rules_out(value)) return std::nullopt;
  if (const auto written = value.written() ? read_written(value) : std::nullopt) return written;
  if (const auto word = value.words() ? read_word(value) : std::nullopt) return word;
  if (groups_.count() == 0) return std::nullopt;
  if (const auto alone = match_groups(value, 1)) return alone;
  for (std::size_t count = groups_.count(); count > 1; --count) {
    if (const auto all = match_groups(value, count)) return all;
  }
  return value.bracketed() ? match_bracketed(value) : std::nullopt;
}

std::optional<LabelledMatch> ValueReader::read_written(const ValueForms& value) const {
  for (const ValueForm& form : value.forms()) {
    const std::size_t length = written_length(form.characters, text_.substr(begin_));
    if (length == 0 || (whole_ ? begin_ + length != stop_ : begin_ + length > stop_)) continue;
    return LabelledMatch{{begin_, begin_ + length}, form.doubt};
  }
  return std::nullopt;
}

std::optional<LabelledMatch> ValueReader::read_word(const ValueForms& value) {
  std::size_t end = begin_;
  while (end < stop_ && end - begin_ <= kMaxCharacters &&
         (is_value_word(text_[end]) || text_[end] == '-'))
    ++end;
  return match(value, {begin_, end}, end - begin_, {.word = true});
}

std::optional<LabelledMatch> ValueReader::match_groups(const ValueForms& value, std::size_t count) {
  // Most groups have the size of no form.
  const std::size_t letters = groups_.letters(count);
  if (!value.may_have(letters, false)) return std::nullopt;
  if (count > 1 && (!groups_.regular(text_, count) || groups_.decimal(text_, count)))
    return std::nullopt;
  return match(value, groups_.first(count), letters, {});
}

// The check digit in brackets: A123456(3).
std::optional<LabelledMatch> ValueReader::match_bracketed(const ValueForms& value) {
  const Span head = groups_.first(groups_.count());
  const MarkAt open = mark_at(text_, head.end);
  const std::size_t digit = head.end + open.bytes;
  if (open.mark != Mark::kOpen || digit >= stop_ || !is_ascii_alnum(text_[digit]))
    return std::nullopt;
  const MarkAt close = mark_at(text_, digit + 1);
  if (close.mark != Mark::kClose) return std::nullopt;
  return match(value, {head.begin, digit + 1 + close.bytes}, groups_.letters(groups_.count()) + 1,
               {.bracketed = true});
}

std::optional<LabelledMatch> ValueReader::match(const ValueForms& value, const Span& span,
                                                std::size_t size, As as) {
  if (!value.may_have(size, as.word)) return std::nullopt;
  const Compact& read = compact(span, as.word);
  if (!read.ends) return std::nullopt;
  for (const ValueForm& form : value.forms()) {
    if (as.bracketed && !form.bracketed) continue;
    if (form.characters == Characters::kCapitals && !read.capitals) continue;
    if ((form.characters == Characters::kWord) != as.word || !has_form(form, read.upper()))
      continue;
    if (form.check && !passes(*form.check, read.upper(), today_)) continue;
    const bool likely = !form.hint || passes(*form.hint, read.upper(), today_);
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

const ValueReader::Compact& ValueReader::compact(const Span& span, bool word) {
  if (compact_ && compact_->span == span && compact_->word == word) return *compact_;
  Compact& compact = compact_.emplace(Compact{.span = span, .word = word, .capitals = true});
  compact.ends = whole_ ? span.end == stop_ : !goes_on(span.end);
  if (!compact.ends) return compact;
  for (const char c : text_.substr(span.begin, span.size())) {
    if (!word && !is_ascii_alnum(c)) continue;
    if (compact.size == compact.characters.size()) break;
    compact.capitals = compact.capitals && !is_ascii_lower(c);
    compact.characters[compact.size++] = ascii_upper(c);
  }
  return compact;
}

}  // namespace huxin::detect
