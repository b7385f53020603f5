#include "policy/detect/tracer.hpp"

#include <algorithm>
#include <tuple>

#include "policy/detect/ascii.hpp"
#include "policy/detect/explain_label.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kMaxValue = 4096;  // as a finding's

bool same(const Candidate& a, const Candidate& b) { return a.span == b.span && a.kind == b.kind; }

// `candidates` are in order of begin.
bool is_among(const Candidate& candidate, std::span<const Candidate> candidates) {
  auto at = std::ranges::lower_bound(candidates, candidate.span.begin, {},
                                     [](const Candidate& c) { return c.span.begin; });
  while (at != candidates.end() && at->span.begin == candidate.span.begin && !same(*at, candidate))
    ++at;
  return at != candidates.end() && same(*at, candidate);
}

}  // namespace

void Tracer::judged(const Candidate& candidate, Fate fate, const Judgement& judgement) {
  noted_.push_back({candidate, fate, judgement});
}

void Tracer::sift(std::span<const Candidate> kept, Fate lost) {
  for (Noted& noted : noted_) {
    if (noted.fate == Fate::kReported && !is_among(noted.candidate, kept)) noted.fate = lost;
  }
}

void Tracer::retold(std::span<const Candidate> candidates) {
  std::vector<Noted> turned;
  for (Noted& noted : noted_) {
    if (noted.fate != Fate::kReported || is_among(noted.candidate, candidates)) continue;
    const auto [first, last] =
        std::ranges::equal_range(candidates, noted.candidate.span.begin, {},
                                 [](const Candidate& candidate) { return candidate.span.begin; });
    const auto now = std::find_if(first, last, [&](const Candidate& candidate) {
      return candidate.span == noted.candidate.span;
    });
    if (now == last) continue;
    noted.fate = Fate::kInsideAnother;
    turned.push_back({*now, Fate::kReported, noted.judgement});
  }
  noted_.insert(noted_.end(), turned.begin(), turned.end());
}

void Tracer::restored(std::span<const Candidate> candidates) {
  for (Noted& noted : noted_) {
    if (noted.fate == Fate::kDropped && is_among(noted.candidate, candidates))
      noted.fate = Fate::kReported;
  }
}

void Tracer::added(std::span<const Candidate> candidates, Lead lead) {
  for (const Candidate& candidate : candidates) {
    noted_.push_back({candidate, Fate::kReported, {}});
    noted_.back().candidate.lead = lead;
  }
}

void Tracer::finish(const Span& chunk, std::span<const KeywordHit> hits) {
  explain_runs(chunk);
  explain_values(chunk, hits);
  std::ranges::sort(noted_, {}, [](const Noted& noted) {
    const Candidate& c = noted.candidate;
    return std::tuple(c.span.begin, c.kind, c.span.end, noted.fate);
  });
  // Two ways may lead to the same candidate.
  const auto again = std::ranges::unique(noted_, same, &Noted::candidate);
  noted_.erase(again.begin(), again.end());
  auto number = failed_.begin();
  for (const Noted& noted : noted_) {
    for (; number != failed_.end() && number->span.begin < noted.candidate.span.begin; ++number)
      keep(*number);
    keep(noted);
  }
  for (; number != failed_.end(); ++number) keep(*number);
  noted_.clear();
  failed_.clear();
}

void Tracer::cover() {
  covered_.clear();
  for (const Noted& noted : noted_) covered_.push_back(noted.candidate.span);
  std::ranges::sort(covered_, {}, &Span::begin);
  std::size_t kept = 0;
  for (const Span& span : covered_) {
    if (kept > 0 && span.begin <= covered_[kept - 1].end) {
      covered_[kept - 1].end = std::max(covered_[kept - 1].end, span.end);
    } else {
      covered_[kept++] = span;
    }
  }
  covered_.resize(kept);
}

bool Tracer::covered(const Span& span) const {
  const auto next = std::ranges::lower_bound(covered_, span.end, {}, &Span::begin);
  return next != covered_.begin() && std::prev(next)->end > span.begin;
}

