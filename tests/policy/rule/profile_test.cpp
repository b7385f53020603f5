// Purpose profiles, authorisations and tellers, as decisions see them.
#include <catch2/catch_test_macros.hpp>

#include "tests/policy/rule/rule_fixture.hpp"

namespace huxin::rule {
namespace {

using catalog::ElementId;
using catalog::Level;
using test::finding;
using test::kWednesday;

constexpr std::string_view kProfiles = R"(
policy: {id: test, version: '1', mode: enforce}
watch: {directories: [/srv], guarded: [/srv], teller: {processes: [front]}}
profiles:
  - {id: loan, zh: 贷款, en: loan, elements: [D01, D27], paths: '/srv/loan/*', sites: [loan.bank.example], keep: 30}
  - {id: open, zh: 开户, en: opening, elements: [D01, D25], paths: '/srv/*', processes: account-front}
rules:
)";

std::shared_ptr<const Policy> policy_of(const std::string& rules) {
  const std::string yaml = std::string(kProfiles) + rules;
  const LoadReport report = test::load(yaml);
  INFO(report.render(yaml, "test.yaml"));
  REQUIRE(report.ok());
  return report.policy;
}

Event written(std::string path, std::string process = "/usr/bin/app") {
  return {.stage = Stage::kStore,
          .channel = Channel::kFile,
          .time = kWednesday,
          .user = "teller01",
          .process = std::move(process),
          .path = std::move(path),
          .operation = "close_write"};
}

Event opened(std::string path) {
  Event event = written(std::move(path));
  event.stage = Stage::kUse;
  event.channel = Channel::kFileOpen;
  event.operation = "open";
  return event;
}

Event sent(std::string host, std::string process = "/usr/bin/browser") {
  return {.stage = Stage::kUse,
          .channel = Channel::kNetwork,
          .time = kWednesday,
          .user = "teller01",
          .process = std::move(process),
          .destination = std::move(host) + ":443/form",
          .operation = "POST"};
}

Event copied(std::string process) {
  Event event = sent("", std::move(process));
  event.channel = Channel::kClipboard;
  event.destination = "clipboard";
  event.operation = "copy";
  return event;
}

detect::Inspection holding(std::initializer_list<unsigned> elements, double confidence = 0.9) {
  detect::Inspection inspection;
  for (const unsigned element : elements) {
    const auto* const known = catalog::Catalog::builtin()->find(ElementId(element));
    inspection.findings.push_back(finding(element, known->level, 1, confidence));
  }
  inspection.customers = 1;
  inspection.findings_total = inspection.findings.size();
  return inspection;
}

std::string names(const std::vector<ElementId>& elements) {
  std::string text;
  for (const ElementId each : elements) text += (text.empty() ? "" : " ") + to_string(each);
  return text;
}

}  // namespace

TEST_CASE("what a place gathers beyond its purpose is named") {
  struct Row {
    Event event;
    detect::Inspection inspection;
    std::string profile, surplus;
    std::string_view why;
  };
  const Row rows[] = {
      {written("/srv/loan/a.csv"), holding({1, 27}), "loan", "", "what a loan needs"},
      {written("/srv/loan/a.csv"), holding({1, 27, 40, 31}), "loan", "D31 D40", "more than that"},
      {written("/srv/loan/a.csv"), holding({40}, 0.4), "loan", "", "below min_confidence"},
      {written("/srv/loan/a.csv"), holding({1, 45}), "loan", "D45", "authentication data"},
      {written("/srv/loan/a.csv"), holding({1, 27, 84, 85, 86}), "loan", "",
       "what follows from others is not gathered"},
      {written("/srv/other/a.csv"), holding({1, 27}), "open", "D27", "another folder's purpose"},
      {written("/home/a.csv"), holding({1, 27}), "", "", "no purpose is stated"},
      {written("/home/a.csv"), holding({49}), "", "", "nor for authentication data"},
      {written("/home/a.csv", "/opt/account-front"), holding({27}), "open", "D27",
       "a front end gathers wherever it writes"},
      {written("/srv/loan/a.csv", "/opt/account-front"), holding({27}), "loan", "",
       "the first profile governs"},
      {sent("LOAN.bank.example"), holding({25}), "loan", "D25", "a site"},
      {sent("loan.bank.example.evil.example"), holding({25}), "", "", "a site by another name"},
      {sent("x.example/srv/loan/"), holding({25}), "", "", "a path is no file"},
      {opened("/srv/loan/a.csv"), holding({25}), "loan", "D25", "an open says so too"},
      {copied("/opt/account-front"), holding({27}), "open", "D27", "and a copy"},
      {copied(""), holding({27}), "", "", "a copy from nobody knows where"},
  };
  const auto policy = policy_of(test::rule_when("{surplus: true}"));
  for (const Row& row : rows) {
    INFO(row.why);
    const Decision decision = decide(*policy, row.event, {&row.inspection, {}}, {});
    CHECK(decision.profile == row.profile);
    CHECK(names(decision.surplus) == row.surplus);
    CHECK(decision.record == !row.surplus.empty());
    CHECK(may_match(*policy, row.event, {}) == !row.profile.empty());
    if (decision.record)
      CHECK(decision.trace.front().reason.contains("beyond profile " + row.profile));
  }
}

TEST_CASE("what is not inspected has no surplus") {
  const auto policy = policy_of(test::rule_when("{surplus: true}"));
  CHECK_FALSE(decide(*policy, written("/srv/loan/a.csv"), {nullptr, "encrypted"}, {}).record);
}

