#include "policy/detect/label_follower.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/recognise/labelled.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/name_in_text.hpp"
#include "policy/detect/recognise/password.hpp"
#include "policy/detect/recognise/phone_extension.hpp"
#include "policy/detect/recognise/spoken_number.hpp"
#include "policy/detect/recognise/textual.hpp"
#include "policy/detect/validators/spoken_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kSpokenReach = 8;  // bytes behind a label, of which some must be Han
constexpr std::size_t kKindReach = 200;  // bytes from the words that name a kind to its number
constexpr int kMaxListed = 64;           // values that one label tells
constexpr std::size_t kMoreDigits = 4;   // of one account than of another
constexpr KindSet kAccounts{Kind::kPassbookAccount, Kind::kCompanyAccount, Kind::kUnionPayCard};
constexpr int kMaxNames = 512;           // names that one label tells
constexpr std::size_t kMaxTail = 12;     // bytes behind a label in brackets
constexpr std::size_t kMaxPart = 64;     // bytes
constexpr std::size_t kMaxBetween = 12;  // bytes of marks

// The part of a sentence or row that ends at `end`, without spaces around it.
Span part_before(std::string_view text, std::size_t end) {
  constexpr Mark kEnds = Mark::kComma | Mark::kSemicolon | Mark::kStop | Mark::kEnumeration |
                         Mark::kBar | Mark::kClose | Mark::kOpen | Mark::kColon;
  const std::size_t stop = end - std::min(end, kMaxPart);
  std::size_t begin = end;
  while (begin > stop && text[begin - 1] != '\n' && text[begin - 1] != '\t' &&
         !in(mark_before(text, begin).mark, kEnds))
    --begin;
  begin = skip_marks(text, begin, end, Mark::kSpace | Mark::kQuote);
  return {begin, skip_marks_back(text, end, begin, Mark::kSpace | Mark::kQuote)};
}

// What stands between two marks of a list behind `end`, on its line; empty where anything else
// does.
Span next_part(std::string_view text, std::size_t end) {
  constexpr Mark kBetween = Mark::kSpace | Mark::kComma | Mark::kSemicolon | Mark::kEnumeration |
                            Mark::kBar | Mark::kSlash | Mark::kQuote;
  const std::size_t begin =
      skip_marks(text, end, std::min(text.size(), end + kMaxBetween), kBetween);
  if (begin == end) return {end, end};
  std::size_t stop = begin;
  while (stop < text.size() && stop - begin < kMaxPart && text[stop] != '\n' &&
         text[stop] != '\r' && !in(mark_at(text, stop).mark, kBetween))
    ++stop;
  return {begin, stop};
}

// Words between a label and its value that are no part of the label: 保单生效日 20260101.
// A hyphen behind letters makes one code of both: CVV-326.
bool has_words_between(std::string_view text, std::size_t label_end, std::size_t value) {
  if (text[label_end] == '-' && is_ascii_alnum(text[label_end - 1])) return true;
  for (std::size_t at = behind_label_tail(text.substr(0, value), label_end); at < value; ++at) {
    if (is_han(text.substr(at))) return true;
  }
  return false;
}

// 证件类型：台胞证, <种类>台胞证: words right behind the label of a kind.
bool is_kind_field(std::string_view text, std::size_t begin) {
  constexpr Mark kBetween =
      Mark::kSpace | Mark::kColon | Mark::kEquals | Mark::kQuote | Mark::kClose | Mark::kBar;
  static constexpr HanSet kLast = han_set("型类别類");
  const std::size_t end = skip_marks_back(text, begin, begin - std::min(begin, kMaxTail), kBetween);
  const std::string_view label = text.substr(0, end);
  return end < begin && end >= kHanBytes && kLast.has(text.substr(end - kHanBytes)) &&
         (label.ends_with("类型") || label.ends_with("种类") || label.ends_with("类别") ||
          label.ends_with("類型") || label.ends_with("種類"));
}

}  // namespace

// What a number's label labels is found without it, but where the label is spaced out.
std::optional<LeadingLabel> LabelFollower::leads_on(const KeywordHit& label) {
  if (label.span.size() != engine_.vocabulary[label.keyword].text.size())
    return LeadingLabel{.label = label};
  const KindSet means = engine_.vocabulary[label.keyword].means & engine_.kinds;
  const std::size_t at = label.span.end;
  const std::size_t stop = layout_.scope_of(label.span).end;
  bool fits = means.has(Kind::kPassword) || means.has(Kind::kAddress) ||
              (means.has(Kind::kName) && may_name_follow(text_, at, stop));
  (means & kTextual).for_each([&](Kind kind) {
    fits = fits || may_textual_follow(kind, text_, at, stop);
  });
  auto& values = state_.values;
  LeadingLabel lead{.label = label,
                    .stop = stop,
                    .first_value = values.size(),
                    .end_value = values.size()};
  if (fits) return lead;
  lead.read = read_values(label.span, means & engine_.labelled, stop, Reading::kUntilOne);
  lead.end_value = values.size();
  if (lead.first_value == lead.end_value && !spoken_follows(at, stop)) return std::nullopt;
  return lead;
}

