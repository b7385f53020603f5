#include "policy/detect/candidate_finder.hpp"

#include <algorithm>

#include "policy/base/byte_set.hpp"
#include "policy/detect/ascii.hpp"
#include "policy/detect/han.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/addressed_name.hpp"
#include "policy/detect/recognise/answer.hpp"
#include "policy/detect/recognise/forms.hpp"
#include "policy/detect/recognise/gap.hpp"
#include "policy/detect/recognise/name.hpp"
#include "policy/detect/recognise/private_key.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxHour = 8;          // bytes: two digits and spaces before them
constexpr std::size_t kMaxBareName = 60;     // bytes behind a keyword without a mark
constexpr std::size_t kLeastLabelled = 3;    // digits of a value that its label tells
constexpr std::size_t kMaxWord = 24;         // letters before them
constexpr std::size_t kMaxJoints = 12;       // bytes
constexpr std::size_t kMaxBullet = 16;       // bytes before a label on its line
constexpr std::size_t kMaxBeforeLabel = 40;  // bytes of its line
constexpr std::size_t kMaxQuestion = 120;    // bytes before its label

constexpr std::string_view kJoints = " -~/_[(#>";

// ASCII that digits stand behind when a label tells them without a mark.
constexpr ByteSet kBesideLabel = [] {
  ByteSet beside(kJoints);
  for (char c = 'A'; c <= 'Z'; ++c) {
    beside.add(c);
    beside.add(ascii_lower(c));
  }
  return beside;
}();

// Bytes of what may stand between a label in Han and its value: a dash, an arrow, a bracket.
std::size_t joint_before(std::string_view text, std::size_t end) {
  if (end == 0) return 0;
  if (!is_high(text[end - 1])) return kJoints.contains(text[end - 1]) ? 1 : 0;
  if (end < kHanBytes) return 0;
  const std::string_view last = text.substr(end - kHanBytes, kHanBytes);
  return last.starts_with('\xE2') || last == "～" || last == "（" || last == "【" || last == "「" ||
                 last == "『"
             ? kHanBytes
             : 0;
}

// Whether a label there is the first word of its line: □姓名, 2. 姓名, ** 姓名.
bool begins_line(std::string_view text, std::size_t at) {
  const std::size_t stop = at - std::min(at, kMaxBullet);
  while (at > stop && text[at - 1] != '\n') {
    const bool high = is_high(text[at - 1]);
    if (is_ascii_letter(text[at - 1]) ||
        (high && (at < kHanBytes || is_han(text.substr(at - kHanBytes)))))
      return false;
    at -= high ? kHanBytes : 1;
  }
  return at == 0 || text[at - 1] == '\n';
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

}  // namespace

Status CandidateFinder::find(const Span& chunk) {
  state_.candidates.clear();
  state_.leads.clear();
  state_.values.clear();
  state_.headings.clear();
  state_.above.clear();
  state_.asked.clear();
  state_.vague.clear();
  state_.answers.clear();
  state_.heads.clear();
  state_.shapes.clear();
  state_.listed.clear();
  state_.inserts.clear();
  addresses_.begin_chunk();
  Sieve(text_, *this).pass(chunk);
  if (chunk.end == text_.size()) mark(chunk.end);
  addresses_.begin_look();
  const auto& found = state_.candidates;
  const std::size_t by_sieve = found.size();
  if (auto matched = match_anchors(chunk); !matched) return matched;
  set_lead(by_sieve, Lead::kPattern);
  if (auto matched = windows_.match(chunk); !matched) return matched;
  const std::size_t by_pattern = found.size();
  follower_.follow_leads();
  follower_.follow_vague();
  set_lead(by_pattern, Lead::kLabel);
  const std::size_t by_label = found.size();
  follower_.follow_cards();
  set_lead(by_label, Lead::kNeighbour);
  return {};
}

void CandidateFinder::set_lead(std::size_t first, Lead lead) {
  for (std::size_t i = first; i < state_.candidates.size(); ++i) state_.candidates[i].lead = lead;
}

void CandidateFinder::run(const DigitRun& run) {
  runs_.read(run);
  if (run.begin == 0) return;
  const std::size_t least = is_high(text_[run.begin - 1]) ? 2 : kLeastLabelled;
  if (run.digits >= least) lead_beside(run);
}