TEST_CASE("gathering is a stage of its own, and what is gathered is still at rest or sent") {
  struct Row {
    Event event;
    Stage stage;
    std::string_view when;
    bool match;
    std::string_view why;
  };
  Event gone = written("/srv/loan/a.csv");
  gone.stage = Stage::kDestroy;
  const Row rows[] = {
      {written("/srv/loan/a"), Stage::kCollect, "{stage: collect, level: C2}", true, "gathered"},
      {written("/srv/loan/a"), Stage::kCollect, "{stage: store, level: C2}", true, "and at rest"},
      {written("/srv/loan/a"), Stage::kCollect, "{stage: use, level: C2}", false, "not used"},
      {written("/home/a"), Stage::kStore, "{stage: collect, level: C2}", false, "merely stored"},
      {sent("loan.bank.example"), Stage::kCollect, "{stage: collect, level: C2}", true,
       "filled in"},
      {sent("loan.bank.example"), Stage::kCollect, "{stage: use, level: C2}", true, "and sent"},
      {opened("/srv/loan/a"), Stage::kUse, "{stage: collect, level: C2}", false, "opening is use"},
      {opened("/srv/loan/a"), Stage::kUse, "{stage: use, level: C2}", true, "opening is use"},
      {copied("/opt/account-front"), Stage::kUse, "{stage: use, level: C2}", true, "so is copying"},
      {gone, Stage::kDestroy, "{stage: destroy, level: C2}", true, "destroying stays"},
      {gone, Stage::kDestroy, "{stage: collect, level: C2}", false, "what it is"},
  };
  const detect::Inspection inspection = holding({1});
  for (const Row& row : rows) {
    INFO(row.why);
    const auto policy = policy_of(test::rule_when(row.when));
    const Decision decision = decide(*policy, row.event, {&inspection, {}}, {});
    CHECK(decision.stage == row.stage);
    CHECK(decision.record == row.match);
  }
}

TEST_CASE("a rule may ask for the profile, and for what is overdue") {
  const detect::Inspection inspection = holding({1, 40});
  const auto by_loan = policy_of(test::rule_when("{profile: loan, surplus: true}"));
  CHECK(decide(*by_loan, written("/srv/loan/a"), {&inspection, {}}, {}).record);
  CHECK_FALSE(decide(*by_loan, written("/srv/b"), {&inspection, {}}, {}).record);
  const auto late = policy_of(test::rule_when("{overdue: true}"));
  Event event = written("/srv/loan/a");
  CHECK_FALSE(decide(*late, event, {&inspection, {}}, {}).record);
  event.stage = Stage::kDestroy;
  event.operation = "overdue";
  const Decision decision = decide(*late, event, {&inspection, {}}, {});
  CHECK(decision.record);
  CHECK(decision.stage == Stage::kDestroy);
  CHECK(decision.profile == "loan");
}

TEST_CASE("a copy is overdue behind the last day of its profile") {
  Profile profile;
  using std::chrono::days;
  CHECK_FALSE(overdue(profile, Time{}, kWednesday));
  profile.keep = days(30);
  CHECK_FALSE(overdue(profile, kWednesday - days(30), kWednesday));
  CHECK(overdue(profile, kWednesday - days(30) - std::chrono::milliseconds(1), kWednesday));
  CHECK_FALSE(overdue(profile, kWednesday + days(1), kWednesday));
}

TEST_CASE("a credit report without consent is told from one with it") {
  const auto policy = policy_of(test::rule_when(
      "{channel: file_open, elements: D69, authorisation: [missing, expired]}", "block"));
  const detect::Inspection report = holding({69, 1});
  struct Row {
    Authorisation authorisation;
    Action action;
  };
  for (const Row& row :
       {Row{Authorisation::kNone, Action::kAllow}, Row{Authorisation::kMatched, Action::kAllow},
        Row{Authorisation::kMissing, Action::kBlock},
        Row{Authorisation::kExpired, Action::kBlock}}) {
    const Decision decision =
        decide(*policy, opened("/srv/r.pdf"), {&report, {}, row.authorisation}, {});
    CHECK(decision.action == row.action);
  }
  const Decision matched =
      decide(*policy, opened("/srv/r.pdf"), {&report, {}, Authorisation::kMatched}, {});
  REQUIRE(matched.trace.size() == 1);
  CHECK(matched.trace[0].reason == "authorisation matched");
}

TEST_CASE("rules by teller and institution") {
  struct Row {
    std::string_view when;
    Teller teller;
    bool match;
    std::string_view why;
  };
  const Teller wang{"44010001", "000123", "T07"};
  const Row rows[] = {
      {"{teller: '0001*'}", wang, true, "the teller"},
      {"{teller: '0002*'}", wang, false, "another teller"},
      {"{teller: '*'}", {}, false, "nobody is signed on"},
      {"{institution: ['4401*', '4402*']}", wang, true, "the institution"},
      {"{institution: '4402*'}", wang, false, "another institution"},
      {"{channel: file, not: {teller: '000123'}}", wang, false, "the teller excepted"},
      {"{channel: file, not: {teller: '000123'}}", {}, true, "nobody is not excepted"},
      {"{channel: file, not: {institution: '4402*'}}", wang, true, "another one excepted"},
  };
  const detect::Inspection inspection = holding({1});
  for (const Row& row : rows) {
    INFO(row.why);
    const auto policy = policy_of(test::rule_when(row.when));
    Event event = written("/home/a");
    event.teller = row.teller;
    CHECK(decide(*policy, event, {&inspection, {}}, {}).record == row.match);
    CHECK(may_match(*policy, event, {}) == row.match);
  }
}

}  // namespace huxin::rule