// Where the line goes on behind a value, a next label will end it elsewhere, and it is read again.
bool LabelFollower::read_values(const Span& label, const KindSet& kinds, std::size_t stop,
                                Reading reading) {
  bool all = true;
  if (kinds.empty()) return all;
  LabelledText behind(text_, label, stop, today_);
  kinds.for_each([&](Kind kind) {
    if (!all) return;
    const auto match = behind.read(engine_.facts(kind).value);
    if (!match) return;
    state_.values.push_back({kind, *match});
    all = reading == Reading::kAll || match->span.end + kMaxBetween >= stop;
  });
  return all;
}

void LabelFollower::follow_leads() {
  addresses_.begin_look();
  const auto& words = state_.keywords;
  auto& leads = state_.leads;
  const auto end_of = [](const LeadingLabel& lead) { return lead.label.span.end; };
  if (!std::ranges::is_sorted(leads, {}, end_of)) std::ranges::sort(leads, {}, end_of);
  auto lead = leads.begin();
  for (auto word = words.begin(); word != words.end(); ++word) {
    while (lead != leads.end() && end_of(*lead) < word->span.end) ++lead;
    const Keyword& keyword = engine_.vocabulary[word->keyword];
    const bool led = lead != leads.end() && end_of(*lead) == word->span.end;
    if (!led && (keyword.means & near_).empty()) continue;
    if (in_closing_tag(text_, word->span)) continue;
    if (!led && ends_line(word->span)) {
      follow_back(keyword, word->span);
      continue;
    }
    const std::size_t line = layout_.scope_of(word->span).end;
    Reach reach{line, line};
    // The next word ends its value: 姓名张三性别男.
    auto next = std::next(word);
    if (next != words.end() && is_own_number(*word, *next)) ++next;
    if (next != words.end() && next->span.begin >= word->span.end)
      reach.label = std::min(line, next->span.begin);
    if (led) {
      follow(*word, reach, *lead);
    } else {
      follow_near(keyword, word->span, reach);
    }
  }
}

// Of plain text: a cell may have lines.
bool LabelFollower::ends_line(const Span& word) const {
  return layout_.segments().empty() && text_.substr(word.end).starts_with('\n');
}

// 回乡证（证号 H1234…）, 回乡证</种类><号码>: the number of what the label names.
bool LabelFollower::is_own_number(const KeywordHit& label, const KeywordHit& next) const {
  if (next.span.begin < label.span.end) return false;
  const std::string_view between = text_.substr(label.span.end, next.span.begin - label.span.end);
  const bool bracket = mark_at(between, 0).bytes == between.size() || between.empty();
  const bool tags = between.starts_with("</") && between.find("><") + 2 == between.size();
  return (bracket || tags) && is_number_word(engine_.vocabulary[next.keyword].text);
}

// Near what was found a label needs no mark: name on card ZHANG SAN, 后三码 749.
void LabelFollower::follow_near(const Keyword& keyword, const Span& hit, const Reach& reach) {
  // Nothing stands behind a label that ends its cell or that the next one adjoins.
  if (const std::size_t stop = value_stop(reach); hit.end < stop) {
    LabelledText behind(text_, hit, stop, today_);
    (keyword.means & near_ & engine_.labelled).for_each([&](Kind kind) {
      const auto match = behind.read(engine_.facts(kind).value);
      if (match && !has_words_between(text_, hit.end, match->span.begin))
        add_labelled(kind, match, keyword.beside.has(kind));
    });
  }
  if (hit.end < reach.label) {
    (keyword.means & near_ & kTextual).for_each([&](Kind kind) {
      add(kind, textual_behind(kind, text_, hit.end, reach.label, today_),
          keyword.beside.has(kind));
    });
  }
  follow_back(keyword, hit);
}

// A label in brackets behind its value: 19850815（出生日期）, BKCHCNBJ <SWIFT>.
void LabelFollower::follow_back(const Keyword& keyword, const Span& hit) {
  const MarkAt open = mark_before(text_, hit.begin);
  if (open.mark != Mark::kOpen) return;
  const std::size_t close = behind_label_tail(text_.substr(0, hit.end + kMaxTail), hit.end);
  if (mark_at(text_, close).mark != Mark::kClose) return;
  const Span value = part_before(text_, hit.begin - open.bytes);
  if (value.size() == 0) return;
  const LabelledCell cell(text_, value, today_);
  (keyword.means & near_).for_each([&](Kind kind) {
    if (engine_.labelled.has(kind)) {
      add_labelled(kind, cell.read(engine_.facts(kind).value), keyword.beside.has(kind));
    } else {
      add(kind, textual_in_cell(kind, text_, value, today_), keyword.beside.has(kind));
    }
  });
}

