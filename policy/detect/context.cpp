#include "policy/detect/context.hpp"

#include <algorithm>

#include "policy/catalog/tables.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kBefore = 80;    // bytes: some 26 Han characters
constexpr std::size_t kAfter = 24;     // bytes: (本人手机)
constexpr int kLeastNumber = 4;        // digits of what a label against a number has labelled
constexpr int kSteps = 8;              // from one hit to another before they are searched

// m=138…, to=138…: too short to say that a number is something else.
bool is_mute(std::string_view key) { return key.size() == 1 || key == "to"; }

// 合同编号 20230017，电话138…: the number of the label, which ends at `begin`, stands before. Keys
// of programs have lists of numbers.
bool holds_number(std::string_view text, std::size_t begin, std::size_t end) {
  if (end <= begin || static_cast<unsigned char>(text[begin - 1]) < 0x80) return false;
  return std::ranges::count_if(text.substr(begin, end - begin), is_ascii_digit) >= kLeastNumber;
}

bool stands_before(const KeywordHit& a, const KeywordHit& b) {
  return a.span.begin != b.span.begin ? a.span.begin < b.span.begin : a.span.end > b.span.end;
}

// Hits come by their ends, so that one stands few places from where it begins; false where one does
// not, and the rest is left as it is.
bool put_in_order(std::vector<KeywordHit>& hits) {
  constexpr std::size_t kNear = 32;
  for (std::size_t i = 1; i < hits.size(); ++i) {
    std::size_t place = i;
    for (; place > 0 && stands_before(hits[i], hits[place - 1]); --place) {
      if (i - place == kNear) return false;
    }
    const auto run = std::span(hits).subspan(place, i + 1 - place);
    if (place < i) std::ranges::rotate(run, run.end() - 1);
  }
  return true;
}

bool is_key_character(char c) { return is_ascii_alnum(c) || c == '_' || c == '-' || c == '.'; }

}  // namespace

bool stands_alone(std::string_view text, const Span& word) {
  return begins_word(text, word.begin) && ends_word(text, word.end);
}

void keep_longest(std::vector<KeywordHit>& hits) {
  if (!put_in_order(hits)) std::ranges::sort(hits, stands_before);
  std::size_t reach = 0;
  std::erase_if(hits, [&reach](const KeywordHit& hit) {
    const bool inside = hit.span.end <= reach;
    reach = std::max(reach, hit.span.end);
    return inside;
  });
}

// The next answer is mostly some steps from the last one.
std::size_t LabelFinder::first_from(std::size_t offset) const {
  std::size_t at = near_;
  const auto before = [&](std::size_t hit) { return hits_[hit].span.begin < offset; };
  for (int step = 0; step < kSteps && at > 0 && !before(at - 1); ++step) --at;
  for (int step = 0; step < kSteps && at < hits_.size() && before(at); ++step) ++at;
  if ((at > 0 && !before(at - 1)) || (at < hits_.size() && before(at))) {
    const auto found = std::ranges::lower_bound(
        hits_, offset, {}, [](const KeywordHit& hit) { return hit.span.begin; });
    at = static_cast<std::size_t>(found - hits_.begin());
  }
  return near_ = at;
}

std::span<const KeywordHit> LabelFinder::within(const Span& span) const {
  const std::size_t begin = first_from(span.begin);
  std::size_t end = begin;
  while (end < hits_.size() && hits_[end].span.end <= span.end) ++end;
  return hits_.subspan(begin, end - begin);
}

Verdict LabelFinder::says(const KeywordHit& hit, Kind kind) const {
  const Keyword& keyword = vocabulary_[hit.keyword];
  if (keyword.means.has(kind) && !keyword.beside.has(kind)) return Verdict::kFor;
  return keyword.negative ? Verdict::kAgainst : Verdict::kSilent;
}

// Nearest first: the label that stands closest decides.
Verdict LabelFinder::before(Kind kind, std::span<const KeywordHit> hits, std::size_t at) const {
  for (auto hit = hits.rbegin(); hit != hits.rend(); ++hit) {
    const Verdict verdict = says(*hit, kind);
    if (verdict == Verdict::kSilent) continue;
    if (verdict == Verdict::kAgainst && holds_number(text_, hit->span.end, at)) continue;
    return noted(verdict, LabelPlace::kBefore, word_of(*hit));
  }
  return Verdict::kSilent;
}

Verdict LabelFinder::noted(Verdict verdict, LabelPlace place, std::string_view word) const {
  if (judgement_ == nullptr || verdict == Verdict::kSilent) return verdict;
  judgement_->place = place;
  if (!word.empty()) judgement_->word = word;
  return verdict;
}

bool LabelFinder::after(Kind kind, std::span<const KeywordHit> hits) const {
  return std::ranges::any_of(hits, [&](const KeywordHit& hit) {
    return says(hit, kind) == Verdict::kFor &&
           noted(Verdict::kFor, LabelPlace::kBehind, word_of(hit)) == Verdict::kFor;
  });
}

