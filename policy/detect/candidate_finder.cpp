#include "policy/detect/candidate_finder.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/label_tail.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/address.hpp"
#include "policy/detect/recognise/addressed_name.hpp"
#include "policy/detect/recognise/forms.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/recognise/labelled.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/name_in_text.hpp"
#include "policy/detect/recognise/numbers.hpp"
#include "policy/detect/recognise/password.hpp"
#include "policy/detect/recognise/private_key.hpp"
#include "policy/detect/recognise/spoken_number.hpp"
#include "policy/detect/recognise/textual.hpp"
#include "policy/detect/validators/spoken_digits.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxHour = 8;          // bytes: two digits and spaces before them
constexpr std::size_t kSpokenReach = 8;      // bytes behind a label, of which some must be Han
constexpr std::size_t kMaxBareName = 60;     // bytes behind a keyword without a mark
constexpr std::size_t kLeastLabelled = 3;    // digits of a value that its label tells
constexpr int kMaxListed = 64;               // names that one label tells
constexpr std::size_t kMaxWord = 24;         // letters before them
constexpr std::size_t kMaxJoints = 12;       // bytes
constexpr std::size_t kMaxDate = 24;         // bytes
constexpr std::size_t kMaxPart = 64;         // bytes
constexpr std::size_t kMaxBeforeLabel = 40;  // bytes of its line

bool is_high(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_letter(char c) { return is_ascii_alnum(c) && !is_ascii_digit(c); }

constexpr unsigned han_code(std::string_view han) {
  unsigned code = 0;
  for (const char c : han.substr(0, kHanBytes)) code = code << 8U | static_cast<unsigned char>(c);
  return code;
}

// Bytes of what a number of an address may end in: 12号, 3单元; 0 for anything else.
std::size_t house_suffix(std::string_view rest) {
  static constexpr std::string_view kUnit = "单元";
  static constexpr auto kHouses = [] {
    constexpr std::string_view kAll = "号室栋幢弄楼层组";
    std::array<unsigned, kAll.size() / kHanBytes> codes{};
    for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = han_code(kAll.substr(i * kHanBytes));
    return codes;
  }();
  if (rest.size() < kHanBytes) return 0;
  const unsigned code = han_code(rest);
  if (std::ranges::find(kHouses, code) != kHouses.end()) return kHanBytes;
  return code == han_code(kUnit) && rest.starts_with(kUnit) ? kUnit.size() : 0;
}

// Bytes of what may stand between a label in Han and its value: a dash, an arrow, a bracket.
std::size_t joint_before(std::string_view text, std::size_t end) {
  if (end == 0) return 0;
  if (std::string_view(" -~/_[#>").contains(text[end - 1])) return 1;
  if (end < kHanBytes || !is_high(text[end - 1])) return 0;
  const std::string_view last = text.substr(end - kHanBytes, kHanBytes);
  return last.starts_with('\xE2') || last == "～" || last == "「" || last == "『" ? kHanBytes : 0;
}

// Where the joints begin that part a label from its value, which starts at `at`: 护照号-E12345678,
// IMEI——4901…; `at` itself where none do. Behind a word of ASCII a hyphen is no joint.
std::size_t joints_begin(std::string_view text, std::size_t at) {
  std::size_t begin = at;
  bool wide = false;
  while (const std::size_t bytes = at - begin < kMaxJoints ? joint_before(text, begin) : 0) {
    begin -= bytes;
    wide = wide || bytes > 1;
  }
  return begin > 0 && (wide || is_high(text[begin - 1])) ? begin : at;
}

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

// Words between a label and its value that are no part of the label: 保单生效日 20260101.
// A hyphen behind letters makes one code of both: CVV-326.
bool has_words_between(std::string_view text, std::size_t label_end, std::size_t value) {
  if (text[label_end] == '-' && is_ascii_alnum(text[label_end - 1])) return true;
  for (std::size_t at = behind_label_tail(text.substr(0, value), label_end); at < value; ++at) {
    if (is_han(text.substr(at))) return true;
  }
  return false;
}

}  // namespace