// Where the value of a label has to end. A keyword in ASCII may be how it begins (wxid_…): it ends
// nothing.
std::size_t LabelFollower::value_stop(const Reach& reach) const {
  const bool han = reach.label < text_.size() && is_high(text_[reach.label]);
  return han ? reach.label : reach.line;
}

void LabelFollower::follow(const KeywordHit& label, const Reach& reach, const LeadingLabel& lead) {
  const Span& hit = label.span;
  if (hit.end >= reach.label) return;
  const Keyword& keyword = engine_.vocabulary[label.keyword];
  const std::size_t stop = value_stop(reach);
  add_values(label, stop, lead);
  const bool things = names_a_thing(text_, hit.begin);
  (keyword.means & kTextual & engine_.kinds).for_each([&](Kind kind) {
    if (things && kind == Kind::kLatinName) return;
    // Keywords are parts of organisations' names and of answers: the next label ends those.
    const bool words = kind == Kind::kEmployer || kind == Kind::kSecurityAnswer;
    // PAN JIAN HUA begins as the label of a card's number is written.
    const bool name =
        kind == Kind::kLatinName && skip_gap(text_, hit.end, reach.line).end == reach.label;
    const std::size_t last = words || name ? reach.line : reach.label;
    if (hit.end < biometrics_end_) return;
    auto found = textual_behind(kind, text_, hit.end, last, today_);
    if (kind == Kind::kLoginName && keyword.beside.has(kind) && counts_users(hit.end, found))
      found.reset();
    add(kind, found, keyword.beside.has(kind));
    if (found && kind == Kind::kBirthDate) add_further(kind, *found, keyword.beside.has(kind));
  });
  if (keyword.means.has(Kind::kName) && !things) {
    add_names(hit, reach.label);
  }
  if (keyword.means.has(Kind::kPassword)) {
    add(Kind::kPassword, password_behind(text_, hit, reach.line));
  }
  read_spoken(hit.end, stop);
  if (keyword.means.has(Kind::kAddress)) {
    const std::size_t start = skip_marks(
        text_, hit.end, reach.label, Mark::kSpace | Mark::kColon | Mark::kEquals | Mark::kQuote);
    if (start < reach.label)
      addresses_.read_labelled(start, {start, layout_.scope_of({start, start}).end});
  }
}

// What was read to know that the label leads on is not read again.
void LabelFollower::add_values(const KeywordHit& label, std::size_t stop,
                               const LeadingLabel& lead) {
  const Keyword& keyword = engine_.vocabulary[label.keyword];
  KindSet kinds = keyword.means & engine_.labelled;
  if (lead.label == label && lead.stop == stop) {
    add_values(keyword, lead.first_value, lead.end_value);
    if (lead.read) return;
    if (lead.end_value > lead.first_value)
      kinds = kinds.behind(state_.values[lead.end_value - 1].kind);
  }
  const std::size_t first = state_.values.size();
  read_values(label.span, kinds, stop, Reading::kAll);
  add_values(keyword, first, state_.values.size());
}

void LabelFollower::add_values(const Keyword& keyword, std::size_t first, std::size_t end) {
  for (std::size_t i = first; i < end; ++i) {
    const LedValue& value = state_.values[i];
    add_labelled(value.kind, value.match, keyword.beside.has(value.kind));
    add_further(value.kind, value.match.span, keyword.beside.has(value.kind));
  }
}

// 证件号：E12345678、E87654321; QQ | 82735561 | 65327789: others of the first one's length, between
// marks alone; of accounts that are enumerated, some digits more or fewer.
void LabelFollower::add_further(Kind kind, const Span& first, bool beside) {
  Span last = first;
  for (int count = 0; count < kMaxListed; ++count) {
    const Span next = next_part(text_, last.end);
    const bool loose = kAccounts.has(kind) && text_.substr(last.end).starts_with("、");
    const std::size_t lengths =
        std::max(next.size(), first.size()) - std::min(next.size(), first.size());
    if (lengths > (loose ? kMoreDigits : 0)) return;
    if (kind == Kind::kBirthDate) {
      add(kind, textual_in_cell(kind, text_, next, today_), beside);
    } else {
      add_labelled(kind, LabelledCell(text_, next, today_).read(engine_.facts(kind).value), beside);
    }
    last = next;
  }
}

