#include "policy/retention/judge.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::retention {
namespace {

using catalog::ElementId;

Time at(std::string_view text) { return from_rfc3339(text).value(); }
std::vector<ElementId> ids(std::initializer_list<int> numbers) {
  std::vector<ElementId> elements;
  for (const int number : numbers) elements.push_back(static_cast<ElementId>(number));
  return elements;
}

}  // namespace

TEST_CASE("a term ends with the corresponding day, whole, in the time of China") {
  using enum Term::Unit;
  struct Row {
    const char* reason;
    Term term;
    const char* from;
    const char* end;
  };
  const Row rows[] = {
      {"ten years to the day, and that day counts",
       {kYears, 10},
       "2016-03-01T08:00:00Z",
       "2026-03-01T16:00:00Z"},
      {"after 16:00 UTC it is the next day in China",
       {kYears, 10},
       "2016-03-01T16:00:00Z",
       "2026-03-02T16:00:00Z"},
      {"one millisecond before, it is not",
       {kYears, 10},
       "2016-03-01T15:59:59.999Z",
       "2026-03-01T16:00:00Z"},
      {"a leap day, and no leap year ten years on",
       {kYears, 10},
       "2016-02-29T10:00:00Z",
       "2026-02-28T16:00:00Z"},
      {"a leap day, and a leap year four years on",
       {kYears, 4},
       "2016-02-29T10:00:00Z",
       "2020-02-29T16:00:00Z"},
      {"no leap day where none was meant",
       {kYears, 3},
       "2025-02-28T10:00:00Z",
       "2028-02-28T16:00:00Z"},
      {"six months from the end of August",
       {kMonths, 6},
       "2025-08-31T01:00:00Z",
       "2026-02-28T16:00:00Z"},
      {"six months into a leap February",
       {kMonths, 6},
       "2027-08-30T01:00:00Z",
       "2028-02-29T16:00:00Z"},
      {"six months over the turn of the year",
       {kMonths, 6},
       "2025-10-15T01:00:00Z",
       "2026-04-15T16:00:00Z"},
      {"days", {kDays, 3}, "2026-02-27T01:00:00Z", "2026-03-02T16:00:00Z"},
      {"the day China begins a year before UTC does",
       {kYears, 1},
       "2025-12-31T16:00:00Z",
       "2027-01-01T16:00:00Z"},
      {"no term", {kNone, 0}, "2026-02-27T01:00:00Z", "2026-02-27T01:00:00Z"},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    CHECK(to_rfc3339(end_of(row.term, at(row.from))) == to_rfc3339(at(row.end)));
  }
}