// A label without a mark behind it: QQ12345678, 验证码123456, HKID A123456(3).
void CandidateFinder::lead_beside(const DigitRun& run) {
  const char before = text_[run.begin - 1];
  if (!is_high(before) && !kBesideLabel.has(before)) return;
  std::size_t word = run.begin;
  const std::size_t stop = word - std::min(word, kMaxWord);
  while (word > stop && is_ascii_letter(text_[word - 1])) --word;
  if (word < run.begin) {
    if (const auto label = engine_.labels.before(text_, run.begin)) lead(*label);
  }
  while (word > stop && is_ascii_alnum(text_[word - 1])) --word;
  if (word == stop) return;
  const std::size_t label_end = joints_begin(text_, word);
  if (label_end == word && text_[word - 1] != ' ' && !is_high(text_[word - 1])) return;
  if (const auto label = engine_.labels.before(text_, label_end)) lead(*label);
}

// A mark and a number behind it have one label, and numbers of a block come before its marks:
// 证件 12345678.
void CandidateFinder::lead(const KeywordHit& label) {
  constexpr std::size_t kNear = 64;  // bytes
  auto& leads = state_.leads;
  for (auto last = leads.rbegin();
       last != leads.rend() && last->label.span.end + kNear > label.span.end; ++last) {
    if (last->label == label) return;
  }
  if (const auto leading = follower_.leads_on(label)) leads.push_back(*leading);
}

// 12ms: a word behind digits is what they count.
bool CandidateFinder::is_unit(const KeywordHit& label) const {
  return label.span.begin > 0 && is_ascii_digit(text_[label.span.begin - 1]) &&
         is_ascii_letter(text_[label.span.begin]);
}

// customer->name, (x) => x: operators of code, and no arrow behind a label in Chinese.
bool CandidateFinder::is_operator(std::size_t at) const {
  return at >= 2 && text_[at] == '>' && (text_[at - 1] == '-' || text_[at - 1] == '=') &&
         !is_high(text_[at - 2]);
}

void CandidateFinder::mark(std::size_t at) {
  if (at < text_.size() && text_[at] == ':') add_form(Kind::kMacAddress, mac_address_at(text_, at));
  const auto label = strange_words_.label_before(text_, at);
  if (at == text_.size() || text_[at] == '\n' || text_[at] == '\r') ask(at, label);
  note_vague(at, label);
  if (label && !is_unit(*label)) return mark_behind(*label, at);
  const bool colon = at < text_.size() && (text_[at] == ':' || is_high(text_[at]));
  if (colon) name_before_colon(at);
}

// 号码：, 编号：, 证件号码：: numbers whose kind words before them may name.
void CandidateFinder::note_vague(std::size_t at, const std::optional<KeywordHit>& label) {
  static constexpr HanSet kLast = han_set("号码");
  if (at < 2 * kHanBytes || at >= text_.size() || !is_high(text_[at - 1])) return;
  if (!kLast.has(text_.substr(at - kHanBytes))) return;
  if (label && !engine_.vocabulary[label->keyword].general) return;
  state_.vague.push_back({at - 2 * kHanBytes, at});
}

void CandidateFinder::mark_behind(const KeywordHit& label, std::size_t at) {
  if (at < text_.size() && is_operator(at)) return;
  const Keyword& keyword = engine_.vocabulary[label.keyword];
  if (!keyword.headings.empty()) state_.headings.push_back(label);
  if (in_closing_tag(text_, label.span)) return;
  const char c = at == text_.size() ? '\n' : text_[at];
  const bool ends = c == '\n' || c == '\r' || (c == '\t' && layout_.table());
  if (!ends) lead(label);
  if (c == '=' || c == '>') return;  // whose value is on its line, and in no column below
  const bool parts = ends || c == '\t' || c == '|' || text_.substr(at, 2) == "  " ||
                     text_.substr(at).starts_with("\u3000");
  if (parts && layout_.segments().empty()) state_.heads.push_back(label);
  if (labels_next_line(label, at)) state_.above.push_back(label);
}