// 客户代表：张伟、王芳: names go on.
void LabelFollower::add_names(const Span& label, std::size_t stop) {
  auto name = name_behind(text_, label.end, stop);
  for (int count = 0; name && count < kMaxNames; ++count) {
    add(Kind::kName, name);
    name = next_name(text_, name->end, stop);
  }
}

// 用户 3926922 户: digits that nothing assigns to a user.
bool LabelFollower::counts_users(std::size_t at, const std::optional<Span>& value) const {
  if (!value || skip_gap(text_, at, value->begin).assigned) return false;
  return std::ranges::none_of(text_.substr(value->begin, value->size()), is_ascii_letter);
}

// Numerals are Han: a look at a few bytes rules most values out.
bool LabelFollower::spoken_follows(std::size_t at, std::size_t stop) const {
  const std::string_view near = text_.substr(at, std::min(stop - at, kSpokenReach));
  if (!std::ranges::any_of(near, is_high)) return false;
  return begins_spoken(text_.substr(skip_gap(text_, at, stop).end));
}

// Numerals are Han: where the gap and what it may lead to have none, there is nothing to read.
void LabelFollower::read_spoken(std::size_t at, std::size_t stop) {
  const std::string_view near = text_.substr(at, std::min(stop - at, kGapReach + 1));
  if (std::ranges::none_of(near, is_high)) return;
  const std::size_t begin = skip_gap(text_, at, stop).end;
  if (begin < stop && begins_spoken(text_.substr(begin)))
    recognise_spoken(text_, begin, stop, today_, state_.run, state_.candidates);
}

// Labels and words are in the order of the text.
void LabelFollower::follow_vague() {
  auto next = state_.keywords.cbegin();
  const KeywordHit* field = nullptr;
  for (const Span& label : state_.vague) {
    // The nearest before the label that names a kind.
    for (; next != state_.keywords.cend() && next->span.begin < label.begin; ++next) {
      if (next->span.end + kKindReach >= label.begin && fills_kind_field(*next)) field = &*next;
    }
    if (field == nullptr || field->span.end + kKindReach < label.begin) continue;
    const std::string_view between =
        text_.substr(field->span.end, label.begin - std::min(label.begin, field->span.end));
    if (!between.contains("\n\n"))
      read_vague(label, engine_.vocabulary[field->keyword].means & engine_.named);
  }
}

bool LabelFollower::fills_kind_field(const KeywordHit& word) const {
  const KindSet named = engine_.vocabulary[word.keyword].means & engine_.named;
  return !named.empty() && is_kind_field(text_, word.span.begin);
}

void LabelFollower::read_vague(const Span& label, const KindSet& kinds) {
  // In the scope of its last character: the one before may be of another cell.
  const std::size_t stop = layout_.scope_of({label.end - kHanBytes, label.end}).end;
  LabelledText behind(text_, label, stop, today_);
  (kinds & engine_.labelled).for_each([&](Kind kind) {
    add_labelled(kind, behind.read(engine_.facts(kind).value), false);
  });
  const std::size_t begin = skip_gap(text_, label.end, stop).end;
  state_.answers.push_back({{begin, begin}, kinds});
}

// PAN, expiry and security code side by side need no keyword.
void LabelFollower::follow_cards() {
  const std::size_t count = state_.candidates.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Candidate card = state_.candidates[i];
    if (card.kind != Kind::kUnionPayCard && card.kind != Kind::kInternationalCard) continue;
    const std::size_t stop = std::min(text_.size(), card.span.end + 24);
    add(Kind::kCardSecurityCode, security_code_behind_card(text_, card.span.end, stop));
    add(Kind::kCardExpiry, expiry_behind_card(text_, card.span.end, stop));
  }
}

void LabelFollower::add_labelled(Kind kind, const std::optional<LabelledMatch>& match,
                                 bool beside) {
  if (!match) return;
  Span span = match->span;
  if (kind == Kind::kLandline) span.end = extension_end(text_, span.end);
  state_.candidates.push_back({.span = span,
                               .kind = kind,
                               .label = Label::kBeside,
                               .beside = beside,
                               .doubt = match->doubt + (beside ? kWeakDoubt : 0)});
}

void LabelFollower::add(Kind kind, const std::optional<Span>& span, bool beside) {
  if (!span || !engine_.kinds.has(kind)) return;
  if (kind == Kind::kSecurityAnswer && engine_.labels.fills(text_, *span)) return;
  if (kind == Kind::kBiometrics) biometrics_end_ = span->end;
  state_.candidates.push_back(
      {.span = *span, .kind = kind, .label = Label::kBeside, .beside = beside});
}

}  // namespace huxin::detect
