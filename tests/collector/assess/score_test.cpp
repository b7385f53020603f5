#include "collector/assess/score.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/assess/snapshot.hpp"

namespace huxin::assess {
namespace {

AnswerInput answer(int item, Verdict verdict) {
  const Item* const known = Items::builtin().find(item);
  return {item, known->weight, known->zh, known->en, verdict, {}, 1, 0, {}};
}

Figure figure(std::string name, std::int64_t numerator, std::int64_t denominator) {
  return {std::move(name), numerator, denominator, true, {}, 0};
}

using enum Verdict;

// A WORKED EXAMPLE, computed by hand under model 2026.1
// ------------------------------------------------------
// 南京路支行, one month. Shares in ten-thousandths; every step rounds half up once.
//
// Monitoring. Live, hours and coverage are the branch's and the same in each domain.
//
//   figure     weight  numerator / denominator      value      share
//   live          3    9 / 10                       90 %        9000
//   hours         2    1,105,920 s / 1,152,000 s    96 %        9600
//   coverage      2    7,000 / 8,000                87.5 %      8750
//   destroyed     1    (nothing was due)            no data        —
//   review        1    credit: 2,880 min / 60       48 h       (48-168)/(24-168) = 120/144 = 8333
//   leaks         2    credit: 1 / 40               2.5        (2.5-5)/(0-5) = 0.5         = 5000
//                      others: 0 / 40               0                                       10000
//   overdue       1    it: 1 / 3                    33.33 %    (100/3-50)/(0-50) = 1/3     = 3333
//                      others: (nothing fell due)   no data        —
//
//   credit   (3×9000 + 2×9600 + 2×8750 + 1×8333 + 2×5000) / (3+2+2+1+2)
//            = (27000 + 19200 + 17500 + 8333 + 10000) / 10 = 82033 / 10 = 8203.3 → 8203
//            smallest gate: live 9000; 8203 is under it
//   payment, aml
//            (27000 + 19200 + 17500 + 2×10000) / (3+2+2+2) = 83700 / 9 = 9300
//            the gate holds it down: 9000
//   it       (27000 + 19200 + 17500 + 20000 + 1×3333) / (3+2+2+2+1) = 87033 / 10 = 8703.3 → 8703
//
// On site. Weights are those of items.yaml.
//
//   credit    item 1 w3 合格, 2 w2 部分合格, 5 w3 合格, 7 w1 不合格, 8 w2 不适用 (drops out)
//             (3×10000 + 2×5000 + 3×10000 + 1×0) / (3+2+3+1) = 70000 / 9 = 7777.8 → 7778
//   payment   item 12 w3 合格, 17 w1 部分合格
//             (30000 + 5000) / 4 = 8750
//   aml       item 21 w3 部分合格, 24 w3 合格, 28 w1 合格
//             (15000 + 30000 + 10000) / 7 = 55000 / 7 = 7857.1 → 7857
//   it        item 30 w3 合格, 34 w2 合格, 32 w1 合格
//             60000 / 6 = 10000
//
// Domains, half and half.
//
//   credit    (7778 + 8203) / 2 = 7990.5 → 7991     × 25 = 199,775 = 19.9775 points
//   payment   (8750 + 9000) / 2 = 8875               × 25 = 221,875 = 22.1875 points
//   aml       (7857 + 9000) / 2 = 8428.5 → 8429     × 25 = 210,725 = 21.0725 points
//   it        (10000 + 8703) / 2 = 9351.5 → 9352    × 25 = 233,800 = 23.3800 points
//   earned                                                  866,175 = 86.6175 points
//
// Deductions: one confirmed S2 −5, one repeated finding −3: 8 points. 866,175 − 80,000 = 786,175:
// 78.6175 points, shown 78.62, band C 一般 (70 to 80).
BranchInput nanjing_road() {
  BranchInput input;
  input.branch = {"31-01", "南京路支行", "31", "李芳"};
  for (const Domain domain : kDomains) {
    DomainInput& into = input.domains.at(static_cast<std::size_t>(domain));
    into.domain = domain;
    into.inspection = 1;
    const bool credit = domain == Domain::kCredit;
    into.figures = {
        figure("live", 9, 10),
        figure("hours", 1'105'920, 1'152'000),
        figure("coverage", 7'000, 8'000),
        figure("destroyed", 0, 0),
        figure("review", credit ? 2'880 : 0, credit ? 60 : 0),
        figure("leaks", credit ? 1 : 0, 40),
        figure("overdue", domain == Domain::kIt ? 1 : 0, domain == Domain::kIt ? 3 : 0)};
  }
  input.domains[0].answers = {answer(1, kPass), answer(2, kPartial), answer(5, kPass),
                              answer(7, kFail), answer(8, kNotApplicable)};
  input.domains[1].answers = {answer(12, kPass), answer(17, kPartial)};
  input.domains[2].answers = {answer(21, kPartial), answer(24, kPass), answer(28, kPass)};
  input.domains[3].answers = {answer(30, kPass), answer(34, kPass), answer(32, kPass)};
  input.deductions = {{"s2", "", {{"case", "C-1", "", false}}},
                      {"repeat_finding", "7 纸质征信报告加锁、登记", {}}};
  return input;
}

TEST_CASE("The worked example comes to what was computed by hand") {
  const std::vector<BranchScore> scores =
      score({"2026-03", "2026-03-31T16:00:00.000Z", {nanjing_road()}}, Model::builtin());
  REQUIRE(scores.size() == 1);
  const BranchScore& total = scores[0];
  struct Row {
    Share on_site, monitoring, share;
    std::int64_t points;
    bool gated;
  };
  const std::array<Row, 4> by_hand{{{7778, 8203, 7991, 199'775, false},
                                    {8750, 9000, 8875, 221'875, true},
                                    {7857, 9000, 8429, 210'725, true},
                                    {10'000, 8703, 9352, 233'800, false}}};
  for (std::size_t i = 0; i < by_hand.size(); ++i) {
    INFO(in_english(kDomains.at(i)));
    const DomainScore& domain = total.domains.at(i);
    CHECK(domain.on_site == by_hand[i].on_site);
    CHECK(domain.monitoring == by_hand[i].monitoring);
    CHECK(domain.share == by_hand[i].share);
    CHECK(domain.points == by_hand[i].points);
    CHECK(domain.gated == by_hand[i].gated);
  }
  CHECK(total.earned == 866'175);
  CHECK(total.deducted == 80'000);
  CHECK(total.points == 786'175);
  CHECK(points_text(total.points) == "78.62");
  CHECK(total.complete);
  CHECK(total.band == "C");
  CHECK(total.rank == 1);
}

TEST_CASE("A closed month's inputs come back as they were, and score the same") {
  Inputs inputs{"2026-03", "2026-03-31T16:00:00.000Z", {nanjing_road()}};
  inputs.branches[0].domains[0].figures[0].counted = {
      {{"terminal", "T-000001", "20/20 天 \"days\"", false}, true},
      {{"case", "C-7", "", true}, false}};
  inputs.branches[0].vetoes = {{"concealed", "隐瞒\n事件", {{"incident", "ab", "x", true}}}};
  const std::string text = to_text(inputs);
  const auto back = inputs_from(text);
  REQUIRE(back);
  CHECK(*back == inputs);
  CHECK(to_text(*back) == text);
  CHECK(score(*back, Model::builtin())[0].points == score(inputs, Model::builtin())[0].points);
}

TEST_CASE("A closed month that was damaged is refused and not half read") {
  const std::string text = to_text({"2026-03", "", {nanjing_road()}});
  for (std::size_t at = 0; at < text.size(); at += 997)
    CHECK_FALSE(inputs_from(text.substr(0, at)));
  CHECK_FALSE(inputs_from("{}"));
  CHECK_FALSE(
      inputs_from(R"({"format":"huxin-assessment-9","period":"","until":"","branches":[]})"));
}

struct Band {
  const char* why;
  std::function<void(BranchInput&)> change;
  const char* band;
};

void for_all(BranchInput& input, const char* name, std::int64_t numerator,
             std::int64_t denominator) {
  for (DomainInput& domain : input.domains) {
    for (Figure& each : domain.figures) {
      if (each.name == name) each = figure(name, numerator, denominator);
    }
  }
}

TEST_CASE("A branch scores badly for what is bad, and is not graded for what is unknown") {
  for (const Band& row : {
           Band{"as it is", [](BranchInput&) {}, "C"},
           Band{"its agents are dead: nothing it monitored counts",
                [](BranchInput& b) {
                  for_all(b, "live", 0, 10);
                  for_all(b, "hours", 0, 0);
                },
                "E"},
           Band{"dead agents, and everything else is perfect",
                [](BranchInput& b) {
                  for_all(b, "live", 0, 10);
                  for_all(b, "hours", 0, 0);
                  b.deductions.clear();
                  for (DomainInput& domain : b.domains) {
                    for (AnswerInput& each : domain.answers) each.verdict = kPass;
                  }
                },
                "E"},
           Band{"no terminal at all is no data, not a hundred per cent",
                [](BranchInput& b) {
                  for_all(b, "live", 0, 0);
                  for_all(b, "hours", 0, 0);
                },
                ""},
           Band{"one domain was not inspected",
                [](BranchInput& b) { b.domains[2].answers.clear(); }, ""},
           Band{"one domain had only items that do not apply",
                [](BranchInput& b) {
                  for (AnswerInput& each : b.domains[2].answers) each.verdict = kNotApplicable;
                },
                ""},
           Band{"deductions stop at twenty-five points: 86.62 - 25 = 61.62",
                [](BranchInput& b) {
                  for (int i = 0; i < 5; ++i) b.deductions.push_back({"s1", "", {}});
                },
                "D"},
           Band{"a veto is the lowest band", [](BranchInput& b) { b.vetoes = {{"sale", "", {}}}; },
                "E"},
           Band{"a veto where the score is not complete",
                [](BranchInput& b) {
                  b.vetoes = {{"sale", "", {}}};
                  b.domains[2].answers.clear();
                },
                "E"},
           Band{"a deduction that the model does not know takes nothing",
                [](BranchInput& b) { b.deductions.push_back({"smile", "", {}}); }, "C"},
       }) {
    INFO(row.why);
    BranchInput input = nanjing_road();
    row.change(input);
    CHECK(score({"2026-03", "", {input}}, Model::builtin())[0].band == row.band);
  }
}

TEST_CASE("A half without data adds nothing: what is not known is not earned") {
  BranchInput input = nanjing_road();
  input.domains[1].answers.clear();
  for_all(input, "live", 0, 0);
  for_all(input, "hours", 0, 0);
  const BranchScore total = score({"2026-03", "", {input}}, Model::builtin())[0];
  CHECK(total.domains[0].share == 3889);  // 7778 / 2
  CHECK(total.domains[0].points == 97'225);
  CHECK(total.domains[1].share == std::nullopt);
  CHECK(total.domains[1].points == 0);
  CHECK_FALSE(total.complete);
}

TEST_CASE(
    "The ranking goes by points; vetoed branches come after, ungraded ones last, equals share") {
  const auto branch = [](std::string code, const std::function<void(BranchInput&)>& change) {
    BranchInput input = nanjing_road();
    input.branch.code = std::move(code);
    change(input);
    return input;
  };
  const Inputs inputs{
      "2026-03",
      "",
      {branch("vetoed", [](BranchInput& b) { b.vetoes = {{"sale", "", {}}}; }),
       branch("unknown", [](BranchInput& b) { b.domains[0].answers.clear(); }),
       branch("b", [](BranchInput&) {}), branch("a", [](BranchInput&) {}),
       branch("best", [](BranchInput& b) { b.deductions.clear(); }),
       branch("after", [](BranchInput& b) { b.deductions.push_back({"late_report", "", {}}); })}};
  std::vector<std::pair<std::string, int>> order;
  for (const BranchScore& each : score(inputs, Model::builtin()))
    order.emplace_back(each.code, each.rank);
  CHECK(order == std::vector<std::pair<std::string, int>>{
                     {"best", 1}, {"a", 2}, {"b", 2}, {"after", 4}, {"vetoed", 5}, {"unknown", 0}});
}

TEST_CASE("A figure's share runs between its zero and its full, and not beyond") {
  struct Row {
    const char* figure;
    std::int64_t numerator, denominator;
    std::optional<Share> share;
    const char* why;
  };
  for (const Row& row : {
           Row{"live", 0, 0, std::nullopt, "nothing enrolled"},
           Row{"live", 1, 3, 3333, "a third, rounded"},
           Row{"live", 2, 3, 6667, "two thirds, rounded"},
           Row{"live", 5, 4, 10'000, "more than all cannot be"},
           Row{"review", 0, 60, 10'000, "at once"},
           Row{"review", 24 * 60, 60, 10'000, "a day is as good as at once"},
           Row{"review", 96 * 60, 60, 5'000, "half way between a day and a week"},
           Row{"review", 168 * 60, 60, 0, "a week"},
           Row{"review", 1000 * 60, 60, 0, "worse than a week"},
           Row{"leaks", 0, 40, 10'000, "none"},
           Row{"leaks", 2, 40, 0, "five in a hundred"},
           Row{"leaks", 3, 400, 8'500, "0.75 in a hundred"},
           Row{"leaks", 0, 0, std::nullopt, "no staff is no data"},
           Row{"overdue", 1, 4, 5'000, "a quarter late"},
       }) {
    INFO(row.figure << ": " << row.why);
    CHECK(share_of(figure(row.figure, row.numerator, row.denominator),
                   *Model::builtin().figure(row.figure)) == row.share);
  }
}

}  // namespace
}  // namespace huxin::assess