void Tracer::explain_runs(const Span& chunk) {
  cover();
  const std::string_view text = layout_.text();
  for (std::size_t at = std::max(chunk.begin, run_end_); at < chunk.end;) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    run_end_ = read_run(text, at, run_end_, run_);
    explain_run(run_);
    at = std::max(run_end_, at + 1);
  }
}

// What a label speaks for says more than what the number looks like.
void Tracer::explain_values(const Span& chunk, std::span<const KeywordHit> hits) {
  std::vector<FailedNumber> values;
  explain_labels(engine_, layout_, chunk, hits, today_, values);
  for (FailedNumber& value : values) {
    if (covered(value.span)) continue;
    std::erase_if(failed_,
                  [&](const FailedNumber& number) { return number.span.overlaps(value.span); });
    failed_.push_back(std::move(value));
  }
  std::ranges::sort(failed_, {}, [](const FailedNumber& number) {
    return std::tuple(number.span.begin, number.span.end, number.checks.front().kind);
  });
}

// As one number where nothing in it is one; else what its longer groups are.
void Tracer::explain_run(const NumberRun& run) {
  const std::size_t last = run.groups.size() - 1;
  const Span all{run.groups.front().begin, run.groups.back().end};
  if (last > 0 && last < kMaxGroupsOfNumber && !covered(all)) {
    const std::size_t before = failed_.size();
    explain_groups(run, 0, last);
    if (failed_.size() > before) return;
  }
  for (std::size_t i = 0; i <= last; ++i) {
    if (!covered({run.groups[i].begin, run.groups[i].end})) explain_groups(run, i, i);
  }
}

void Tracer::explain_groups(const NumberRun& run, std::size_t first, std::size_t last) {
  auto number = explain_number(layout_.text(), run, first, last, today_);
  if (!number) return;
  std::erase_if(number->checks, [&](const FailedCheck& check) {
    return check.kind && !engine_.kinds.has(*check.kind);
  });
  if (!number->checks.empty()) failed_.push_back(*std::move(number));
}

Trace* Tracer::add(const Span& span, Fate fate) {
  ++traces_.total;
  const bool failed = fate == Fate::kFailedCheck;
  if (traces_.list.size() >= traces_.limit) return nullptr;
  if (failed && failed_kept_ >= traces_.limit / 2) return nullptr;
  if (failed) ++failed_kept_;
  Trace& trace = traces_.list.emplace_back();
  trace.fate = fate;
  trace.threshold = engine_.options.min_confidence;
  trace.span = layout_.in_original(span);
  trace.where = places_.place(layout_.in_document(span).begin);
  return &trace;
}

void Tracer::keep(const Noted& noted) {
  const Candidate& candidate = noted.candidate;
  const bool weak = noted.fate == Fate::kReported && !engine_.calibrated(candidate);
  Trace* const trace = add(candidate.span, weak ? Fate::kBelowThreshold : noted.fate);
  if (trace == nullptr) return;
  const KindFacts& facts = engine_.facts(candidate.kind);
  const bool by_words = candidate.lead != Lead::kNeighbour && candidate.lead != Lead::kDocument;
  trace->element = element_of(candidate.kind);
  trace->lead = candidate.lead;
  trace->verdict = noted.judgement.verdict;
  trace->place = noted.judgement.place;
  trace->word = noted.judgement.word;
  trace->base = candidate.label != Label::kNone ? facts.context : facts.base;
  if (!by_words) trace->base = candidate.confidence;
  trace->doubt = candidate.doubt;
  trace->score = candidate.confidence;
  trace->confidence = trace->score > 0 ? engine_.probability(candidate) : 0;
  trace->value = value_of(candidate.kind, layout_.text(candidate.span).substr(0, kMaxValue));
}

void Tracer::keep(const FailedNumber& number) {
  for (const FailedCheck& check : number.checks) {
    Trace* const trace = add(number.span, Fate::kFailedCheck);
    if (trace == nullptr) continue;
    if (check.kind) trace->element = element_of(*check.kind);
    trace->reasons = check.reasons;
    // Any number's value is what it is without separators.
    trace->value = value_of(check.kind.value_or(Kind::kMobile),
                            layout_.text(number.span).substr(0, kMaxValue));
  }
}

}  // namespace huxin::detect
