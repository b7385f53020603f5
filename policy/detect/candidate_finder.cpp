#include "policy/detect/candidate_finder.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/address.hpp"
#include "policy/detect/recognise/labelled.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/numbers.hpp"
#include "policy/detect/recognise/private_key.hpp"
#include "policy/detect/recognise/textual.hpp"
#include "policy/detect/validators/mac_address.hpp"
#include "policy/detect/validators/password.hpp"
#include "policy/detect/validators/person_name.hpp"
#include "policy/detect/validators/plate.hpp"

namespace huxin::detect {
namespace {

// How far around a find its label may stand: a line before, its own, and a word behind.
constexpr std::size_t kBefore = 448;
constexpr std::size_t kBehind = 192;
constexpr std::size_t kNear = 512;         // windows nearer than this are one
constexpr std::size_t kFirstLine = 2048;   // of a file without segments: it may name its fields
constexpr std::size_t kMaxBareName = 60;   // bytes behind a keyword without a mark
constexpr std::size_t kLeastLabelled = 3;  // digits of a value that its label tells
constexpr std::size_t kMaxWord = 24;       // letters before them
constexpr double kUnnamedColumnDoubt = 0.5;

Span trimmed(std::string_view text, const Span& span) {
  const std::size_t begin = skip_marks(text, span.begin, span.end, Mark::kSpace);
  return {begin, skip_marks_back(text, span.end, begin, Mark::kSpace)};
}

Span unquoted(std::string_view text, const Span& field) {
  constexpr Mark kAround = Mark::kSpace | Mark::kQuote;
  const std::size_t begin = skip_marks(text, field.begin, field.end, kAround);
  return {begin, skip_marks_back(text, field.end, begin, kAround)};
}

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_letter(char c) { return is_ascii_alnum(c) && !is_ascii_digit(c); }

}  // namespace

Status CandidateFinder::find(const Span& chunk) {
  state_.candidates.clear();
  state_.leads.clear();
  state_.headings.clear();
  state_.shapes.clear();
  address_end_ = address_floor_ = 0;
  Sieve(text_, *this).pass(chunk);
  if (chunk.end == text_.size()) mark(chunk.end);
  address_end_ = address_floor_ = 0;
  if (layout_.table()) name_columns_.look(layout_, chunk);
  const auto& found = state_.candidates;
  const std::size_t by_sieve = found.size();
  if (auto matched = match_anchors(chunk); !matched) return matched;
  set_lead(by_sieve, Lead::kPattern);
  if (auto matched = match_keywords(chunk); !matched) return matched;
  const std::size_t by_pattern = found.size();
  follow_leads();
  set_lead(by_pattern, Lead::kLabel);
  const std::size_t by_label = found.size();
  follow_cards();
  set_lead(by_label, Lead::kNeighbour);
  return {};
}

void CandidateFinder::set_lead(std::size_t first, Lead lead) {
  for (std::size_t i = first; i < state_.candidates.size(); ++i) state_.candidates[i].lead = lead;
}

void CandidateFinder::run(const DigitRun& run) {
  if (run.end < text_.size() && static_cast<unsigned char>(text_[run.end]) >= 0x80) {
    read_house(run);
    read_military_id(run);
  }
  if (run.begin > 0) {
    read_plate(run);
    const std::size_t least = is_high(text_[run.begin - 1]) ? 2 : kLeastLabelled;
    if (run.digits >= least) lead_beside(run);
  }
  if (run.digits < Sieve<CandidateFinder>::kLeastRun) return;
  if (!run.grouped()) state_.shapes.see(layout_, run.begin, run.digits);
  if (!worth_reading(run)) return;
  if (run.grouped() || !read_lone_digits(text_, {run.begin, run.end}, state_.run))
    return read_runs(run.begin);
  run_end_ = run.end;
  recognise_numbers(text_, state_.run, today_, state_.candidates);
}

// A label without a mark behind it: QQ12345678, 验证码123456, HKID A123456(3).
void CandidateFinder::lead_beside(const DigitRun& run) {
  std::size_t word = run.begin;
  const std::size_t stop = word - std::min(word, kMaxWord);
  while (word > stop && is_letter(text_[word - 1])) --word;
  if (word < run.begin) {
    if (const auto label = engine_.labels.before(text_, run.begin)) lead(*label);
  }
  if (word == stop || (text_[word - 1] != ' ' && !is_high(text_[word - 1]))) return;
  if (const auto label = engine_.labels.before(text_, word)) lead(*label);
}

void CandidateFinder::lead(const KeywordHit& label) {
  const KindSet& means = engine_.vocabulary[label.keyword].means;
  bool fits = !means.within(engine_.labelled);
  if (!fits) {
    const std::size_t stop = layout_.scope_of(label.span).end;
    means.for_each([&](Kind kind) {
      fits = fits || value_behind(text_, label.span, stop, *engine_.facts(kind).value, today_);
    });
  }
  if (fits) state_.leads.push_back(label);
}

// 南字第1234567号
void CandidateFinder::read_military_id(const DigitRun& run) {
  constexpr std::string_view kMiddle = "字第";
  constexpr std::string_view kEnd = "号";
  constexpr std::size_t kHan = 3;
  if (run.grouped() || run.digits < 4 || run.digits > 8 || !text_.substr(run.end).starts_with(kEnd))
    return;
  if (run.begin < kHan + kMiddle.size() || !text_.substr(0, run.begin).ends_with(kMiddle)) return;
  const std::size_t begin = run.begin - kMiddle.size() - kHan;
  if (!is_high(text_[begin])) return;
  state_.candidates.push_back({.span = {begin, run.end + kEnd.size()}, .kind = Kind::kMilitaryId});
}

// 京A12345, 京AD12345, 京A·12345: from the letters before its digits back to the province.
void CandidateFinder::read_plate(const DigitRun& run) {
  constexpr std::size_t kHan = 3;
  std::size_t at = run.begin;
  const std::size_t stop = at - std::min(at, std::size_t{6});
  while (at > stop &&
         (is_ascii_upper(text_[at - 1]) || std::string_view(" -.").contains(text_[at - 1])))
    --at;
  if (at == run.begin && text_.substr(0, at).ends_with("·")) at -= 2;
  while (at > stop && is_ascii_upper(text_[at - 1])) --at;
  if (at == run.begin || at < kHan || !is_high(text_[at - 1])) return;
  const std::size_t length = plate_length(text_.substr(at - kHan, 16));
  if (length > 0 && at - kHan + length >= run.begin)
    state_.candidates.push_back(
        {.span = {at - kHan, at - kHan + length}, .kind = Kind::kLicencePlate});
}

// From the first colon of five.
void CandidateFinder::read_mac_address(std::size_t colon) {
  constexpr std::size_t kLength = 17;
  if (colon < 2 || colon + kLength - 2 > text_.size() || text_[colon + 3] != ':') return;
  const std::size_t begin = colon - 2;
  const std::size_t end = begin + kLength;
  const auto goes_on = [&](std::size_t at) {
    return is_ascii_alnum(text_[at]) || text_[at] == ':';
  };
  if (begin > 0 && goes_on(begin - 1)) return;
  if (end < text_.size() && goes_on(end)) return;
  if (is_mac_address(text_.substr(begin, kLength)))
    state_.candidates.push_back({.span = {begin, end}, .kind = Kind::kMacAddress});
}

// Enough digits for a number of some kind as people group them; most dates and times are not.
bool CandidateFinder::worth_reading(const DigitRun& run) const {
  if (run.begin < run_end_) return false;
  const char before = run.begin == 0 ? ' ' : text_[run.begin - 1];
  const char behind = run.end == text_.size() ? ' ' : text_[run.end];
  if (!run.grouped()) return run.digits >= 7 || is_ascii_upper(before) || is_ascii_upper(behind);
  return run.digits >= 11 || (run.digits >= 10 && text_[run.begin] == '0') ||
         (run.digits >= 7 && std::string_view(") ").contains(before));
}

void CandidateFinder::mark(std::size_t at) {
  if (at < text_.size() && text_[at] == ':') read_mac_address(at);
  const auto label = engine_.labels.before(text_, at);
  if (!label) return;
  const Keyword& keyword = engine_.vocabulary[label->keyword];
  if (!keyword.headings.empty()) state_.headings.push_back(*label);
  const char c = at == text_.size() ? '\n' : text_[at];
  const bool ends = c == '\n' || c == '\r' || (c == '\t' && layout_.table());
  if (!ends) lead(*label);
}

Status CandidateFinder::match_anchors(const Span& chunk) {
  state_.hits.clear();
  const std::string_view part = text_.substr(chunk.begin, chunk.size());
  if (auto scanned = engine_.anchors.scan(part, state_.anchor_scratch, state_.hits); !scanned)
    return scanned;
  for (const Hit& hit : state_.hits) take_anchor(hit, chunk.begin + hit.end);
  return {};
}

void CandidateFinder::take_anchor(const Hit& hit, std::size_t end) {
  if (hit.pattern == kPemAnchor) return read_key(end - kPemBegin.size());
  const auto index = static_cast<std::uint16_t>(hit.pattern - kFirstKeyword);
  const Span span{end - engine_.vocabulary[index].text.size(), end};
  if (stands_alone(text_, span)) take_bare_keyword({span, index});
}

void CandidateFinder::take_bare_keyword(const KeywordHit& hit) {
  const Keyword& keyword = engine_.vocabulary[hit.keyword];
  if (keyword.region) read_address(hit.span.begin, layout_.scope_of(hit.span), std::nullopt);
  if (!keyword.means.has(Kind::kName)) return;
  const std::size_t stop = std::min(text_.size(), hit.span.end + kMaxBareName);
  if (name_behind(text_, hit.span.end, stop)) state_.leads.push_back(hit);
}

// Where a find is, its labels are. The windows of a chunk are few, or all of it.
void CandidateFinder::gather_windows(const Span& chunk) {
  auto& windows = state_.windows;
  windows.clear();
  const std::size_t reach = std::min(chunk.begin, kBefore);
  if (layout_.table() || state_.candidates.size() + state_.leads.size() > chunk.size() / kNear)
    return windows.push_back({chunk.begin - reach, std::min(chunk.end + kBehind, text_.size())});
  const auto add = [&](const Span& found) {
    windows.push_back({found.begin - std::min(found.begin, kBefore),
                       std::min(found.end + kBehind, text_.size())});
  };
  if (chunk.begin == 0) add({0, std::min(kFirstLine, text_.size())});
  for (const Candidate& candidate : state_.candidates) add(candidate.span);
  for (const KeywordHit& lead : state_.leads) add(lead.span);
  for (const InsertStatement& statement : state_.inserts) windows.push_back(statement.columns);
  std::ranges::sort(windows, {}, &Span::begin);
  std::size_t kept = 0;
  for (const Span& window : windows) {
    if (kept > 0 && window.begin <= windows[kept - 1].end + kNear) {
      windows[kept - 1].end = std::max(windows[kept - 1].end, window.end);
    } else {
      windows[kept++] = window;
    }
  }
  windows.resize(kept);
}

Status CandidateFinder::match_keywords(const Span& chunk) {
  state_.keywords.clear();
  state_.inserts.clear();
  const bool found = !state_.candidates.empty() || !state_.leads.empty();
  if (found && !layout_.table()) find_inserts(text_, chunk, state_.inserts);
  gather_windows(chunk);
  for (const Span& window : state_.windows) {
    state_.hits.clear();
    const std::string_view part = text_.substr(window.begin, window.size());
    if (auto scanned = engine_.words.scan(part, state_.word_scratch, state_.hits); !scanned)
      return scanned;
    for (const Hit& hit : state_.hits) {
      const std::size_t end = window.begin + hit.end;
      const Span span{end - engine_.vocabulary[hit.pattern].text.size(), end};
      if (stands_alone(text_, span))
        state_.keywords.push_back({span, static_cast<std::uint16_t>(hit.pattern)});
    }
  }
  keep_longest(state_.keywords);
  return {};
}

void CandidateFinder::read_runs(std::size_t at) {
  for (;;) {
    run_end_ = read_run(text_, at, run_end_, state_.run);
    recognise_numbers(text_, state_.run, today_, state_.candidates);
    if (!state_.run.goes_on) return;
    at = run_end_;
  }
}

// 12号, 3单元: an address may end there.
void CandidateFinder::read_house(const DigitRun& run) {
  static constexpr auto kHouses =
      std::to_array<std::string_view>({"号", "室", "栋", "幢", "弄", "楼", "层", "组", "单元"});
  const std::string_view rest = text_.substr(run.end, 6);
  for (const std::string_view house : kHouses) {
    if (!rest.starts_with(house)) continue;
    return read_address(run.end, layout_.scope_of({run.end, run.end + house.size()}), std::nullopt);
  }
}

void CandidateFinder::read_key(std::size_t at) {
  add(Kind::kPrivateKey, recognise_private_key(text_, at));
}

void CandidateFinder::read_address(std::size_t at, const Span& scope,
                                   std::optional<std::size_t> start) {
  if (at < address_end_ || !engine_.kinds.has(Kind::kAddress)) return;
  const auto address = recognise_address(text_, at, scope, start, address_floor_);
  if (!start) address_floor_ = at;
  if (!address) return;
  address_end_ = address->span.end;
  state_.candidates.push_back({.span = address->span,
                               .kind = Kind::kAddress,
                               .label = start ? Label::kBeside : Label::kNone,
                               .doubt = address->doubt});
}

void CandidateFinder::follow_leads() {
  address_end_ = address_floor_ = 0;
  const auto& words = state_.keywords;
  for (const KeywordHit& lead : state_.leads) {
    // The longest word there leads; the next one ends its value: 姓名张三性别男.
    const auto word = std::ranges::lower_bound(words, lead.span.end, {},
                                               [](const KeywordHit& hit) { return hit.span.end; });
    if (word == words.end() || word->span.end != lead.span.end) continue;
    Span scope = layout_.scope_of(word->span);
    const auto next = std::next(word);
    if (next != words.end() && next->span.begin >= word->span.end)
      scope.end = std::min(scope.end, next->span.begin);
    follow(engine_.vocabulary[word->keyword], word->span, scope);
  }
}

void CandidateFinder::follow(const Keyword& keyword, const Span& hit, const Span& scope) {
  if (hit.end >= scope.end) return;
  // A keyword in ASCII may be how the value begins (wxid_…): it ends nothing here.
  const bool han = scope.end < text_.size() && is_high(text_[scope.end]);
  const std::size_t stop = han ? scope.end : layout_.scope_of(hit).end;
  (keyword.means & engine_.labelled).for_each([&](Kind kind) {
    add_labelled(kind, value_behind(text_, hit, stop, *engine_.facts(kind).value, today_),
                 Label::kBeside);
  });
  (keyword.means & kTextual & engine_.kinds).for_each([&](Kind kind) {
    // Keywords are parts of organisations' names and of answers: the next label ends those.
    const bool words = kind == Kind::kEmployer || kind == Kind::kSecurityAnswer;
    const std::size_t last = words ? layout_.scope_of(hit).end : scope.end;
    if (hit.end >= biometrics_end_) add(kind, textual_behind(kind, text_, hit.end, last, today_));
  });
  if (keyword.means.has(Kind::kName) && !names_a_thing(text_, hit.begin)) {
    add(Kind::kName, name_behind(text_, hit.end, scope.end));
  }
  if (keyword.means.has(Kind::kPassword)) {
    add(Kind::kPassword, password_behind(text_, hit.end, layout_.scope_of(hit).end));
  }
  if (keyword.means.has(Kind::kAddress)) {
    const std::size_t start = skip_marks(
        text_, hit.end, scope.end, Mark::kSpace | Mark::kColon | Mark::kEquals | Mark::kQuote);
    if (start < scope.end)
      read_address(start, {start, layout_.scope_of({start, start}).end}, start);
  }
}

// PAN, expiry and security code side by side need no keyword.
void CandidateFinder::follow_cards() {
  const std::size_t count = state_.candidates.size();
  for (std::size_t i = 0; i < count; ++i) {
    const Candidate card = state_.candidates[i];
    if (card.kind != Kind::kUnionPayCard && card.kind != Kind::kInternationalCard) continue;
    const std::size_t stop = std::min(text_.size(), card.span.end + 24);
    add(Kind::kCardSecurityCode, security_code_behind_card(text_, card.span.end, stop));
    add(Kind::kCardExpiry, expiry_behind_card(text_, card.span.end, stop));
  }
}

void CandidateFinder::read_cell(std::size_t cell, const Judge& judge) {
  const Span span = trimmed(text_, layout_.segments()[cell].span);
  if (span.size() == 0) return;
  const std::string_view value = layout_.text(span);
  const auto take = [&](Kind kind, bool valid) {
    Label label{};
    if (!valid || !judge.may_hold(cell, state_.keywords, kind, label)) return;
    if (kind == Kind::kAddress) return read_address(span.begin, span, span.begin);
    add(kind, span);
    if (engine_.kinds.has(kind)) state_.candidates.back().label = label;
  };
  read_labelled_cell(span, judge.held(cell, state_.keywords));
  const bool han = static_cast<unsigned char>(value[0]) >= 0x80;
  if (han) read_unlabelled_name(cell, span, judge);
  take(Kind::kName, han && value.size() <= 60 && is_person_name(value));
  take(Kind::kAddress, han && value.size() >= 12);
  take(Kind::kPassword, !han && is_plausible_password(value));
}

void CandidateFinder::read_unlabelled_name(std::size_t cell, const Span& span, const Judge& judge) {
  const std::uint32_t column = layout_.segments()[cell].column;
  if (!engine_.kinds.has(Kind::kName) || !name_columns_.holds_names(column) ||
      judge.columns().judge(column, Kind::kName) == Verdict::kAgainst ||
      !judge.columns().kinds(column).empty() || !is_person_name(layout_.text(span))) {
    return;
  }
  state_.candidates.push_back(
      {.span = span, .kind = Kind::kName, .label = Label::kColumn, .doubt = kUnnamedColumnDoubt});
}

void CandidateFinder::read_inserted_names(const Span& chunk, const Judge& judge) {
  if (!engine_.kinds.has(Kind::kName)) return;
  judge.inserts().for_each_field(text_, chunk, Kind::kName, [&](const Span& field) {
    if (field.size() > kMaxBareName || !is_person_name(text_.substr(field.begin, field.size())))
      return;
    state_.candidates.push_back({.span = field, .kind = Kind::kName, .label = Label::kColumn});
  });
}

KindSet CandidateFinder::read_by_label() const {
  KindSet kinds = kTextual & engine_.kinds;
  kinds.add(engine_.labelled);
  return kinds;
}

void CandidateFinder::read_labelled_cell(const Span& cell, const Judge::Held& held) {
  const auto read = [&](const KindSet& kinds, Label label) {
    (kinds & engine_.labelled).for_each([&](Kind kind) {
      add_labelled(kind, value_in_cell(text_, cell, *engine_.facts(kind).value, today_), label);
    });
    (kinds & kTextual & engine_.kinds).for_each([&](Kind kind) {
      if (const auto span = textual_in_cell(kind, text_, cell, today_))
        state_.candidates.push_back({.span = *span, .kind = kind, .label = label});
    });
  };
  read(held.beside, Label::kBeside);
  read(held.column, Label::kColumn);
}

void CandidateFinder::read_fields(const Span& chunk, const Judge& judge) {
  const Columns& columns = judge.columns();
  const std::string_view separator = columns.separator();
  if (separator.empty() || (columns.all_kinds() & read_by_label()).empty()) return;
  for (std::size_t line = chunk.begin; line < chunk.end;) {
    const std::size_t end = std::min(text_.substr(0, chunk.end).find('\n', line), chunk.end);
    const std::string_view up_to_end = text_.substr(0, end);
    std::size_t field = line;
    for (std::uint32_t column = 0; field < end && column < kMaxColumns; ++column) {
      const std::size_t field_end = std::min(up_to_end.find(separator, field), end);
      const KindSet kinds = columns.kinds(column);
      if (!(kinds & read_by_label()).empty())
        read_labelled_cell(unquoted(text_, {field, field_end}), {.column = kinds, .beside = {}});
      field = field_end + separator.size();
    }
    line = end + 1;
  }
}

void CandidateFinder::add_labelled(Kind kind, const std::optional<LabelledMatch>& match,
                                   Label label) {
  if (!match) return;
  state_.candidates.push_back(
      {.span = match->span, .kind = kind, .label = label, .doubt = match->doubt});
}

void CandidateFinder::add(Kind kind, const std::optional<Span>& span) {
  if (!span || !engine_.kinds.has(kind)) return;
  if (kind == Kind::kBiometrics) biometrics_end_ = span->end;
  const bool by_form = kind == Kind::kEmail || kind == Kind::kPrivateKey;
  state_.candidates.push_back(
      {.span = *span, .kind = kind, .label = by_form ? Label::kNone : Label::kBeside});
}

}  // namespace huxin::detect