TEST_CASE("the longest minimum wins, a hold refuses, and only what no minimum keeps may go") {
  using enum Outcome;
  struct Row {
    const char* reason;
    std::initializer_list<int> elements;
    const char* newest;
    const char* now;
    bool hold;
    Outcome outcome;
    const char* until;
    const char* decisive;
    const char* at_once;
  };
  const Row rows[] = {
      {"nothing found: no known kind of record",
       {},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"names and mobiles: personal information generally",
       {25, 27},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"a card list is no record either",
       {25, 27, 40},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"name, identity card and mobile, no address: not yet an identification record",
       {1, 25, 27},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"name, identity card, mobile and address: identification, ten years",
       {1, 25, 27, 34},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2036-01-01T16:00:00Z",
       "customer_identification",
       ""},
      {"with a passport and a landline as well",
       {6, 25, 29, 34},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2036-01-01T16:00:00Z",
       "customer_identification",
       ""},
      {"the last moment of its last day",
       {1, 25, 27, 34},
       "2016-01-01T00:00:00Z",
       "2026-01-01T15:59:59.999Z",
       false,
       kFreeze,
       "2026-01-01T16:00:00Z",
       "customer_identification",
       ""},
      {"the first moment after it",
       {1, 25, 27, 34},
       "2016-01-01T00:00:00Z",
       "2026-01-01T16:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"from a leap day, its last day",
       {65},
       "2016-02-29T00:00:00Z",
       "2026-02-28T15:00:00Z",
       false,
       kFreeze,
       "2026-02-28T16:00:00Z",
       "transaction_records",
       ""},
      {"from a leap day, the day after",
       {65},
       "2016-02-29T00:00:00Z",
       "2026-02-28T16:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"a credit report: no minimum",
       {1, 25, 69},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       ""},
      {"a credit authorisation: nobody can say until when",
       {1, 25, 70},
       "2000-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "",
       "credit_authorisation",
       ""},
      {"an open term outlasts ten years",
       {65, 70},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "",
       "credit_authorisation",
       ""},
      {"a suspicious-transaction report: ten years",
       {71},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2036-01-01T16:00:00Z",
       "aml_reports",
       ""},
      {"a recording: six months",
       {76},
       "2025-08-31T00:00:00Z",
       "2026-02-28T00:00:00Z",
       false,
       kFreeze,
       "2026-02-28T16:00:00Z",
       "recordings",
       ""},
      {"a recording with a statement beside it: the longer of the two",
       {65, 76},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2036-01-01T16:00:00Z",
       "transaction_records",
       ""},
      {"six months over, ten years not",
       {65, 76},
       "2020-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2030-01-01T16:00:00Z",
       "transaction_records",
       ""},
      {"track data: no minimum, and must not be kept at all",
       {40, 43},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       "card_authentication"},
      {"passwords likewise",
       {49},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kDelete,
       "",
       "",
       "authentication_data"},
      {"track data in a statement: the statement's minimum wins, and the verdict names the track",
       {43, 65},
       "2026-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2036-01-01T16:00:00Z",
       "transaction_records",
       "card_authentication"},
      {"a hold refuses what could go",
       {25, 27},
       "2000-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       true,
       kHold,
       "",
       "",
       ""},
      {"a hold refuses even what must not be kept",
       {43},
       "2000-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       true,
       kHold,
       "",
       "",
       "card_authentication"},
      {"a hold outlasts every term",
       {1, 25, 27, 34},
       "2000-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       true,
       kHold,
       "",
       "",
       ""},
      {"a file from the future is kept from its own time on",
       {65},
       "2027-01-01T00:00:00Z",
       "2026-01-02T00:00:00Z",
       false,
       kFreeze,
       "2037-01-01T16:00:00Z",
       "transaction_records",
       ""},
  };
  for (const Row& row : rows) {
    INFO(row.reason);
    const auto elements = ids(row.elements);
    const Judgement judged =
        judge(Table::builtin(),
              {.elements = elements, .newest = at(row.newest), .on_hold = row.hold}, at(row.now));
    CHECK(to_string(judged.outcome) == to_string(row.outcome));
    CHECK((judged.until ? to_rfc3339(*judged.until) : "") ==
          (*row.until ? to_rfc3339(at(row.until)) : ""));
    CHECK((judged.decisive ? judged.decisive->id : "") == row.decisive);
    CHECK((judged.at_once.empty() ? "" : judged.at_once[0]->id) == row.at_once);
    CHECK_FALSE(judged.readings.empty());
  }
}

TEST_CASE("a file registered as a kind of record is one, whatever was found in it") {
  const std::string_view records[] = {"network_logs", "aml_investigation"};
  const Subject logs{
      .elements = {}, .records = std::span(records).first(1), .newest = at("2026-01-15T00:00:00Z")};
  const Judgement kept = judge(Table::builtin(), logs, at("2026-07-15T00:00:00Z"));
  CHECK(kept.outcome == Outcome::kFreeze);
  CHECK(kept.until == at("2026-07-15T16:00:00Z"));
  const Subject open{.elements = {}, .records = records, .newest = at("2000-01-15T00:00:00Z")};
  const Judgement held = judge(Table::builtin(), open, at("2026-07-15T00:00:00Z"));
  CHECK(held.outcome == Outcome::kHold);
  CHECK(held.decisive->id == "aml_investigation");
  CHECK(held.readings.size() == 2);
}

}  // namespace huxin::retention