// 张伟先生：, 12:01 张伟: …
void CandidateFinder::name_before_colon(std::size_t at) {
  static_assert(kMaxHour < kHighReach);
  if (!may_be_high_before(text_, at) || mark_at(text_, at).mark != Mark::kColon) return;
  std::size_t end = at;  // over a time's hour: 张伟 10:12
  while (end > 0 && at - end < kMaxHour &&
         (text_[end - 1] == ' ' || is_ascii_digit(text_[end - 1])))
    --end;
  if (end > 0 && is_high(text_[end - 1]))
    add(Kind::kName, name_at_colon(text_, at), Label::kBeside);
}

// A line of a talk that asks for a value.
void CandidateFinder::ask(std::size_t line_end, const std::optional<KeywordHit>& last) {
  if (line_end == 0 || layout_.table()) return;
  const char mark = text_[line_end - 1];
  if (!is_high(mark) && !std::string_view("?!.").contains(mark)) return;
  const std::size_t end = last ? line_end : asked_label_end(text_, line_end);
  const auto label = last || end == line_end ? last : engine_.labels.before(text_, end);
  if (!label) return;
  const std::size_t begin = label->span.begin - std::min(label->span.begin, kMaxQuestion);
  const std::string_view before = text_.substr(begin, label->span.begin - begin);
  const std::size_t newline = text::find_last(before, '\n');
  const std::size_t line = newline == std::string_view::npos ? begin : begin + newline + 1;
  if (asks_for(text_, {line, line_end}, label->span)) state_.asked.push_back(*label);
}

// A label alone on its line, or at the end of one with a colon behind it.
bool CandidateFinder::labels_next_line(const KeywordHit& label, std::size_t at) const {
  const std::size_t colon = skip_marks(text_, at, text_.size(), Mark::kColon);
  const std::size_t end = skip_marks(text_, colon, text_.size(), Mark::kSpace);
  if (end < text_.size() && text_[end] != '\n' && text_[end] != '\r') return false;
  const std::size_t begin = label.span.begin;
  if (begins_line(text_, begin)) return true;
  // 积分清零提醒名单: what the title of a list ends in.
  const bool titled = text_.substr(0, label.span.end).ends_with("名单");
  const std::size_t reach = std::min(begin, kMaxBeforeLabel);
  return (colon > at || titled) &&
         (reach == begin || text_.substr(begin - reach, reach).contains('\n'));
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
  if (hit.pattern == kYouAnchor)
    return add(Kind::kName, name_spoken_to(text_, end - kYou.size()), Label::kBeside);
  const auto index = static_cast<std::uint16_t>(hit.pattern - kFirstKeyword);
  const Span span{end - engine_.vocabulary[index].text.size(), end};
  if (stands_alone(text_, span)) take_bare_keyword({span, index});
}

void CandidateFinder::take_bare_keyword(const KeywordHit& hit) {
  const Keyword& keyword = engine_.vocabulary[hit.keyword];
  if (keyword.region && !addresses_.is_settled(hit.span.begin))
    addresses_.read(hit.span.begin, layout_.scope_of(hit.span));
  if (!keyword.means.has(Kind::kName)) return;
  const std::size_t stop = std::min(text_.size(), hit.span.end + kMaxBareName);
  if (name_behind(text_, hit.span.end, stop)) state_.leads.push_back({.label = hit});
}

void CandidateFinder::read_key(std::size_t at) {
  add(Kind::kPrivateKey, recognise_private_key(text_, at), Label::kNone);
}

// VALUES behind a list of columns, or behind a table that the text defines.
void CandidateFinder::read_values(std::size_t at) {
  if (layout_.table()) return;
  if (const auto statement = read_insert(text_, at)) return state_.inserts.push_back(*statement);
  constexpr std::string_view kValues = "values";
  if (!std::ranges::equal(text_.substr(at, kValues.size()), kValues, {}, ascii_lower)) return;
  const std::string_view table = inserted_table(text_, at);
  const auto columns = table.empty() ? std::nullopt : tables_.find(text_, table, at);
  if (columns)
    state_.inserts.push_back({.columns = *columns, .rows = at + kValues.size(), .defined = true});
}

void CandidateFinder::add_form(Kind kind, const std::optional<Span>& span) {
  if (span) state_.candidates.push_back({.span = *span, .kind = kind});
}

void CandidateFinder::add(Kind kind, const std::optional<Span>& span, Label label) {
  if (span && engine_.kinds.has(kind))
    state_.candidates.push_back({.span = *span, .kind = kind, .label = label});
}

}  // namespace huxin::detect
