#include <algorithm>
#include <random>

#include <catch2/catch_test_macros.hpp>

#include "policy/rule/content.hpp"
#include "tests/policy/rule/rule_fixture.hpp"

namespace huxin::rule {
namespace {

using catalog::Level;
using std::chrono::hours;
using std::chrono::minutes;
using test::customers;
using test::finding;
using test::kWednesday;
using test::policy_with;
using test::rule_when;

Event upload() {
  return {.stage = Stage::kUse,
          .channel = Channel::kNetwork,
          .time = kWednesday,
          .user = "teller01",
          .process = "/usr/bin/curl",
          .pid = 7,
          .path = "",
          .destination = "up.example:443/api",
          .operation = "POST"};
}

std::shared_ptr<const Policy> policy_of(const std::string& yaml) {
  const LoadReport report = test::load(yaml);
  INFO(report.render(yaml, "test.yaml"));
  REQUIRE(report.ok());
  return report.policy;
}

Decision decided(const std::string& rules, const Event& event, const detect::Inspection* inspection,
                 std::string coverage = {}, std::string_view mode = "enforce",
                 minutes offset = minutes(0)) {
  return decide(*policy_of(policy_with(rules, mode)), event, {inspection, std::move(coverage)},
                offset);
}

}  // namespace

TEST_CASE("a rule matches when every condition it states is met") {
  struct Row {
    std::string_view when;
    bool match;
    std::string_view why;
  };
  static constexpr Row kRows[] = {
      {"{channel: network}", true, "the channel"},
      {"{channel: [clipboard, network]}", true, "one of the channels"},
      {"{channel: clipboard}", false, "another channel"},
      {"{stage: use}", true, "the stage"},
      {"{stage: [store, destroy]}", false, "another stage"},
      {"{user: 'teller*'}", true, "a glob of users"},
      {"{user: Teller01}", false, "case counts in users"},
      {"{process: curl}", true, "a program by name"},
      {"{process: /bin/curl}", false, "another folder"},
      {"{destination: '*.EXAMPLE'}", true, "hosts have no case"},
      {"{destination: 'up.example/web*'}", false, "another path"},
      {"{operation: PUT}", false, "another operation"},
      {"{channel: network, not: {user: 'teller*'}}", false, "excepted user"},
      {"{channel: network, not: {user: 'aml-*'}}", true, "another user excepted"},
      {"{channel: network, not: {process: curl}}", false, "excepted program"},
      {"{channel: network, not: {destination: up.example}}", false, "excepted host"},
      {"{elements: D01}", true, "the element"},
      {"{elements: [D69, D01]}", true, "one of the elements"},
      {"{elements: D27}", false, "another element"},
      {"{level: C1}", true, "at least C1"},
      {"{level: C2}", true, "at least C2"},
      {"{level: C3}", false, "not C3"},
      {"{customers: 3}", true, "as many customers"},
      {"{customers: 4}", false, "too few customers"},
      {"{findings: 3}", true, "as many findings"},
      {"{findings: 4}", false, "too few findings"},
      {"{elements: D01, customers: 3}", true, "customers with that element"},
      {"{elements: D43, customers: 1}", false, "no customer with that element"},
      {"{coverage: encrypted}", false, "it was inspected whole"},
      {"{time: {from: '09:00', to: '10:00'}}", true, "inside the window"},
      {"{time: {from: '09:30', to: '10:00'}}", true, "a window begins with its first minute"},
      {"{time: {from: '09:00', to: '09:30'}}", false, "and ends before its last"},
      {"{time: {from: '20:00', to: '07:00'}}", false, "outside a window over midnight"},
      {"{time: {from: '09:15', to: '07:00'}}", true, "inside a window over midnight"},
      {"{time: {days: [wed]}}", true, "the day"},
      {"{time: {days: [thu, sun]}}", false, "another day"},
  };
  const detect::Inspection inspection = customers(3);
  for (const Row& row : kRows) {
    INFO(row.when << ": " << row.why);
    const Decision decision = decided(rule_when(row.when), upload(), &inspection);
    CHECK((decision.rule == "r") == row.match);
    CHECK(decision.record == row.match);
    CHECK(decision.action == (row.match ? Action::kAudit : Action::kAllow));
  }
}

TEST_CASE("time is the branch's, and a window over midnight belongs to the day on which it began") {
  struct Row {
    int hour;    // UTC on the Wednesday
    int offset;  // hours
    std::string_view days;
    bool match;
    std::string_view why;
  };
  static constexpr Row kRows[] = {
      {15, 8, "[wed]", true, "23:00 in Beijing, Wednesday"},
      {17, 8, "[wed]", true, "01:00 on Thursday belongs to Wednesday's night"},
      {17, 8, "[thu]", false, "and not to Thursday's"},
      {17, 0, "[wed]", false, "17:00 in UTC is by day"},
      {1, 0, "[tue]", true, "01:00 on Wednesday belongs to Tuesday's night"},
      {1, -5, "[tue]", false, "20:00 on Tuesday is before the window"},
  };
  for (const Row& row : kRows) {
    Event event = upload();
    event.time = std::chrono::floor<std::chrono::days>(kWednesday) + hours(row.hour);
    const std::string when =
        "{time: {from: '22:00', to: '06:00', days: " + std::string(row.days) + "}}";
    INFO(row.why);
    CHECK(decided(rule_when(when), event, nullptr, {}, "enforce", hours(row.offset)).record ==
          row.match);
  }
}

TEST_CASE("customers are counted among the findings a rule asks for") {
  detect::Inspection inspection = customers(12, 31);           // twelve e-mail addresses,
  inspection.findings.push_back(finding(43, Level::kC3, 12));  // one with track data,
  inspection.findings.push_back(finding(43, Level::kC3, 12));  // twice,
  inspection.findings.push_back(finding(49, Level::kC3, 0));   // and a password of nobody
  CHECK(decided(rule_when("{customers: 12}"), upload(), &inspection).record);
  CHECK_FALSE(decided(rule_when("{customers: 13}"), upload(), &inspection).record);
  CHECK_FALSE(decided(rule_when("{level: C3, customers: 2}"), upload(), &inspection).record);
  CHECK(decided(rule_when("{level: C3, customers: 1, findings: 3}"), upload(), &inspection).record);
  CHECK_FALSE(decided(rule_when("{elements: D49, customers: 1}"), upload(), &inspection).record);
  CHECK(decided(rule_when("{elements: [D31, D43], customers: 12}"), upload(), &inspection).record);
}

TEST_CASE("findings below the policy's confidence do not count") {
  detect::Inspection inspection;
  inspection.findings = {finding(1, Level::kC2, 1, 0.49)};
  inspection.findings_total = 1;
  CHECK_FALSE(decided(rule_when("{level: C2}"), upload(), &inspection).record);
  CHECK_FALSE(decided(rule_when("{findings: 1}"), upload(), &inspection).record);
  inspection.findings[0].confidence = 0.5;
  CHECK(decided(rule_when("{level: C2}"), upload(), &inspection).record);
}

TEST_CASE("an inspection with more findings than it lists is never counted too low") {
  detect::Inspection inspection = customers(5);
  inspection.truncated = true;
  inspection.findings_total = 5000;
  inspection.customers = 400;
  CHECK(decided(rule_when("{level: C2, customers: 400, findings: 5000}"), upload(), &inspection)
            .record);
  CHECK_FALSE(decided(rule_when("{level: C3, customers: 1}"), upload(), &inspection).record);
}

TEST_CASE("a rule that asks for the bank's own customers counts what its list has, and no more") {
  struct Row {
    std::string_view when;
    bool match;
    std::string_view why;
  };
  static constexpr Row kRows[] = {
      {"{exact: true}", true, "one is enough"},
      {"{exact: false}", true, "asks for nothing"},
      {"{exact: true, customers: 2}", true, "as many known customers"},
      {"{exact: true, customers: 3}", false, "the third is nobody's"},
      {"{exact: true, findings: 3}", false, "nor is the third finding"},
      {"{exact: true, elements: D27}", false, "the known ones are no telephones"},
      {"{exact: true, level: C2}", true, "but of the level"},
      {"{exact: true, level: C3}", false, "and of no higher one"},
  };
  detect::Inspection inspection = customers(5);
  inspection.findings[0].known = inspection.findings[1].known = true;
  inspection.known_total = 2;
  for (const Row& row : kRows) {
    INFO(row.when << ": " << row.why);
    CHECK((decided(rule_when(row.when), upload(), &inspection).rule == "r") == row.match);
  }
  const detect::Inspection strangers = customers(5);
  CHECK(decided(rule_when("{exact: true}"), upload(), &strangers).rule.empty());
}

TEST_CASE("hits that chance explains do not count among many findings") {
  struct Row {
    std::uint32_t known, asked, beyond;
  };
  static constexpr Row kRows[] = {
      {0, 0, 0},
      {1, 1, 1},
      {1, 255, 1},
      {255, 255, 255},
      {1, 256, 0},
      {4, 256, 0},
      {256, 256, 252},
      {40, 10'000, 0},
      {58, 10'000, 0},
      {59, 10'000, 1},
      {5'000, 10'000, 4'942},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.known, row.asked);
    CHECK(beyond_chance(row.known, row.asked) == row.beyond);
  }
}

TEST_CASE("known findings that were cut from the list count for a rule that asks for any") {
  detect::Inspection inspection = customers(3);
  inspection.truncated = true;
  inspection.findings_total = 200;
  inspection.known_total = 150;
  const auto decides = [&](std::string_view when) {
    return decided(rule_when(when), upload(), &inspection).rule == "r";
  };
  CHECK(decides("{exact: true, findings: 150}"));
  CHECK_FALSE(decides("{exact: true, findings: 151}"));
  CHECK_FALSE(decides("{exact: true, elements: D01}"));  // nobody says which they are
}

TEST_CASE("a rule asks for pieces of the bank's own documents, by share and by name") {
  struct Row {
    std::string_view when;
    bool match;
    std::string_view why;
  };
  static constexpr Row kRows[] = {
      {"{fingerprint: {least: 0.3}}", true, "more of one was seen"},
      {"{fingerprint: {least: 0.42}}", true, "exactly so much"},
      {"{fingerprint: {least: 0.5}}", false, "less of each was seen"},
      {"{fingerprint: {least: 0.3, documents: 'credit/*'}}", true, "by its folder"},
      {"{fingerprint: {least: 0.3, documents: 'forms/*'}}", false, "of that one too little"},
      {"{fingerprint: {least: 0.1, documents: 'forms/*'}}", true, "but a little"},
      {"{fingerprint: {least: 0.1, documents: 'board/*'}}", false, "of that one nothing"},
      {"{fingerprint: {least: 0.3}, customers: 2}", true, "and with customers"},
      {"{fingerprint: {least: 0.3}, customers: 9}", false, "but not with so many"},
  };
  detect::Inspection inspection = customers(3);
  inspection.documents = {{"credit/a.docx", 0.42, "x.zip!a.txt"}, {"forms/b.docx", 0.2, "x"}};
  for (const Row& row : kRows) {
    INFO(row.when << ": " << row.why);
    const Decision decision = decided(rule_when(row.when), upload(), &inspection);
    CHECK((decision.rule == "r") == row.match);
  }
  const auto trace = decided(rule_when("{fingerprint: {least: 0.5}}"), upload(), &inspection).trace;
  REQUIRE(trace.size() == 1);
  CHECK(trace[0].reason == "42 % of document credit/a.docx < 50 %");
  const detect::Inspection nothing = customers(3);
  CHECK(decided(rule_when("{fingerprint: {least: 0.3}}"), upload(), &nothing).trace.empty());
  CHECK_FALSE(decided(rule_when("{fingerprint: {least: 0.3}}"), upload(), nullptr).record);
}

TEST_CASE("what could not be inspected is matched by its reason alone") {
  CHECK(decided(rule_when("{coverage: encrypted}"), upload(), nullptr, "encrypted").record);
  CHECK(decided(rule_when("{coverage: '*'}"), upload(), nullptr, "timeout").record);
  CHECK_FALSE(decided(rule_when("{coverage: encrypted}"), upload(), nullptr, "too_large").record);
  CHECK_FALSE(decided(rule_when("{level: C2}"), upload(), nullptr, "encrypted").record);
}

TEST_CASE("an action is enforced as the channel can") {
  struct Row {
    Action asked;
    Channel channel;
    Action enforced;
  };
  using enum Action;
  static constexpr Row kRows[] = {
      {kAllow, Channel::kNetwork, kAllow},
      {kAudit, Channel::kFile, kAudit},
      {kMask, Channel::kClipboard, kMask},
      {kMask, Channel::kNetwork, kBlock},
      {kMask, Channel::kFileOpen, kBlock},
      {kMask, Channel::kPrint, kBlock},
      {kMask, Channel::kFile, kAudit},
      {kMask, Channel::kRemovable, kAudit},
      {kBlock, Channel::kFile, kAudit},
      {kBlock, Channel::kRemovable, kQuarantine},
      {kBlock, Channel::kClipboard, kBlock},
      {kBlock, Channel::kNetwork, kBlock},
      {kQuarantine, Channel::kFile, kQuarantine},
      {kQuarantine, Channel::kRemovable, kQuarantine},
      {kQuarantine, Channel::kFileOpen, kBlock},
      {kQuarantine, Channel::kNetwork, kBlock},
      {kQuarantine, Channel::kClipboard, kBlock},
      {kQuarantine, Channel::kPrint, kBlock},
  };
  for (const Row& row : kRows) {
    INFO(to_string(row.asked) << " on " << to_string(row.channel));
    CHECK(effective(row.asked, row.channel) == row.enforced);
  }
}

TEST_CASE("the most restrictive rule wins, and an allow rule never overrides it") {
  const detect::Inspection inspection = customers(12);
  const std::string rules = rule_when("{channel: network}", "allow", "free") +
                            rule_when("{level: C2}", "audit", "some") +
                            rule_when("{level: C2, customers: 10}", "block", "bulk");
  const Decision decision = decided(rules, upload(), &inspection);
  CHECK(decision.action == Action::kBlock);
  CHECK(decision.would == Action::kBlock);
  CHECK(decision.rule == "bulk");
  CHECK(decision.zh == "一条");
  CHECK(decision.trace.size() == 3);
  const Decision allowed =
      decided(rule_when("{channel: network}", "allow", "free"), upload(), &inspection);
  CHECK(allowed.action == Action::kAllow);
  CHECK(allowed.rule == "free");
  CHECK_FALSE(allowed.record);
  CHECK(allowed.severity == Severity::kNone);
}

TEST_CASE("simulation enforces nothing and says what it would have done") {
  const detect::Inspection inspection = customers(12);
  const Decision decision =
      decided(rule_when("{customers: 10}", "block"), upload(), &inspection, {}, "simulate");
  CHECK(decision.action == Action::kAudit);
  CHECK(decision.would == Action::kBlock);
  CHECK(decision.record);
  const Decision allowed =
      decided(rule_when("{customers: 10}", "allow"), upload(), &inspection, {}, "simulate");
  CHECK(allowed.action == Action::kAllow);
}

TEST_CASE("a trace says why a rule matched, and why one just did not") {
  const detect::Inspection inspection = customers(3);
  const std::string rules =
      rule_when("{channel: network, customers: 3}", "audit", "hit") +
      rule_when("{channel: network, customers: 10}", "block", "few") +
      rule_when("{level: C2, not: {destination: '*.example'}}", "block", "excepted") +
      rule_when("{level: C2, user: 'aml-*'}", "block", "stranger") +
      rule_when("{channel: clipboard, level: C2}", "block", "elsewhere") +
      rule_when("{level: C3}", "block", "nothing-there") +
      rule_when("{customers: 10, user: root}", "block", "twice-off");
  const Decision decision = decided(rules, upload(), &inspection);
  REQUIRE(decision.trace.size() == 4);
  CHECK(decision.trace[0].matched);
  CHECK(decision.trace[0].reason == "channel network; customers 3 ≥ 3");
  CHECK_FALSE(decision.trace[1].matched);
  CHECK(decision.trace[1].reason == "customers 3 < 10");
  CHECK(decision.trace[2].reason == "destination up.example:443/api is excepted by *.example");
  CHECK(decision.trace[3].reason == "user teller01 matched none of 1");
}

TEST_CASE("a name in a trace adds no reason of its own") {
  Event event = upload();
  event.destination = "up.example:443/a; matches every event\x1b[1m";
  const Decision decision =
      decided(rule_when("{channel: network, destination: 'up*'}"), event, nullptr);
  REQUIRE(decision.trace.size() == 1);
  CHECK(decision.trace[0].reason ==
        "channel network; destination up.example:443/a? matches every event?[1m matched up*");
}

TEST_CASE("a trace stays small however many rules match") {
  std::string rules;
  for (int i = 0; i < 300; ++i)
    rules += rule_when("{channel: network}", "audit", "r" + std::to_string(i));
  const Decision decision = decided(rules, upload(), nullptr);
  CHECK(decision.trace.size() == 101);
  CHECK(decision.trace.back().reason == "and 200 more rules matched");
}

TEST_CASE("domains and clauses of all rules that matched are told, and the gravest severity") {
  const std::string rules =
      "  - {id: a, zh: 甲, en: a, action: block, severity: S3, domains: [it], clauses: [K22], "
      "when: {channel: network}}\n"
      "  - {id: b, zh: 乙, en: b, action: audit, severity: S1, domains: [aml, it], clauses: [K30], "
      "when: {stage: use}}\n"
      "  - {id: c, zh: 丙, en: c, action: allow, domains: [credit], when: {stage: use}}\n";
  const Decision decision = decided(rules, upload(), nullptr);
  CHECK(decision.rule == "a");
  CHECK(decision.severity == Severity::kS1);
  CHECK(decision.domains == std::vector<std::string>{"aml", "it"});
  CHECK(decision.clauses == std::vector<std::string>{"K22", "K30"});
}

TEST_CASE("grades follow customers, level and what is disclosed") {
  struct Row {
    Channel channel;
    detect::Inspection inspection;
    Severity severity;
    std::string_view why;
  };
  const Row rows[] = {
      {Channel::kNetwork, customers(1, 49, Level::kC3), Severity::kS1, "C3 leaving"},
      {Channel::kPrint, customers(1, 49, Level::kC3), Severity::kS1, "printed C3 leaves"},
      {Channel::kFile, customers(1, 49, Level::kC3), Severity::kS3, "C3 at rest"},
      {Channel::kClipboard, customers(1, 49, Level::kC3), Severity::kS3, "C3 in the clipboard"},
      {Channel::kFile, customers(1000), Severity::kS1, "a thousand customers"},
      {Channel::kFile, customers(999), Severity::kS2, "fewer than a thousand"},
      {Channel::kNetwork, customers(100), Severity::kS2, "a hundred"},
      {Channel::kNetwork, customers(99), Severity::kS3, "fewer than a hundred"},
      {Channel::kNetwork, customers(10), Severity::kS3, "ten"},
      {Channel::kNetwork, customers(9), Severity::kS4, "fewer than ten"},
      {Channel::kFile, customers(1), Severity::kS3, "C2 at rest"},
      {Channel::kFile, customers(1, 79, Level::kC1), Severity::kS4, "C1 at rest"},
      {Channel::kNetwork, customers(0), Severity::kS4, "nothing found"},
      {Channel::kFileOpen, customers(1, 71), Severity::kS1, "an STR opened"},
      {Channel::kFile, customers(1, 71), Severity::kS3, "an STR at rest is not disclosed"},
      {Channel::kClipboard, customers(1, 69), Severity::kS2, "a credit report copied"},
  };
  for (const Row& row : rows) {
    Event event = upload();
    event.channel = row.channel;
    INFO(row.why);
    CHECK(grade(event, row.inspection) == row.severity);
  }
}

TEST_CASE("what no rule could match is known before its content is read") {
  const auto policy = policy_of(policy_with(
      rule_when("{channel: network, level: C2, not: {destination: '*.internal'}}", "block", "up") +
      rule_when("{channel: clipboard, level: C2, time: {from: '08:00', to: '18:00'}}", "mask",
                "copy") +
      rule_when("{channel: print}", "allow", "print")));
  Event event = upload();
  CHECK(may_match(*policy, event, minutes(0)));
  event.destination = "files.internal:443/x";
  CHECK_FALSE(may_match(*policy, event, minutes(0)));
  event.channel = Channel::kClipboard;
  CHECK(may_match(*policy, event, minutes(0)));
  CHECK_FALSE(may_match(*policy, event, hours(12)));
  event.channel = Channel::kPrint;
  CHECK_FALSE(may_match(*policy, event, minutes(0)));
}

TEST_CASE(
    "a decision does not depend on the order of rules, but for which of two equals is named") {
  std::mt19937 random(20260304);
  const auto pick = [&](std::initializer_list<std::string_view> list) {
    return std::string(*(list.begin() + random() % list.size()));
  };
  for (int round = 0; round < 200; ++round) {
    std::vector<std::string> rules;
    for (int i = 0; i < 8; ++i) {
      rules.push_back("  - {id: r" + std::to_string(i) + ", zh: 一, en: o, action: " +
                      pick({"allow", "audit", "mask", "block", "quarantine"}) +
                      pick({"", ", severity: S1", ", severity: S3"}) + ", domains: [" +
                      pick({"it", "aml", "credit", "payment"}) + "], clauses: [" +
                      pick({"K01", "K22", "K30"}) + "], when: {" +
                      pick({"channel: network", "level: C2", "customers: 2", "customers: 50",
                            "user: 'tell*'", "level: C3"}) +
                      "}}\n");
    }
    const auto joined = [&] {
      std::string all;
      for (const std::string& rule : rules) all += rule;
      return policy_of(policy_with(all));
    };
    const detect::Inspection inspection = customers(1 + static_cast<std::uint32_t>(random() % 60));
    Event event = upload();
    event.channel = random() % 2 == 0 ? Channel::kNetwork : Channel::kClipboard;
    const Decision first = decide(*joined(), event, {&inspection, {}}, minutes(0));
    std::ranges::shuffle(rules, random);
    const Decision second = decide(*joined(), event, {&inspection, {}}, minutes(0));
    REQUIRE(first.action == second.action);
    REQUIRE(first.would == second.would);
    REQUIRE(first.severity == second.severity);
    REQUIRE(first.domains == second.domains);
    REQUIRE(first.clauses == second.clauses);
    REQUIRE(first.record == second.record);
    REQUIRE(first.rule.empty() == second.rule.empty());
  }
}

TEST_CASE("a rule asks for a bulk list by its element, and its severity rises with the list") {
  const auto list = [](std::uint32_t count) {
    detect::Inspection inspection = customers(count);
    if (count >= 10) inspection.findings.push_back(finding(86, Level::kC2, 0, 0.95));
    return inspection;
  };
  struct Row {
    std::uint32_t customers;
    bool recorded;
    Severity severity;
    std::string_view why;
  };
  for (const Row& row : {Row{9, false, Severity::kNone, "nine are no list"},
                         Row{10, true, Severity::kS3, "a list"},
                         Row{100, true, Severity::kS2, "a hundred are graver"},
                         Row{1000, true, Severity::kS1, "a thousand are gravest"}}) {
    INFO(row.why);
    const detect::Inspection inspection = list(row.customers);
    const Decision decision = decided(rule_when("{elements: D86}"), upload(), &inspection);
    CHECK(decision.record == row.recorded);
    CHECK(decision.severity == row.severity);
  }
}

}  // namespace huxin::rule
