#include "policy/detect/candidate_finder.hpp"

#include <algorithm>

#include "policy/detect/ascii.hpp"
#include "policy/detect/punctuation.hpp"
#include "policy/detect/recognise/address.hpp"
#include "policy/detect/recognise/email.hpp"
#include "policy/detect/recognise/labelled.hpp"
#include "policy/detect/recognise/numbers.hpp"
#include "policy/detect/recognise/private_key.hpp"
#include "policy/detect/validators/password.hpp"
#include "policy/detect/validators/person_name.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kLabelReach = 256;  // keywords this far back still label
constexpr double kUnknownPlaceDoubt = 0.15;

Span trimmed(std::string_view text, const Span& span) {
  const std::size_t begin = skip_marks(text, span.begin, span.end, Mark::kSpace);
  return {begin, skip_marks_back(text, span.end, begin, Mark::kSpace)};
}

}  // namespace

Status CandidateFinder::find(const Span& chunk) {
  // One byte before, so that a run of digits that starts the chunk has its "no digit before".
  const std::size_t base = chunk.begin - std::min<std::size_t>(chunk.begin, 1);
  state_.hits.clear();
  state_.candidates.clear();
  keep_recent_keywords(chunk.begin);
  const std::string_view part = text_.substr(base, chunk.end - base);
  if (auto scanned = engine_.patterns.scan(part, state_.scratch, state_.hits); !scanned)
    return scanned;
  if (chunk.begin == 0 && !text_.empty() && is_ascii_digit(text_[0])) read_runs(0);
  constexpr auto kFirst = static_cast<std::uint32_t>(Anchor::kFirstKeyword);
  for (const Hit& hit : state_.hits) {
    if (hit.pattern >= kFirst) {
      take_keyword(hit.pattern - kFirst, base + hit.end);
    } else {
      take_anchor(static_cast<Anchor>(hit.pattern), base + hit.end);
    }
  }
  keep_longest(state_.keywords);
  follow_keywords(chunk.begin);
  follow_cards();
  return {};
}

void CandidateFinder::keep_recent_keywords(std::size_t begin) {
  std::erase_if(state_.keywords,
                [begin](const KeywordHit& hit) { return hit.span.end + kLabelReach < begin; });
}

void CandidateFinder::take_keyword(std::size_t index, std::size_t end) {
  const Span span{end - engine_.vocabulary[index].text.size(), end};
  if (end <= key_end_ || !stands_alone(text_, span)) return;
  state_.keywords.push_back({span, static_cast<std::uint16_t>(index)});
}

void CandidateFinder::take_anchor(Anchor anchor, std::size_t end) {
  if (end <= key_end_) return;
  switch (anchor) {
    case Anchor::kDigits:
    case Anchor::kShortGroups: {
      const std::size_t at = is_ascii_digit(text_[end - 1]) ? end - 1 : end - 2;
      if (at >= run_end_) read_runs(at);
      return;
    }
    case Anchor::kAt:
      return add(Kind::kEmail, recognise_email(text_, end - 1));
    case Anchor::kHouse: {
      const std::size_t begin = end - (text_.substr(0, end).ends_with("元") ? 6 : 3);
      if (begin == 0 || !is_ascii_digit(text_[begin - 1])) return;
      return read_address(begin, layout_.scope_of({begin, end}), std::nullopt);
    }
    case Anchor::kPem:
      return read_key(end - std::string_view("-----BEGIN ").size());
    case Anchor::kFirstKeyword:
      return;
  }
}

void CandidateFinder::read_runs(std::size_t at) {
  for (;;) {
    run_end_ = read_run(text_, at, run_end_, state_.run);
    recognise_numbers(text_, state_.run, today_, state_.candidates);
    if (!state_.run.goes_on) return;
    at = run_end_;
  }
}

void CandidateFinder::read_key(std::size_t at) {
  const auto span = recognise_private_key(text_, at);
  if (!span) return;
  key_end_ = span->end;
  add(Kind::kPrivateKey, span);
}

void CandidateFinder::read_address(std::size_t at, const Span& scope,
                                   std::optional<std::size_t> start) {
  if (at < address_end_ || !engine_.kinds.has(Kind::kAddress)) return;
  const auto address = recognise_address(text_, at, scope, start);
  if (!address) return;
  address_end_ = address->span.end;
  state_.candidates.push_back({.span = address->span,
                               .kind = Kind::kAddress,
                               .label = start ? Label::kBeside : Label::kNone,
                               .doubt = address->known_place ? 0 : kUnknownPlaceDoubt});
}

void CandidateFinder::follow_keywords(std::size_t from) {
  const auto& hits = state_.keywords;
  for (std::size_t i = 0; i < hits.size(); ++i) {
    if (hits[i].span.end <= from) continue;
    const Keyword& keyword = engine_.vocabulary[hits[i].keyword];
    if (keyword.region) {
      const Span scope = layout_.scope_of(hits[i].span);
      read_address(hits[i].span.begin, scope, std::nullopt);
    }
    if (keyword.means.empty()) continue;
    Span scope = layout_.scope_of(hits[i].span);
    // The next keyword ends the value of this one: 姓名张三性别男.
    if (i + 1 < hits.size() && hits[i + 1].span.begin >= hits[i].span.end) {
      scope.end = std::min(scope.end, hits[i + 1].span.begin);
    }
    follow(keyword, hits[i].span, scope);
  }
}

void CandidateFinder::follow(const Keyword& keyword, const Span& hit, const Span& scope) {
  if (hit.end >= scope.end) return;
  if (keyword.means.has(Kind::kName)) add(Kind::kName, name_behind(text_, hit.end, scope.end));
  if (keyword.means.has(Kind::kPassword)) {
    add(Kind::kPassword, password_behind(text_, hit.end, layout_.scope_of(hit).end));
  }
  if (keyword.means.has(Kind::kCardSecurityCode)) {
    add(Kind::kCardSecurityCode, security_code_behind(text_, hit.end, scope.end));
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
  const bool digits = std::ranges::all_of(value, is_ascii_digit);
  const bool han = static_cast<unsigned char>(value[0]) >= 0x80;
  take(Kind::kName, han && value.size() <= 60 && is_person_name(value));
  take(Kind::kAddress, han && value.size() >= 12);
  take(Kind::kCardSecurityCode, digits && (value.size() == 3 || value.size() == 4));
  take(Kind::kPassword, !han && is_plausible_password(value));
}

void CandidateFinder::add(Kind kind, const std::optional<Span>& span) {
  if (!span || !engine_.kinds.has(kind)) return;
  const bool by_form = kind == Kind::kEmail || kind == Kind::kPrivateKey;
  state_.candidates.push_back(
      {.span = *span, .kind = kind, .label = by_form ? Label::kNone : Label::kBeside});
}

}  // namespace huxin::detect