Status CandidateFinder::find(const Span& chunk) {
  state_.candidates.clear();
  state_.leads.clear();
  state_.headings.clear();
  state_.above.clear();
  state_.heads.clear();
  state_.shapes.clear();
  state_.inserts.clear();
  settled_.clear();
  address_end_ = address_floor_ = 0;
  Sieve(text_, *this).pass(chunk);
  if (chunk.end == text_.size()) mark(chunk.end);
  address_end_ = address_floor_ = 0;
  const auto& found = state_.candidates;
  const std::size_t by_sieve = found.size();
  if (auto matched = match_anchors(chunk); !matched) return matched;
  set_lead(by_sieve, Lead::kPattern);
  if (auto matched = windows_.match(chunk); !matched) return matched;
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
  if (run.end < text_.size() && is_high(text_[run.end])) {
    read_house(run);
    read_born(run);
    if (!run.grouped())
      add_form(Kind::kMilitaryId, military_id_around(text_, {run.begin, run.end}));
  }
  if (run.begin > 0) {
    add_form(Kind::kLicencePlate, plate_around(text_, {run.begin, run.end}));
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

// 1990年3月7日出生, 1990-03-07生: the date that a word behind it tells.
void CandidateFinder::read_born(const DigitRun& run) {
  const std::string_view behind = text_.substr(run.end);
  const bool may_be =
      behind.starts_with("年") || behind.starts_with("出生") || behind.starts_with("生");
  if (run.digits < 4 || !may_be || !behind.substr(0, kMaxDate).contains("生")) return;
  const std::size_t stop = std::min(text_.size(), run.begin + kMaxDate);
  const auto date = textual_behind(Kind::kBirthDate, text_, run.begin, stop, today_);
  if (!date || date->begin != run.begin) return;
  const std::string_view rest = text_.substr(date->end);
  const bool alone =
      rest.starts_with("生") && mark_at(rest, std::string_view("生").size()).mark != Mark::kNone;
  if (rest.starts_with("出生") || rest.starts_with("生于") || alone) add(Kind::kBirthDate, date);
}

// A label without a mark behind it: QQ12345678, 验证码123456, HKID A123456(3).
void CandidateFinder::lead_beside(const DigitRun& run) {
  std::size_t word = run.begin;
  const std::size_t stop = word - std::min(word, kMaxWord);
  while (word > stop && is_letter(text_[word - 1])) --word;
  if (word < run.begin) {
    if (const auto label = engine_.labels.before(text_, run.begin)) lead(*label);
  }
  while (word > stop && is_ascii_alnum(text_[word - 1])) --word;
  if (word == stop) return;
  const std::size_t label_end = joints_begin(text_, word);
  if (label_end == word && text_[word - 1] != ' ' && !is_high(text_[word - 1])) return;
  if (const auto label = engine_.labels.before(text_, label_end)) lead(*label);
}

// What a number's label labels is found without it.
void CandidateFinder::lead(const KeywordHit& label) {
  const KindSet means = engine_.vocabulary[label.keyword].means & engine_.kinds;
  const std::size_t at = label.span.end;
  const std::size_t stop = layout_.scope_of(label.span).end;
  bool fits = means.has(Kind::kPassword) || means.has(Kind::kAddress) ||
              (means.has(Kind::kName) && may_name_follow(text_, at, stop));
  (means & kTextual).for_each([&](Kind kind) {
    fits = fits || may_textual_follow(kind, text_, at, stop);
  });
  (means & engine_.labelled).for_each([&](Kind kind) {
    fits = fits || value_behind(text_, label.span, stop, *engine_.facts(kind).value, today_);
  });
  fits = fits || spoken_follows(at, stop);
  if (fits) state_.leads.push_back(label);
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

// 12ms: a word behind digits is what they count.
bool CandidateFinder::is_unit(const KeywordHit& label) const {
  return label.span.begin > 0 && is_ascii_digit(text_[label.span.begin - 1]) &&
         is_letter(text_[label.span.begin]);
}

// customer->name, (x) => x: operators of code, and no arrow behind a label in Chinese.
bool CandidateFinder::is_operator(std::size_t at) const {
  return at >= 2 && text_[at] == '>' && (text_[at - 1] == '-' || text_[at - 1] == '=') &&
         !is_high(text_[at - 2]);
}

void CandidateFinder::mark(std::size_t at) {
  if (at < text_.size() && is_operator(at)) return;
  if (at < text_.size() && text_[at] == ':') add_form(Kind::kMacAddress, mac_address_at(text_, at));
  const auto label = engine_.labels.before(text_, at);
  if (!label || is_unit(*label)) return name_before_colon(at);
  const Keyword& keyword = engine_.vocabulary[label->keyword];
  if (!keyword.headings.empty()) state_.headings.push_back(*label);
  const char c = at == text_.size() ? '\n' : text_[at];
  const bool ends = c == '\n' || c == '\r' || (c == '\t' && layout_.table());
  if (!ends) lead(*label);
  const bool parts = ends || c == '\t' || c == '|' || text_.substr(at, 2) == "  " ||
                     text_.substr(at).starts_with("\u3000");
  if (parts && layout_.segments().empty()) state_.heads.push_back(*label);
  if (labels_next_line(*label, at)) state_.above.push_back(*label);
}

// 张伟先生：, 12:01 张伟: …
void CandidateFinder::name_before_colon(std::size_t at) {
  std::size_t end = at;  // over a time's hour: 张伟 10:12
  while (end > 0 && at - end < kMaxHour &&
         (text_[end - 1] == ' ' || is_ascii_digit(text_[end - 1])))
    --end;
  if (end == 0 || !is_high(text_[end - 1])) return;
  if (mark_at(text_, at).mark == Mark::kColon) add(Kind::kName, name_at_colon(text_, at));
}

// A label alone on its line, or at the end of one with a colon behind it.
bool CandidateFinder::labels_next_line(const KeywordHit& label, std::size_t at) const {
  const std::size_t colon = skip_marks(text_, at, text_.size(), Mark::kColon);
  const std::size_t end = skip_marks(text_, colon, text_.size(), Mark::kSpace);
  if (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') return false;
  const std::size_t begin = label.span.begin;
  if (begin == 0 || text_[begin - 1] == '\n') return true;
  const std::size_t reach = std::min(begin, kMaxBeforeLabel);
  return colon > at && (reach == begin || text_.substr(begin - reach, reach).contains('\n'));
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
  if (hit.pattern == kYouAnchor) return add(Kind::kName, name_spoken_to(text_, end - kYou.size()));
  const auto index = static_cast<std::uint16_t>(hit.pattern - kFirstKeyword);
  const Span span{end - engine_.vocabulary[index].text.size(), end};
  if (stands_alone(text_, span)) take_bare_keyword({span, index});
}

void CandidateFinder::take_bare_keyword(const KeywordHit& hit) {
  const Keyword& keyword = engine_.vocabulary[hit.keyword];
  if (keyword.region && !is_settled(hit.span.begin))
    read_address(hit.span.begin, layout_.scope_of(hit.span), std::nullopt);
  if (!keyword.means.has(Kind::kName)) return;
  const std::size_t stop = std::min(text_.size(), hit.span.end + kMaxBareName);
  if (name_behind(text_, hit.span.end, stop)) state_.leads.push_back(hit);
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
  const std::size_t bytes = house_suffix(text_.substr(run.end));
  if (bytes > 0) read_address(run.end, layout_.scope_of({run.end, run.end + bytes}), std::nullopt);
}

void CandidateFinder::read_key(std::size_t at) {
  add(Kind::kPrivateKey, recognise_private_key(text_, at));
}

// VALUES behind a list of columns.
void CandidateFinder::read_values(std::size_t at) {
  if (layout_.table()) return;
  if (const auto statement = read_insert(text_, at)) state_.inserts.push_back(*statement);
}

void CandidateFinder::read_address(std::size_t at, const Span& scope,
                                   std::optional<std::size_t> start) {
  if (at < address_end_ || !engine_.kinds.has(Kind::kAddress)) return;
  const auto address = recognise_address(text_, at, scope, start, address_floor_);
  if (!start) address_floor_ = at;
  if (!address) return;
  address_end_ = address->span.end;
  if (address->settled) settled_.push_back({address->span, at});
  state_.candidates.push_back({.span = address->span,
                               .kind = Kind::kAddress,
                               .label = start ? Label::kBeside : Label::kNone,
                               .doubt = address->doubt});
}

bool CandidateFinder::is_settled(std::size_t at) {
  if (at < address_end_) return true;
  const auto after = std::ranges::upper_bound(
      settled_, at, {}, [](const Settled& known) { return known.span.begin; });
  if (after == settled_.begin() || at > std::prev(after)->anchor) return false;
  address_floor_ = at;
  address_end_ = std::prev(after)->span.end;
  return true;
}

void CandidateFinder::follow_leads() {
  address_end_ = address_floor_ = 0;
  const auto& words = state_.keywords;
  auto& leads = state_.leads;
  std::ranges::sort(leads, {}, [](const KeywordHit& hit) { return hit.span.end; });
  auto lead = leads.begin();
  for (auto word = words.begin(); word != words.end(); ++word) {
    while (lead != leads.end() && lead->span.end < word->span.end) ++lead;
    const Keyword& keyword = engine_.vocabulary[word->keyword];
    const bool led = lead != leads.end() && lead->span.end == word->span.end;
    if (!led && (keyword.means & near_).empty()) continue;
    Span scope = layout_.scope_of(word->span);
    // The next word ends its value: 姓名张三性别男.
    const auto next = std::next(word);
    if (next != words.end() && next->span.begin >= word->span.end)
      scope.end = std::min(scope.end, next->span.begin);
    if (led) {
      follow(keyword, word->span, scope);
    } else {
      follow_near(keyword, word->span, scope);
    }
  }
}

// Near what was found a label needs no mark: name on card ZHANG SAN, 后三码 749.
void CandidateFinder::follow_near(const Keyword& keyword, const Span& hit, const Span& scope) {
  const std::size_t stop = value_stop(hit, scope);
  (keyword.means & near_ & engine_.labelled).for_each([&](Kind kind) {
    const auto match = value_behind(text_, hit, stop, *engine_.facts(kind).value, today_);
    if (match && !has_words_between(text_, hit.end, match->span.begin))
      add_labelled(kind, match, keyword.beside.has(kind));
  });
  (keyword.means & near_ & kTextual).for_each([&](Kind kind) {
    add(kind, textual_behind(kind, text_, hit.end, scope.end, today_));
  });
  follow_back(keyword, hit);
}

// A label in brackets behind its value: 19850815（出生日期）, BKCHCNBJ <SWIFT>.
void CandidateFinder::follow_back(const Keyword& keyword, const Span& hit) {
  const MarkAt open = mark_before(text_, hit.begin);
  if (open.mark != Mark::kOpen) return;
  const std::size_t close = behind_label_tail(text_.substr(0, hit.end + kMaxJoints), hit.end);
  if (mark_at(text_, close).mark != Mark::kClose) return;
  const Span value = part_before(text_, hit.begin - open.bytes);
  if (value.size() == 0) return;
  const LabelledCell cell(text_, value, today_);
  (keyword.means & near_).for_each([&](Kind kind) {
    if (engine_.labelled.has(kind)) {
      add_labelled(kind, cell.read(*engine_.facts(kind).value), keyword.beside.has(kind));
    } else {
      add(kind, textual_in_cell(kind, text_, value, today_));
    }
  });
}

// Where the value of a label has to end. A keyword in ASCII may be how it begins (wxid_…): it ends
// nothing.
std::size_t CandidateFinder::value_stop(const Span& hit, const Span& scope) const {
  const bool han = scope.end < text_.size() && is_high(text_[scope.end]);
  return han ? scope.end : layout_.scope_of(hit).end;
}

void CandidateFinder::follow(const Keyword& keyword, const Span& hit, const Span& scope) {
  if (hit.end >= scope.end) return;
  const std::size_t stop = value_stop(hit, scope);
  (keyword.means & engine_.labelled).for_each([&](Kind kind) {
    add_labelled(kind, value_behind(text_, hit, stop, *engine_.facts(kind).value, today_),
                 keyword.beside.has(kind));
  });
  (keyword.means & kTextual & engine_.kinds).for_each([&](Kind kind) {
    // Keywords are parts of organisations' names and of answers: the next label ends those.
    const bool words = kind == Kind::kEmployer || kind == Kind::kSecurityAnswer;
    const std::size_t last = words ? layout_.scope_of(hit).end : scope.end;
    if (hit.end >= biometrics_end_) add(kind, textual_behind(kind, text_, hit.end, last, today_));
  });
  if (keyword.means.has(Kind::kName) && !names_a_thing(text_, hit.begin)) {
    add_names(hit, scope);
  }
  if (keyword.means.has(Kind::kPassword)) {
    add(Kind::kPassword, password_behind(text_, hit, layout_.scope_of(hit).end));
  }
  read_spoken(hit.end, stop);
  if (keyword.means.has(Kind::kAddress)) {
    const std::size_t start = skip_marks(
        text_, hit.end, scope.end, Mark::kSpace | Mark::kColon | Mark::kEquals | Mark::kQuote);
    if (start < scope.end)
      read_address(start, {start, layout_.scope_of({start, start}).end}, start);
  }
}

// 客户代表：张伟、王芳: names go on.
void CandidateFinder::add_names(const Span& label, const Span& scope) {
  auto name = name_behind(text_, label.end, scope.end);
  for (int count = 0; name && count < kMaxListed; ++count) {
    add(Kind::kName, name);
    name = next_name(text_, name->end, scope.end);
  }
}

// Numerals are Han: a look at a few bytes rules most values out.
bool CandidateFinder::spoken_follows(std::size_t at, std::size_t stop) const {
  const std::string_view near = text_.substr(at, std::min(stop - at, kSpokenReach));
  if (!std::ranges::any_of(near, is_high)) return false;
  return begins_spoken(text_.substr(skip_gap(text_, at, stop).end));
}

void CandidateFinder::read_spoken(std::size_t at, std::size_t stop) {
  const std::size_t begin = skip_gap(text_, at, stop).end;
  if (begin < stop && begins_spoken(text_.substr(begin)))
    recognise_spoken(text_, begin, stop, today_, state_.run, state_.candidates);
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

void CandidateFinder::add_labelled(Kind kind, const std::optional<LabelledMatch>& match,
                                   bool beside) {
  if (!match) return;
  state_.candidates.push_back({.span = match->span,
                               .kind = kind,
                               .label = Label::kBeside,
                               .beside = beside,
                               .doubt = match->doubt});
}

void CandidateFinder::add_form(Kind kind, const std::optional<Span>& span) {
  if (span) state_.candidates.push_back({.span = *span, .kind = kind});
}

void CandidateFinder::add(Kind kind, const std::optional<Span>& span) {
  if (!span || !engine_.kinds.has(kind)) return;
  if (kind == Kind::kBiometrics) biometrics_end_ = span->end;
  const bool by_form = kind == Kind::kEmail || kind == Kind::kPrivateKey;
  state_.candidates.push_back(
      {.span = *span, .kind = kind, .label = by_form ? Label::kNone : Label::kBeside});
}

}  // namespace huxin::detect
