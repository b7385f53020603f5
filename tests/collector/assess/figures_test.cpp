#include "collector/assess/figures.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/assess/inputs.hpp"

namespace huxin::assess {
namespace {

const Period kMarch = *Period::from("2026-03");
constexpr std::int64_t kHour = 3'600'000;

std::int64_t day(int of_month) { return bank_day(kMarch.begin()) + of_month - 1; }
Time at(int of_month, int hour) { return day_begin(day(of_month)) + std::chrono::hours(hour); }

PresenceDay present(int of_month, int from = 9, int to = 17, std::uint64_t not_inspected = 0) {
  const std::int64_t on = (to - from) * kHour;
  return {day(of_month), at(of_month, from), at(of_month, to), on, on, not_inspected};
}

TerminalFact terminal(std::string id, std::string branch, std::vector<PresenceDay> days) {
  TerminalFact fact;
  fact.id = std::move(id);
  fact.branch = std::move(branch);
  fact.enrolled = at(1, 0);
  fact.days = std::move(days);
  return fact;
}

/// Five working days, 2 to 6 March; the month is over.
std::vector<PresenceDay> week() {
  return {present(2), present(3), present(4), present(5), present(6)};
}

Facts bank() {
  Facts facts;
  facts.period = kMarch;
  facts.until = kMarch.end();
  facts.branches = {{"a", "甲", "", "x"}, {"b", "乙", "", "y"}};
  facts.terminals = {terminal("T-1", "a", week()), terminal("T-2", "a", week()),
                     terminal("T-3", "b", week())};
  return facts;
}

Figure figure(const Facts& facts, const std::string& branch, std::string_view name,
              Domain domain = Domain::kCredit) {
  BranchFigures measured = measure(facts, branch, Model::builtin());
  for (Figure& each : measured.at(static_cast<std::size_t>(domain))) {
    if (each.name == name) return each;
  }
  return {};
}

using Fraction = std::pair<std::int64_t, std::int64_t>;
Fraction of(const Figure& figure) { return {figure.numerator, figure.denominator}; }

TEST_CASE("A terminal is live that was heard on most of the bank's working days") {
  struct Row {
    const char* why;
    std::function<void(Facts&)> change;
    Fraction live;
  };
  for (const Row& row : {
           Row{"all days", [](Facts&) {}, {2, 2}},
           Row{"four of five is 80 %", [](Facts& f) { f.terminals[0].days.pop_back(); }, {2, 2}},
           Row{"three of five is not", [](Facts& f) { f.terminals[0].days.resize(3); }, {1, 2}},
           Row{"never heard", [](Facts& f) { f.terminals[0].days.clear(); }, {1, 2}},
           Row{"revoked before the end: no longer enrolled",
               [](Facts& f) { f.terminals[0].revoked = at(20, 0); },
               {1, 1}},
           Row{"enrolled on the last working day, and heard on it",
               [](Facts& f) {
                 f.terminals[0].enrolled = at(6, 8);
                 f.terminals[0].days = {present(6)};
               },
               {2, 2}},
           Row{"enrolled after the last working day: nothing to say of it",
               [](Facts& f) {
                 f.terminals[0].enrolled = at(9, 8);
                 f.terminals[0].days.clear();
               },
               {1, 1}},
           Row{"a Saturday on which one of three came in is a working day, one of five is not",
               [](Facts& f) {
                 f.terminals[2].days.push_back(present(7));
                 f.terminals.push_back(terminal("T-4", "b", week()));
                 f.terminals.push_back(terminal("T-5", "b", week()));
               },
               {2, 2}},
           Row{"only told of what it could not inspect that day: a report is no heartbeat",
               [](Facts& f) {
                 for (PresenceDay& each : f.terminals[0].days)
                   each = PresenceDay{.day = each.day, .not_inspected = 1};
               },
               {1, 2}},
       }) {
    INFO(row.why);
    Facts facts = bank();
    row.change(facts);
    CHECK(of(figure(facts, "a", "live")) == row.live);
  }
}

TEST_CASE(
    "While the month runs, a terminal that fell silent hours before the bank did is not live") {
  Facts facts = bank();
  facts.until = at(6, 18);
  facts.terminals[0].days.back() = present(6, 9, 12);
  CHECK(of(figure(facts, "a", "live")) == Fraction{1, 2});
  facts.terminals[0].days.back() = present(6, 9, 14);
  CHECK(of(figure(facts, "a", "live")) == Fraction{2, 2});
  const Figure live = figure(facts, "a", "live");
  REQUIRE(live.counted.size() == 2);
  CHECK(live.counted[0].of.id == "T-1");
  CHECK(live.counted[0].of.note == "5/5 天 days");
}

TEST_CASE("A bank whose terminals all fell silent has no working day, and so no data") {
  Facts facts = bank();
  for (TerminalFact& each : facts.terminals) each.days.clear();
  CHECK_FALSE(figure(facts, "a", "live").has_data());
  CHECK_FALSE(figure(facts, "a", "hours").has_data());
  CHECK(working_days(facts, Model::builtin()).empty());
}

TEST_CASE("Hours are watched while the terminal is heard and no channel is in trouble") {
  Facts facts = bank();
  facts.terminals[0].days[0].watched_ms = 2 * kHour;
  CHECK(of(figure(facts, "a", "hours")) == Fraction{(40 + 40 - 6) * 3600, 80 * 3600});
}

TEST_CASE("Coverage sets what was inspected against what terminals said they could not") {
  Facts facts = bank();
  CHECK_FALSE(figure(facts, "a", "coverage").has_data());
  facts.terminals[0].days[0].not_inspected = 3;
  IncidentFact incident;
  incident.terminal = "T-1";
  incident.branch = "a";
  facts.incidents = {incident, incident};
  incident.inspected = false;
  facts.incidents.push_back(incident);
  CHECK(of(figure(facts, "a", "coverage")) == Fraction{2, 5});
  facts.inventories = {{"T-2", "a", at(5, 12), true, 100, 5, 0, {}}};
  CHECK(of(figure(facts, "a", "coverage")) == Fraction{97, 105});
  CHECK_FALSE(figure(facts, "b", "coverage").has_data());
}

CaseFact confirmed(std::string id, std::vector<Domain> domains, int hours, bool leak = true) {
  CaseFact one;
  one.id = std::move(id);
  one.branch = "a";
  one.domains = std::move(domains);
  one.severity = 2;
  one.discovered = at(10, 0);
  one.reviewed = at(10, 0) + std::chrono::hours(hours);
  if (leak) one.confirmed = one.reviewed;
  return one;
}

TEST_CASE("Leaks and review times are counted in the domains of their incidents") {
  Facts facts = bank();
  facts.staff = {{"1", "张", "a", "", false, false, std::nullopt},
                 {"2", "李", "a", "", false, false, day(15)},  // left within the month
                 {"3", "王", "b", "", false, false, std::nullopt}};
  CHECK_FALSE(figure(facts, "a", "leaks").kept);  // no cases are kept: no data, not none
  CHECK_FALSE(figure(facts, "a", "leaks").has_data());
  facts.cases = {confirmed("C-1", {Domain::kCredit}, 10), confirmed("C-2", {Domain::kCredit}, 30),
                 confirmed("C-3", {Domain::kIt}, 5, false),
                 confirmed("C-4", {Domain::kCredit}, 24 * 40)};  // reviewed in April
  CHECK(of(figure(facts, "a", "leaks")) == Fraction{2, 1});
  CHECK(of(figure(facts, "a", "leaks", Domain::kIt)) == Fraction{0, 1});
  CHECK(of(figure(facts, "a", "review")) == Fraction{(10 + 30) * 60, 120});  // median 20 hours
  CHECK(of(figure(facts, "a", "review", Domain::kIt)) == Fraction{5 * 60, 60});
  CHECK_FALSE(figure(facts, "a", "review", Domain::kAml).has_data());
  CHECK(of(figure(facts, "b", "leaks")) == Fraction{0, 1});
}

TEST_CASE("Destruction is on time by its due day, and a rectification until its day is over") {
  Facts facts = bank();
  DestructionFact order{"O-1", "a", "X-1", {}, at(10, 0), at(9, 0), true, true, false};
  facts.destructions = {order};
  order.done = at(11, 0);
  facts.destructions->push_back(order);
  order.done.reset();
  facts.destructions->push_back(order);
  order.due = kMarch.end() + std::chrono::hours(1);
  facts.destructions->push_back(order);  // due in April
  CHECK(of(figure(facts, "a", "destroyed")) == Fraction{1, 3});

  Rectification entry;
  entry.branch = "a";
  entry.domains = {Domain::kIt};
  entry.due = day(20);
  entry.state = "open";
  facts.rectifications = {entry};
  CHECK(of(figure(facts, "a", "overdue", Domain::kIt)) == Fraction{1, 1});
  CHECK_FALSE(figure(facts, "a", "overdue", Domain::kCredit).has_data());
  entry.reported = at(20, 23);
  facts.rectifications = {entry};
  CHECK(of(figure(facts, "a", "overdue", Domain::kIt)) == Fraction{0, 1});
  entry.reported = at(21, 0);
  facts.rectifications = {entry};
  CHECK(of(figure(facts, "a", "overdue", Domain::kIt)) == Fraction{1, 1});
  entry.due = day(31);
  facts.rectifications = {entry};
  facts.until = at(31, 12);
  CHECK_FALSE(figure(facts, "a", "overdue", Domain::kIt).has_data());  // today is not over
}

TEST_CASE("A drill-down lists so much and counts the rest") {
  Figure figure;
  for (std::size_t i = 0; i < kMostCounted + 5; ++i)
    figure.count({{"terminal", "T", "", false}, true});
  CHECK(figure.counted.size() == kMostCounted);
  CHECK(figure.more == 5);
}

Inspection visit(std::uint64_t id, const char* period, std::vector<Domain> domains,
                 std::vector<std::pair<int, Verdict>> answers) {
  Inspection made;
  made.id = id;
  made.branch = "a";
  made.period = *Period::from(period);
  made.domains = std::move(domains);
  made.items_version = Items::builtin().version();
  made.submitted = at(1, 0);
  for (const auto& [item, verdict] : answers) {
    Answer answer;
    answer.item = item;
    answer.verdict = verdict;
    made.answers.push_back(answer);
  }
  return made;
}

TEST_CASE("The newest inspection of the last twelve months counts, domain by domain") {
  using enum Verdict;
  Facts facts = bank();
  facts.inspections = {
      visit(1, "2025-03", {Domain::kIt}, {{32, kPass}}),
      visit(2, "2025-04", {Domain::kCredit, Domain::kAml}, {{7, kFail}, {28, kPass}}),
      visit(3, "2026-02", {Domain::kCredit}, {{7, kPass}, {12, kPass}}),
      visit(4, "2026-04", {Domain::kCredit}, {{7, kFail}})};
  const auto items = [](const std::string&) { return &Items::builtin(); };
  const Inputs inputs = gather(facts, Model::builtin(), items);
  const auto& of_a = inputs.find("a")->domains;
  CHECK(of_a[0].inspection == 3);
  REQUIRE(of_a[0].answers.size() == 1);  // item 12 is of payment
  CHECK(of_a[0].answers[0].verdict == kPass);
  CHECK(of_a[1].inspection == 0);  // payment was never inspected
  CHECK(of_a[2].inspection == 2);
  CHECK(of_a[3].inspection == 0);  // thirteen months ago
  CHECK(inputs.find("b")->domains[0].inspection == 0);
  CHECK(inputs.find("c") == nullptr);
}

TEST_CASE("A finding that the inspection before had too is repeated, in its own month alone") {
  using enum Verdict;
  Facts facts = bank();
  facts.inspections = {
      visit(1, "2026-01", {Domain::kCredit}, {{7, kFail}, {8, kFail}, {10, kPass}}),
      visit(2, "2026-03", {Domain::kCredit}, {{7, kPartial}, {8, kPass}, {10, kFail}})};
  const auto items = [](const std::string&) { return &Items::builtin(); };
  const Inputs inputs = gather(facts, Model::builtin(), items);
  REQUIRE(inputs.find("a")->deductions.size() == 1);
  CHECK(inputs.find("a")->deductions[0].kind == "repeat_finding");
  CHECK(inputs.find("a")->deductions[0].reason.starts_with("7 "));
  facts.inspections.push_back(facts.inspections[1]);  // looked at again in the same month
  facts.inspections[2].id = 3;
  facts.inspections[0].period = kMarch;
  CHECK(gather(facts, Model::builtin(), items).find("a")->deductions.empty());
  facts.period = kMarch.next();
  facts.until = facts.period.end();
  CHECK(gather(facts, Model::builtin(), items).find("a")->deductions.empty());
}

}  // namespace
}  // namespace huxin::assess
