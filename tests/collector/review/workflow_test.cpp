#include "collector/review/workflow.hpp"

#include <catch2/catch_test_macros.hpp>

namespace huxin::review {
namespace {

using enum store::CaseState;

const Time kNow{std::chrono::milliseconds(1'772'000'000'000)};
const std::vector<std::string> kSteps{"a.one", "a.two"};

store::Case in_state(store::CaseState state) {
  store::Case made;
  made.id = "C-000001";
  made.version = 4;
  made.title = "客户名单外传";
  made.state = state;
  made.severity = 2;
  made.owner = "li.wei";
  made.due = kNow + std::chrono::hours(72);
  made.incidents = {"aa"};
  if (state == kClosed) {
    made.closed = kNow;
    made.verdict = "test";
  }
  return made;
}

std::string outcome(const store::Case& before, const CaseChange& change,
                    const std::vector<std::string>& steps = {}) {
  const auto changed = change_case(before, change, steps, "wang.fang", kNow);
  return changed ? std::string(to_string(changed->after.state)) : std::string(changed.error());
}

TEST_CASE(
    "A case goes from open through investigating and waiting to closed, and back only by "
    "reopening") {
  struct Row {
    store::CaseState from, to;
    const char* result;
  };
  const std::vector<Row> rows{
      {kOpen, kInvestigating, "investigating"},
      {kOpen, kWaiting, "waiting"},
      {kOpen, kClosed, "closed"},
      {kInvestigating, kWaiting, "waiting"},
      {kInvestigating, kOpen, "bad_transition"},
      {kInvestigating, kClosed, "closed"},
      {kWaiting, kInvestigating, "investigating"},
      {kWaiting, kOpen, "bad_transition"},
      {kWaiting, kClosed, "closed"},
      {kClosed, kInvestigating, "investigating"},
      {kClosed, kOpen, "bad_transition"},
      {kClosed, kWaiting, "bad_transition"},
  };
  for (const Row& row : rows) {
    INFO(to_string(row.from) << " to " << to_string(row.to));
    CaseChange change{.state = row.to, .note = "因为"};
    if (row.to == kClosed) change.verdict = "permitted";
    CHECK(outcome(in_state(row.from), change) == row.result);
  }
}

TEST_CASE("Closing needs a verdict and a note, and as confirmed every step done") {
  const store::Case before = in_state(kInvestigating);
  CHECK(outcome(before, {.state = kClosed, .note = "因为"}) == "verdict_needed");
  CHECK(outcome(before, {.state = kClosed, .verdict = "guilty", .note = "因为"}) ==
        "verdict_needed");
  CHECK(outcome(before, {.state = kClosed, .verdict = "confirmed"}) == "note_needed");
  CHECK(outcome(before, {.verdict = "confirmed", .note = "因为"}) == "bad_transition");
  const CaseChange confirmed{.state = kClosed, .verdict = "confirmed", .note = "因为"};
  CHECK(outcome(before, confirmed) == "closed");
  CHECK(outcome(before, confirmed, kSteps) == "steps_open");
  CHECK(outcome(before, {.state = kClosed, .verdict = "false_alarm", .note = "误报"}, kSteps) ==
        "closed");
  store::Case done = before;
  done.marks = {{"step", "a.one", "li.wei", kNow}};
  CHECK(outcome(done, confirmed, kSteps) == "steps_open");
  CaseChange last = confirmed;
  last.step = "a.two";
  last.done = true;
  CHECK(outcome(done, last, kSteps) == "closed");
}

TEST_CASE("A closed case takes nothing but its reopening, which takes the verdict back") {
  const store::Case before = in_state(kClosed);
  CHECK(outcome(before, {.owner = "zhao"}) == "case_closed");
  CHECK(outcome(before, {.note = "补充"}) == "case_closed");
  CHECK(outcome(before, {.state = kClosed, .verdict = "test", .note = "x"}) == "case_closed");
  CHECK(outcome(before, {.state = kInvestigating}) == "note_needed");
  const auto reopened =
      change_case(before, {.state = kInvestigating, .note = "新线索"}, {}, "w", kNow);
  REQUIRE(reopened);
  CHECK(reopened->after.verdict.empty());
  CHECK_FALSE(reopened->after.closed);
}

TEST_CASE(
    "Every difference is one line of history with who, when, from and to; sameness is refused") {
  const store::Case before = in_state(kOpen);
  const auto changed = change_case(before,
                                   {.state = kInvestigating,
                                    .owner = "zhao.min",
                                    .severity = 1,
                                    .due = kNow + std::chrono::hours(24),
                                    .note = "升级",
                                    .step = "a.one",
                                    .done = true,
                                    .report = "nfra",
                                    .incidents = {"aa", "bb"}},
                                   kSteps, "wang.fang", kNow);
  REQUIRE(changed);
  std::string lines;
  for (const store::CaseEvent& event : changed->events) {
    CHECK(event.by == "wang.fang");
    CHECK(event.time == kNow);
    lines += fmt::format("{}:{}>{} ", event.what, event.from, event.to);
  }
  CHECK(lines ==
        "state:open>investigating owner:li.wei>zhao.min severity:S2>S1 "
        "due:2026-02-28T06:13:20.000Z>2026-02-26T06:13:20.000Z step:>a.one report:>nfra "
        "incident:>bb ");
  CHECK(changed->events.front().text == "升级");
  CHECK(changed->after.incidents == std::vector<std::string>{"aa", "bb"});
  CHECK(outcome(before, {}) == "nothing_changed");
  CHECK(outcome(before, {.owner = "li.wei"}) == "nothing_changed");
  CHECK(outcome(before, {.step = "a.one", .done = false}) == "nothing_changed");
  CHECK(outcome(before, {.due = kNow}) == "note_needed");
  const auto noted = change_case(before, {.note = "只是备注"}, {}, "w", kNow);
  REQUIRE(noted);
  CHECK(noted->events.front().what == "note");
  store::Case undone = before;
  undone.marks = {{"step", "a.one", "li.wei", kNow}};
  const auto taken_back = change_case(undone, {.step = "a.one"}, {}, "w", kNow);
  REQUIRE(taken_back);
  CHECK(taken_back->after.marks.empty());
  CHECK(taken_back->events.front().what == "step_undone");
}

}  // namespace
}  // namespace huxin::review
