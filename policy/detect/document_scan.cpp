#include "policy/detect/document_scan.hpp"

#include <algorithm>
#include <array>

#include "policy/detect/ascii.hpp"
#include "policy/detect/column_majority.hpp"
#include "policy/detect/companions.hpp"
#include "policy/detect/company_accounts.hpp"
#include "policy/detect/latin_names.hpp"
#include "policy/detect/name_rows.hpp"
#include "policy/detect/overlap.hpp"
#include "policy/detect/record_names.hpp"
#include "policy/detect/record_span.hpp"
#include "policy/detect/repeated_names.hpp"
#include "policy/detect/vouch.hpp"
#include "policy/text/byte_search.hpp"

namespace huxin::detect {
namespace {

constexpr std::size_t kChunk = std::size_t{64} << 10U;  // fits the cache with all that is found
constexpr double kRepeated = 0.1;     // taken off a name that nothing tells but itself
constexpr std::uint32_t kListed = 3;  // numbers without a label that make a list
constexpr std::size_t kOldIdDigits = 15;
constexpr std::size_t kCutReach = 4096;  // how far back a good place to cut is looked for

// What is most often a person's, though it identifies nobody: a name may stand beside it.
constexpr KindSet kSomebodys{Kind::kHongKongMacaoPermit,
                             Kind::kHomeReturnPermit,
                             Kind::kMainlandTravelPermit,
                             Kind::kTaiwanTravelPermit,
                             Kind::kMacaoId,
                             Kind::kMilitaryId,
                             Kind::kHouseholdRegister,
                             Kind::kLicencePlate,
                             Kind::kSocialSecurityNumber,
                             Kind::kHousingFundAccount,
                             Kind::kMedicalRecord,
                             Kind::kOfficialPassport,
                             Kind::kLandline,
                             Kind::kWechat,
                             Kind::kQq,
                             Kind::kAddress,
                             Kind::kBirthDate,
                             Kind::kIncome,
                             Kind::kEmployer,
                             Kind::kPassbookAccount,
                             Kind::kBill,
                             Kind::kLoanContract,
                             Kind::kCreditStanding,
                             Kind::kPolicyNumber,
                             Kind::kPaymentToken,
                             Kind::kSubscriberId,
                             Kind::kLoginName,
                             Kind::kPersonalTraits,
                             Kind::kVehicleId,
                             Kind::kOldPermanentResidenceCard,
                             Kind::kMachineNumber,
                             Kind::kIpAddress,
                             Kind::kOneTimeCode,
                             Kind::kBusinessLicence,
                             Kind::kOrganisationCode,
                             Kind::kCompanyTaxId,
                             Kind::kSecurityAnswer};

// Numbers that others look like.
constexpr KindSet kByForm{Kind::kMobile, Kind::kLandline, Kind::kUnionPayCard,
                          Kind::kInternationalCard, Kind::kPermanentResidenceCard};

// By which a list of a bank's staff tells of them.
constexpr KindSet kContacts{Kind::kName,         Kind::kLatinName, Kind::kMobile, Kind::kLandline,
                            Kind::kForeignPhone, Kind::kEmail,     Kind::kWechat, Kind::kQq};

// 《袁隆平》: a film about one.
bool is_title_of_work(std::string_view text, const Span& name) {
  return text.substr(0, name.begin).ends_with("《") && text.substr(name.end).starts_with("》");
}

bool is_mark(char c) {
  return static_cast<unsigned char>(c) < 0x80 && !is_ascii_alnum(c) &&
         !std::string_view(" -._").contains(c);
}

// Whether records of plain text end there: with the line, or a row of SQL or JSON.
bool ends_record(std::string_view between) {
  bool opens = false;
  for (const char c : between) {
    if (c == '\n') return true;
    opens = opens || c == '(' || c == '{';
  }
  return opens && next_row(between) != std::string_view::npos;
}

// The answer to a question is labelled by it.
void label_answers(std::span<Answer> answers, std::span<Candidate> candidates) {
  const auto begin_of = [](const Answer& answer) { return answer.span.begin; };
  if (!std::ranges::is_sorted(answers, {}, begin_of)) std::ranges::sort(answers, {}, begin_of);
  auto candidate = candidates.begin();
  for (const Answer& answer : answers) {
    while (candidate != candidates.end() && candidate->span.begin < answer.span.begin) ++candidate;
    for (auto here = candidate; here != candidates.end() && here->span.begin == answer.span.begin;
         ++here) {
      const bool all = answer.span.size() == 0 || here->span.end == answer.span.end;
      if (all && answer.kinds.has(here->kind)) here->label = Label::kBeside;
    }
  }
}

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

}  // namespace

DocumentScan::DocumentScan(const Engine& engine, ScanState& state, Date today,
                           const text::Document& document, Take take)
    : engine_(engine),
      state_(state),
      take_(std::move(take)),
      where_(document.where),
      layout_(document, state.segments),
      finder_(engine, state, layout_, today),
      cells_(engine, state, layout_, today),
      judge_(engine, layout_),
      kinds_(engine, layout_, document.where),
      own_things_(layout_),
      gaps_(layout_) {
  if (state.traces != nullptr) tracer_.emplace(engine, layout_, document, today, *state.traces);
}

Status DocumentScan::run(const std::function<bool()>& stop) {
  const std::size_t size = layout_.text().size();
  for (std::size_t begin = 0; begin < size;) {
    const std::size_t end = chunk_end(begin);
    if (auto scanned = scan({begin, end}); !scanned) return scanned;
    begin = end;
    if (stop()) return {};
  }
  for (const Candidate& kind : kinds_.finish()) {
    if (tracer_) tracer_->added({&kind, 1}, Lead::kDocument);
    hand_on_kind(kind);
  }
  if (tracer_) tracer_->finish({size, size}, {});
  return {};
}

// Where nothing is cut in two: behind a line's end; else behind a mark that is in no number and no
// word; else where no digit is near; else, in text that holds no element, at a character.
std::size_t DocumentScan::chunk_end(std::size_t begin) const {
  const std::string_view text = layout_.text();
  if (text.size() - begin <= kChunk) return text.size();
  const std::size_t limit = begin + kChunk;
  const std::size_t line = text::find_last(text.substr(begin + kChunk / 2, kChunk / 2), '\n');
  if (line != std::string_view::npos) return begin + kChunk / 2 + line + 1;
  for (std::size_t end = limit; end > limit - kCutReach; --end) {
    if (is_mark(text[end - 1])) return end;
  }
  for (std::size_t end = limit; end > limit - kCutReach; --end) {
    const bool digits = std::ranges::any_of(text.substr(end - 8, 8), is_ascii_digit);
    if (!digits && !continues_character(text[end])) return end;
  }
  std::size_t end = limit;
  while (end > limit - 4 && continues_character(text[end])) --end;
  return end;
}

Status DocumentScan::scan(const Span& chunk) {
  if (auto found = finder_.find(chunk); !found) return found;
  keep_longest(state_.headings);
  kinds_.see_lines(state_.headings, chunk.begin);
  kinds_.see_lines(state_.keywords, chunk.begin);  // near what was found marks need not part them
  kinds_.see_rows(state_.keywords, chunk.begin);
  const std::size_t before_cells = state_.candidates.size();
  cells_.begin(chunk);
  judge_.read_rows(chunk, state_.keywords, [&](std::size_t cell) { cells_.read(cell, judge_); });
  judge_.read_inserts(chunk, state_.inserts, state_.keywords);
  judge_.read_tables(chunk, state_.keywords);
  cells_.read_inserted(chunk, judge_);
  cells_.read_tables(judge_);
  cells_.read_fields(chunk, judge_);
  cells_.read_below();
  cells_.read_answers();
  finder_.set_lead(before_cells, Lead::kCell);
  judge_all(chunk);
  add_names(chunk);
  keep_named();
  drop_nobodys_landlines();
  for (const Candidate& candidate : state_.candidates) hand_on(candidate);
  if (tracer_) tracer_->finish(chunk, state_.keywords);
  return {};
}

void DocumentScan::judge_all(const Span& chunk) {
  auto& candidates = state_.candidates;
  sort_by_begin(candidates);
  state_.shapes.add_doubts(layout_, candidates);
  label_answers(state_.answers, candidates);
  label_by_column(layout_, judge_, chunk, engine_, candidates);
  drop_chance_of_columns(layout_, chunk, candidates);
  LabelFinder labels(layout_.text(), engine_.vocabulary, state_.keywords);
  std::erase_if(candidates,
                [&](Candidate& candidate) { return judge(candidate, labels) != Fate::kReported; });
  keep_longest(candidates);
  if (tracer_) tracer_->sift(candidates, Fate::kInsideAnother);
  tell_company_accounts(engine_, layout_, candidates);
  if (tracer_) tracer_->retold(candidates);
  keep_accompanied(engine_, layout_, own_things_, candidates, state_.alone);
  if (tracer_) tracer_->sift(candidates, Fate::kDropped);
  if (std::ranges::any_of(candidates, may_be_vouched_for))
    for_each_record([&](std::span<Candidate> record) { vouch_for_numbers(engine_, record); });
  drop_numbers_of_lists();
  std::erase_if(candidates, [&](const Candidate& candidate) {
    return candidate.confidence < engine_.options.min_confidence;
  });
}

// Where a list's header calls them something else, numbers are telephones and cards only beside who
// has them.
void DocumentScan::drop_numbers_of_lists() {
  if (!layout_.table()) return;
  const auto alike = [](const Candidate& candidate) { return kByForm.has(candidate.kind); };
  const auto called_else = [&](const Candidate& candidate) {
    return alike(candidate) && candidate.denied && judge_.in_list(candidate);
  };
  if (std::ranges::none_of(state_.candidates, called_else)) return;
  for_each_record([&](std::span<Candidate> record) {
    const bool somebodys = std::ranges::any_of(record, [&](const Candidate& candidate) {
      const bool tells = candidate.kind == Kind::kName || engine_.facts(candidate.kind).identifies;
      return tells && (!alike(candidate) || candidate.label != Label::kNone);
    });
    if (somebodys) return;
    for (Candidate& candidate : record) {
      if (called_else(candidate)) candidate.confidence = 0;
    }
  });
  erase_dropped();
}

void DocumentScan::erase_dropped() {
  std::erase_if(state_.candidates,
                [](const Candidate& candidate) { return candidate.confidence == 0; });
  if (tracer_) tracer_->sift(state_.candidates, Fate::kDropped);
}

Fate DocumentScan::judge(Candidate& candidate, LabelFinder& labels) {
  Judgement judgement;
  Judgement* const asked = tracer_ ? &judgement : nullptr;
  Fate fate = Fate::kReported;
  if (!engine_.kinds.has(candidate.kind)) {
    fate = Fate::kNotAskedFor;
  } else if (candidate.span.begin < last_.end) {
    fate = Fate::kInsideAnother;
  } else if (!judge_.judge(candidate, labels, asked)) {
    fate = Fate::kNeedsLabel;
  }
  if (tracer_) tracer_->judged(candidate, fate, judgement);
  return fate;
}

template <class Take>
void DocumentScan::for_each_record(const Take& take) {
  const auto parted = [&](const Candidate& first, const Candidate& second) {
    return !on_one_record(first, second);
  };
  auto& all = state_.candidates;
  for (auto first = all.begin(); first != all.end();) {
    const auto last = std::ranges::adjacent_find(first, all.end(), parted);
    const auto end = last == all.end() ? last : std::next(last);
    take(std::span(first, end));
    first = end;
  }
}

// Beside identifying values of records that have none; and where they stand again.
void DocumentScan::add_names(const Span& chunk) {
  if (!engine_.kinds.has(Kind::kName)) return;
  state_.names.clear();
  for_each_record([&](std::span<const Candidate> record) { find_names_beside(record); });
  merge_names(Lead::kNeighbour);
  state_.names.clear();
  names_in_rows(layout_, state_.listed, state_.candidates,
                engine_.facts(Kind::kName).context - kRepeated, state_.names);
  merge_names(Lead::kNeighbour);
  names_again(layout_.text(), chunk, state_.candidates,
              engine_.facts(Kind::kName).context - kRepeated, state_.names);
  merge_names(Lead::kDocument);
  const auto films = std::erase_if(state_.candidates, [&](const Candidate& candidate) {
    return candidate.kind == Kind::kName && is_title_of_work(layout_.text(), candidate.span);
  });
  if (tracer_ && films > 0) tracer_->sift(state_.candidates, Fate::kDropped);
}

// Of three numbers and more of their length, four in five: no chance, where one number in five
// thousand passes. Years before 1930 are those of dates behind a code of an area, as contracts
// have.
bool DocumentScan::lists_old_ids() const {
  const auto is_one = [&](const Candidate& candidate) {
    return candidate.kind == Kind::kOldResidentId &&
           layout_.text(candidate.span).substr(6, 1) >= "3";
  };
  const auto ids = static_cast<std::uint32_t>(std::ranges::count_if(state_.alone, is_one));
  return ids >= kListed && ids * 5 >= state_.shapes.numbers(kOldIdDigits) * 4;
}

// What meant nothing alone means something where its record has a name now.
void DocumentScan::keep_named() {
  auto& candidates = state_.candidates;
  if (state_.alone.empty()) return;
  if (tracer_) tracer_->restored(state_.alone);
  candidates.insert(candidates.end(), state_.alone.begin(), state_.alone.end());
  sort_by_begin(candidates);
  const bool listed = lists_old_ids();
  for_each_record([&](std::span<Candidate> record) {
    if (std::ranges::find(record, Kind::kName, &Candidate::kind) != record.end()) return;
    for (Candidate& candidate : record) {
      const bool proven = listed && candidate.kind == Kind::kOldResidentId;
      if (candidate.alone && !proven) candidate.confidence = 0;
    }
  });
  erase_dropped();
  keep_longest(candidates);
}

// A landline that no label tells, or that is an office's, is somebody's only beside somebody.
void DocumentScan::drop_nobodys_landlines() {
  auto& candidates = state_.candidates;
  const auto nobodys = [&](const Candidate& candidate) {
    return candidate.kind == Kind::kLandline &&
           (candidate.label == Label::kNone || own_things_.is_offices(candidate));
  };
  if (std::ranges::none_of(candidates, nobodys)) return;
  for_each_record([&](std::span<Candidate> record) {
    const bool somebodys = std::ranges::any_of(record, [&](const Candidate& candidate) {
      return candidate.kind == Kind::kName || engine_.facts(candidate.kind).identifies;
    });
    if (somebodys) return;
    for (Candidate& candidate : record) {
      if (nobodys(candidate) && (candidate.label == Label::kNone || !stands_by_somebody(candidate)))
        candidate.confidence = 0;
    }
  });
  erase_dropped();
}

// Of a form, whose lines are of one customer.
bool DocumentScan::stands_by_somebody(const Candidate& landline) const {
  if (layout_.table()) return false;
  const auto& all = state_.candidates;
  const auto at = std::ranges::lower_bound(all, landline.span.begin, {},
                                           [](const Candidate& each) { return each.span.begin; });
  const auto is_somebody = [&](const Candidate& other) {
    return other.kind == Kind::kName || engine_.facts(other.kind).identifies;
  };
  for (auto before = at; before != all.begin();) {
    --before;
    if (before->span.end + kFormReach < landline.span.begin) break;
    if (is_somebody(*before)) return true;
  }
  for (auto behind = at; behind != all.end(); ++behind) {
    if (behind->span.begin > landline.span.end + kFormReach) break;
    if (is_somebody(*behind)) return true;
  }
  return false;
}

void DocumentScan::merge_names(Lead lead) {
  // A line above may be of the chunk before, whose names are handed on.
  std::erase_if(state_.names, [&](const Candidate& name) { return name.span.begin < last_.end; });
  if (state_.names.empty()) return;
  if (tracer_) tracer_->added(state_.names, lead);
  state_.candidates.insert(state_.candidates.end(), state_.names.begin(), state_.names.end());
  sort_by_begin(state_.candidates);
  keep_longest(state_.candidates);
}

// Whether nothing between the first and the second, behind it, ends a row or line.
bool DocumentScan::on_one_record(const Candidate& first, const Candidate& second) const {
  if (layout_.table()) {
    const auto a = layout_.segment_at(first.span.begin);
    const auto b = layout_.segment_at(second.span.begin);
    return a && b && layout_.same_row(*a, *b);
  }
  const std::size_t from = first.span.end;
  return !ends_record(layout_.text({from, std::max(from, second.span.begin)}));
}

void DocumentScan::find_names_beside(std::span<const Candidate> record) {
  KindSet kinds;
  for (const Candidate& candidate : record) kinds.add(candidate.kind);
  const bool named = kinds.has(Kind::kName);
  const bool listed = layout_.table() || !judge_.columns().separator().empty();
  const bool identified = kinds.has(Kind::kPassport) || !(kinds & engine_.identifying).empty();
  const bool somebodys = identified || !(kinds & kSomebodys).empty();
  std::optional<std::array<Span, 2>> lines;
  const auto lines_around = [&] {
    if (!lines)
      lines = lines_above_and_below(layout_.text(),
                                    {record.front().span.begin, record.back().span.end});
    return std::span<const Span>(*lines);
  };
  if (identified && !kinds.has(Kind::kLatinName) && engine_.kinds.has(Kind::kLatinName)) {
    const double latin = engine_.facts(Kind::kLatinName).context - kRepeated;
    const std::size_t before = state_.names.size();
    latin_names_beside(record, layout_, latin, state_.names);
    if (state_.names.size() == before && !named && !listed)
      latin_names_alone(lines_around(), layout_, latin, state_.names);
  }
  if ((named && (listed || !identified)) || !somebodys) return;
  const Verge verge = identified && !named ? Verge::kIdentified : Verge::kUncertain;
  const std::size_t before = state_.names.size();
  names_beside(record, layout_, judge_, engine_.facts(Kind::kName), verge, state_.names);
  if (state_.names.size() > before || verge != Verge::kIdentified || listed) return;
  names_alone(lines_around(), layout_, engine_.facts(Kind::kName).context - kRepeated,
              state_.names);
}

std::optional<double> DocumentScan::calibrated(const Candidate& candidate) {
  Calibrated& last = calibrated_[static_cast<std::size_t>(candidate.kind)];
  if (last.score != candidate.confidence || last.label != candidate.label)
    last = {candidate.label, candidate.confidence, engine_.calibrated(candidate)};
  return last.sure;
}

void DocumentScan::hand_on(const Candidate& candidate) {
  const auto sure = calibrated(candidate);
  if (!sure) return;
  const bool staff = own_things_.lists_staff() && kContacts.has(candidate.kind);
  take_({candidate, *sure, layout_.text(candidate.span), layout_.in_document(candidate.span),
         gaps_.before(candidate), layout_.table(), staff, own_things_.speaks_of_customers()});
  kinds_.see(candidate);
  last_ = candidate.span;
}

void DocumentScan::hand_on_kind(const Candidate& kind) {
  const auto sure = engine_.calibrated(kind);
  if (!sure) return;
  const std::string_view text = kind.span.size() == 0 ? where_ : layout_.text(kind.span);
  take_({kind, *sure, text, layout_.in_document(kind.span), Gap::kRecord, layout_.table()});
}

}  // namespace huxin::detect
