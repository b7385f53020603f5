#include "policy/retention/judge.hpp"

#include <algorithm>

namespace huxin::retention {
namespace {

using std::chrono::days;
constexpr std::chrono::hours kChina{8};
constexpr std::string_view kOtherwise = "personal_information";

template <class Range, class Value>
bool contains(const Range& range, const Value& value) {
  return std::ranges::find(range, value) != std::ranges::end(range);
}

bool is_record(const Record& record, const Subject& subject) {
  if (contains(subject.records, std::string_view(record.id))) return true;
  const auto met = [&](const std::vector<catalog::ElementId>& any_of) {
    return std::ranges::any_of(any_of, [&](auto id) { return contains(subject.elements, id); });
  };
  return !record.means.empty() && std::ranges::all_of(record.means, met);
}

Reading read(const Record& record, Time newest, Time now) {
  Reading reading{.record = &record};
  if (record.keep.unit == Term::Unit::kOpen) {
    reading.outcome = record.basis == Basis::kHold ? Outcome::kHold : Outcome::kFreeze;
  } else if (record.keep.unit != Term::Unit::kNone) {
    reading.until = end_of(record.keep, newest);
    if (now < *reading.until) reading.outcome = Outcome::kFreeze;
  }
  return reading;
}

/// Does this clock keep a file longer than that one? An open term is longer than any.
bool longer(const Reading& a, const Reading& b) {
  if (a.outcome != b.outcome) return a.outcome > b.outcome;
  if (a.outcome == Outcome::kDelete) return false;
  if (a.until.has_value() != b.until.has_value()) return !a.until;
  return a.until > b.until;
}

}  // namespace

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDelete:
      return "delete";
    case Outcome::kFreeze:
      return "freeze";
    case Outcome::kHold:
      return "hold";
  }
  return "hold";
}

Time end_of(const Term& term, Time from) {
  const auto first = std::chrono::floor<days>(from + kChina);
  std::chrono::year_month_day last{first};
  switch (term.unit) {
    case Term::Unit::kNone:
    case Term::Unit::kOpen:
      return from;
    case Term::Unit::kDays:
      return Time(first + days(term.count + 1)) - kChina;
    case Term::Unit::kMonths:
      last += std::chrono::months(term.count);
      break;
    case Term::Unit::kYears:
      last += std::chrono::years(term.count);
      break;
  }
  if (!last.ok()) last = last.year() / last.month() / std::chrono::last;
  return Time(std::chrono::sys_days(last) + days(1)) - kChina;
}

Judgement judge(const Table& table, const Subject& subject, Time now) {
  Judgement judgement;
  for (const Record& record : table.records()) {
    if (!is_record(record, subject)) continue;
    judgement.readings.push_back(read(record, subject.newest, now));
    if (record.at_once) judgement.at_once.push_back(&record);
  }
  const Record* const otherwise = table.find(kOtherwise);
  if (judgement.readings.empty() && otherwise != nullptr)
    judgement.readings.push_back(read(*otherwise, subject.newest, now));
  if (subject.on_hold) {
    judgement.outcome = Outcome::kHold;
    return judgement;
  }
  if (judgement.readings.empty()) return judgement;
  const Reading& longest = *std::ranges::max_element(
      judgement.readings, [](const Reading& a, const Reading& b) { return longer(b, a); });
  judgement.outcome = longest.outcome;
  if (longest.outcome == Outcome::kDelete) return judgement;
  judgement.until = longest.until;
  judgement.decisive = longest.record;
  return judgement;
}

}  // namespace huxin::retention