// The ASCII key of `key = value` or `"key": "value"`; empty when the candidate is no value.
Span LabelFinder::key_before(const Span& span, const Span& scope) const {
  constexpr Mark kAround = Mark::kQuote | Mark::kSpace;
  constexpr Mark kSigns = Mark::kColon | Mark::kEquals;
  if (!in(mark_before(text_, span.begin).mark, kAround | kSigns)) return {};
  std::size_t end = skip_marks_back(text_, span.begin, scope.begin, kAround);
  const MarkAt sign = mark_before(text_, end);
  if (end == scope.begin || !in(sign.mark, kSigns)) return {};
  end = skip_marks_back(text_, end - sign.bytes, scope.begin, kAround);
  std::size_t begin = end;
  const std::size_t stop = end - std::min(end - scope.begin, std::size_t{64});
  while (begin > stop && is_key_character(text_[begin - 1])) --begin;
  const bool word = std::ranges::any_of(text_.substr(begin, end - begin), [](char c) {
    return is_ascii_alnum(c) && !is_ascii_digit(c);
  });
  return word ? Span{begin, end} : Span{};
}

// contact: "138…": a word for something else of a customer's.
bool LabelFinder::speaks_of_somebody(std::span<const KeywordHit> hits, const Span& key) const {
  return std::ranges::any_of(hits, [&](const KeywordHit& hit) {
    const Keyword& keyword = vocabulary_[hit.keyword];
    return !keyword.negative && hit.span.end + 1 >= key.begin &&
           (keyword.means.has(Kind::kName) || keyword.means.has(Kind::kMobile));
  });
}

Verdict LabelFinder::judge(Kind kind, const Span& span, const Span& scope) const {
  const std::size_t far = span.begin - std::min(span.begin - scope.begin, kBefore);
  if (const Span key = key_before(span, scope); key.size() > 0) {
    // "card no: 6222…": the key's last word is not all of the label.
    const std::size_t begin = key.begin <= far
                                  ? key.begin
                                  : std::max(far, key.begin - std::min(key.begin, std::size_t{24}));
    const auto words = within({begin, span.begin});
    const Verdict verdict = before(kind, words, span.begin);
    if (verdict != Verdict::kSilent) return verdict;
    if (speaks_of_somebody(words, key) || is_mute(text_.substr(key.begin, key.size())))
      return verdict;
    return noted(Verdict::kForeign, LabelPlace::kKey, text_.substr(key.begin, key.size()));
  }
  const auto hits = within({far, std::min(scope.end, span.end + kAfter)});
  const auto behind =
      std::ranges::find_if(hits, [&](const KeywordHit& hit) { return hit.span.end > span.begin; });
  const Verdict verdict = before(kind, {hits.begin(), behind}, span.begin);
  if (verdict != Verdict::kSilent) return verdict;
  const auto beyond = std::find_if(
      behind, hits.end(), [&](const KeywordHit& hit) { return hit.span.begin >= span.end; });
  if (after(kind, {beyond, hits.end()})) return Verdict::kFor;
  const std::size_t label_end =
      skip_marks_back(text_, span.begin, far, Mark::kSpace | Mark::kColon);
  const bool known = behind != hits.begin() && std::prev(behind)->span.end == label_end;
  return !known && catalog::ends_like_foreign_label(text_.substr(far, label_end - far))
             ? noted(Verdict::kAgainst, LabelPlace::kBefore)
             : Verdict::kSilent;
}

Verdict LabelFinder::judge_by_label(Kind kind, const Span& label) const {
  return before(kind, within(label), label.end);
}

namespace {

// A bracket that opens behind one that closed: `), (` and `},{`.
bool opens_row(std::string_view text, std::size_t at) {
  if (text[at] != '(' && text[at] != '{') return false;
  const std::size_t before = text.substr(0, at).find_last_not_of(" \t\r\n,");
  return before != std::string_view::npos && before + 1 < at &&
         text[before] == (text[at] == '(' ? ')' : '}');
}

}  // namespace

std::size_t next_row(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (opens_row(text, at)) return at;
  }
  return std::string_view::npos;
}

std::size_t last_row(std::string_view text, std::size_t from) {
  for (std::size_t at = text.size(); at > std::max<std::size_t>(from, 1);) {
    if (opens_row(text, --at)) return at;
  }
  return std::string_view::npos;
}

namespace {

// The part of a line that matters to a span in it, without a carriage return at its end.
Span cut_line(std::string_view text, const Span& line, const Span& span) {
  const std::size_t begin = std::max(line.begin, span.begin - std::min(span.begin, kLineReach));
  std::size_t end = std::min(line.end, span.end + kLineReach);
  if (end > span.end && text[end - 1] == '\r') --end;
  return {begin, end};
}

}  // namespace

Span line_around(std::string_view text, const Span& span, Span& line) {
  if (line.size() > 0 && line.contains(span)) return cut_line(text, line, span);
  const std::size_t low = span.begin - std::min(span.begin, kLineReach);
  const std::size_t high = std::min(span.end + kLineReach, text.size());
  constexpr auto kNone = std::string_view::npos;
  const std::string_view reached = text.substr(0, high);
  if (line.size() > 0 && line.end < span.begin && line.end >= low) {  // the next one, mostly
    const std::size_t end = text::find_next(reached, '\n', line.end + 1);
    if (end != kNone && end >= span.end) {
      line = {line.end + 1, end};
      return cut_line(text, line, span);
    }
  }
  const std::size_t before = text::find_last(text.substr(low, span.begin - low), '\n');
  std::size_t after = text::find_next(reached, '\n', span.begin);
  const bool one = after >= span.end;  // line that the span is on
  if (!one) after = text::find_next(reached, '\n', span.end);
  const Span near{before == kNone ? low : low + before + 1, after == kNone ? high : after};
  if (one && before != kNone && after != kNone) line = near;
  return cut_line(text, near, span);
}

}  // namespace huxin::detect
