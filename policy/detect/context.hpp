#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "policy/detect/ascii.hpp"
#include "policy/detect/candidate.hpp"
#include "policy/detect/judgement.hpp"
#include "policy/detect/vocabulary.hpp"
#include "policy/text/document.hpp"

namespace huxin::detect {

/// A keyword where it stands in the text. `keyword` is an index into the vocabulary.
struct KeywordHit {
  Span span;
  std::uint16_t keyword = 0;
  bool operator==(const KeywordHit&) const = default;
};

/// Says whether a hit is a word of its own: ASCII words need a boundary (a change of case counts,
/// as in userPhone); Han needs none. A change between letters and digits is a boundary too.
bool stands_alone(std::string_view text, const Span& word);
/// The two halves of that: a word may begin at `at`, or end at `end`. Neither is within a
/// character, and none begins within a code: SCKK0JYMM6.
inline bool parts_words(char left, char right) {
  if (!is_ascii_alnum(left) || !is_ascii_alnum(right)) return true;
  if (is_ascii_digit(left) != is_ascii_digit(right)) return true;
  return is_ascii_lower(left) && is_ascii_upper(right);
}
inline bool begins_word(std::string_view text, std::size_t at) {
  const bool inside = (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
  if (inside || at == 0) return !inside;
  const bool code = at > 1 && is_ascii_digit(text[at - 1]) && is_ascii_letter(text[at - 2]);
  return parts_words(text[at - 1], text[at]) && !(code && is_ascii_letter(text[at]));
}
inline bool ends_word(std::string_view text, std::size_t end) {
  return end >= text.size() || parts_words(text[end - 1], text[end]);
}

/// Sorts hits and takes out those that lie inside a longer one.
void keep_longest(std::vector<KeywordHit>& hits);

/// Finds the label of a candidate: what stands before it on its line or in its cell, nearest first;
/// behind it, close by; or alone on the line before. For one thread, as long as text and hits stay.
class LabelFinder {
 public:
  /// `hits` as keep_longest leaves them. All are borrowed. Cheap when asked in the order of the
  /// text.
  LabelFinder(std::string_view text, const Vocabulary& vocabulary, std::span<const KeywordHit> hits)
      : text_(text), vocabulary_(vocabulary), hits_(hits) {}

  /// From now on, where a word decides, `judgement` is told which, and where it stands; nullptr:
  /// nobody asks, as at first.
  void tell(Judgement* judgement) { judgement_ = judgement; }

  /// Judges within `scope`, the line or cell around the candidate. Looks 80 bytes back and 24
  /// ahead. A key of `key = value` that says nothing of the kind makes it kForeign.
  Verdict judge(Kind kind, const Span& span, const Span& scope) const;
  /// Judges by a whole label: the cell on the left, the line before.
  Verdict judge_by_label(Kind kind, const Span& label) const;
  /// Tells where the word stands that a verdict comes from, and which it is if that is not known
  /// yet. Hands the verdict on.
  Verdict noted(Verdict verdict, LabelPlace place, std::string_view word = {}) const;
  /// The hits inside a span. Wholly inside; in the order of the text.
  std::span<const KeywordHit> within(const Span& span) const;

 private:
  /// Index of the first hit that begins at `offset` or behind it.
  std::size_t first_from(std::size_t offset) const;
  Verdict says(const KeywordHit& hit, Kind kind) const;
  std::string_view word_of(const KeywordHit& hit) const {
    return text_.substr(hit.span.begin, hit.span.size());
  }
  Span key_before(const Span& span, const Span& scope) const;
  /// Of the hits that reach as far as the key.
  bool speaks_of_somebody(std::span<const KeywordHit> hits, const Span& key) const;
  /// Of hits that stand before a candidate, or behind it.
  /// A word that speaks against has spoken of another number where one stands before `at`.
  Verdict before(Kind kind, std::span<const KeywordHit> hits, std::size_t at) const;
  bool after(Kind kind, std::span<const KeywordHit> hits) const;

  std::string_view text_;
  const Vocabulary& vocabulary_;
  std::span<const KeywordHit> hits_;
  mutable std::size_t near_ = 0;  ///< where the last answer of first_from was
  Judgement* judgement_ = nullptr;
};

/// Where the first row of a list ends within a piece of text, as SQL and programs write lists:
/// `(…), (…)` or `{…}, {…}`; the offset of the bracket that opens the next row. npos when none
/// does.
std::size_t next_row(std::string_view text);
/// Where the last such row at or behind `from` begins: the offset of its bracket, which no text
/// starts with; npos when none does.
std::size_t last_row(std::string_view text, std::size_t from);

/// Bytes of a line on either side of a span that say something of it.
inline constexpr std::size_t kLineReach = 160;

/// The line around a span, without its ends. At most kLineReach on either side; a line that is
/// longer is cut there. `line` is a line of the text up to its newline, and is made the span's own
/// where it is another and short enough: spans of one line are asked for one after the other.
Span line_around(std::string_view text, const Span& span, Span& line);
inline Span line_around(std::string_view text, const Span& span) {
  Span none;
  return line_around(text, span, none);
}

}  // namespace huxin::detect
