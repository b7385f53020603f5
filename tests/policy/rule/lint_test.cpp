#include <catch2/catch_test_macros.hpp>

#include "tests/policy/rule/rule_fixture.hpp"

namespace huxin::rule {

using test::policy_with;
using test::rule_when;

TEST_CASE("rules that cannot do what they say are warned of, and still load") {
  struct Row {
    std::string rules;
    std::string codes;
    std::string_view why;
  };
  const auto two = [](std::string_view first, std::string_view a, std::string_view second,
                      std::string_view b) {
    return rule_when(first, a, "first") + rule_when(second, b, "second");
  };
  const Row rows[] = {
      {rule_when("{}"), "W001", "asks for nothing"},
      {rule_when("{channel: network, user: a, not: {user: a}}"), "W002", "lets in and keeps out"},
      {rule_when("{channel: network, not: {destination: '*'}}"), "W002", "keeps all out"},
      {rule_when("{channel: clipboard, path: '*.csv'}"), "W002", "a clipboard has no path"},
      {rule_when("{channel: [file, file_open], destination: a}"), "W002",
       "a file has no destination"},
      {rule_when("{channel: file, destination: a}", "block"), "W002 W005",
       "and blocking a written file is auditing"},
      {rule_when("{channel: network, elements: [D01, D27], level: C3}"), "W002", "these are C2"},
      {rule_when("{channel: network, elements: [D01, D43], level: C3}"), "", "one of these is C3"},
      {rule_when("{channel: file_open, path: '*'}", "mask"), "W005", "opening cannot mask"},
      {rule_when("{channel: [clipboard, network]}", "mask"), "W005", "the network cannot"},
      {rule_when("{level: C3}", "mask"), "", "no channel named: whatever each can do"},
      {"  - {id: r, zh: 一, en: o, action: audit, domains: [it], clauses: [K99], when: {channel: "
       "network}}\n",
       "W006", "no such clause"},
      {"  - {id: r, zh: 一, en: o, action: audit, when: {channel: network}}\n", "W007",
       "no domain"},
      {rule_when("{channel: file, surplus: true}"), "W002", "no profiles: nothing is surplus"},
      {rule_when("{stage: collect, level: C2}"), "W002", "no profiles: nothing is collected"},
      {rule_when("{stage: [collect, store], level: C2}"), "", "but stored"},
      {rule_when("{channel: file, overdue: true, operation: open}"), "W002",
       "what is overdue is not opened"},
      {rule_when("{channel: clipboard, teller: '0*'}"), "W012", "nobody may bind a teller"},
      {rule_when("{channel: network, coverage: [encrypted, encrpted]}"), "W014", "misspelt"},
      {rule_when("{channel: network, coverage: [Encrypted]}"), "W014", "reasons are lower case"},
      {rule_when("{channel: clipboard, not: {teller: '0*'}}"), "", "then nobody is excepted"},
      {"", "E009", "no list"},
      {"  []\n", "W008", "no rules"},
      {rule_when("{channel: [network, network]}"), "W009", "twice"},
      {two("{channel: network, level: C2}", "block", "{channel: network, level: C3}", "block"),
       "W004", "C3 is C2 too"},
      {two("{channel: network, level: C3}", "block", "{channel: network, level: C2}", "block"),
       "W004", "in either order"},
      {two("{fingerprint: {least: 0.2}}", "block", "{fingerprint: {least: 0.3}}", "block"), "W004",
       "a larger piece is a piece"},
      {two("{fingerprint: {least: 0.3}}", "block", "{fingerprint: {least: 0.3, documents: 'a/*'}}",
           "block"),
       "W004", "of any document"},
      {rule_when("{fingerprint: {documents: 'a/*'}}"), "E012", "how much of it?"},
      {rule_when("{fingerprint: {least: 0.05}}"), "E014", "too little to be told"},
      {two("{channel: network, level: C2}", "block", "{channel: network, level: C2, exact: true}",
           "block"),
       "W004", "known findings are findings"},
      {two("{channel: network, level: C2, exact: true}", "block", "{channel: network, level: C2}",
           "block"),
       "W004", "in either order: the later one takes all"},
      {two("{channel: network, level: C2}", "audit", "{channel: network, level: C3}", "block"), "",
       "a stricter one"},
      {two("{channel: network, customers: 2}", "block", "{channel: [network], customers: 5}",
           "audit"),
       "W004", "a milder one"},
      {two("{channel: network}", "block", "{channel: [network, clipboard]}", "block"), "W004",
       "a later one that is wider"},
      {two("{channel: [network, clipboard]}", "block", "{channel: [network, print]}", "block"), "",
       "neither is wider"},
      {two("{channel: network, user: a}", "block", "{channel: network, user: b}", "block"), "",
       "another user"},
      {two("{channel: network, not: {user: a}}", "block", "{channel: network}", "block"), "W004",
       "an exception that another rule undoes"},
      {two("{channel: network}", "block", "{channel: network}", "block"), "W004",
       "the same twice: one is told"},
      {two("{channel: network, time: {days: [mon]}}", "block",
           "{channel: network, time: {from: '22:00', to: '06:00', days: [mon]}}", "block"),
       "", "a night reaches into the next day"},
  };
  for (const Row& row : rows) {
    const std::string yaml = policy_with(row.rules);
    const LoadReport report = test::load(yaml);
    std::string codes;
    for (const Diagnostic& each : report.diagnostics)
      codes += (codes.empty() ? "" : " ") + each.code;
    INFO(row.why << "\n" << yaml << report.render(yaml, "test.yaml"));
    CHECK(codes == row.codes);
    CHECK(report.ok() == !row.codes.starts_with('E'));
  }
}

TEST_CASE("a rule on a channel that is not watched is warned of") {
  const std::string yaml =
      "policy: {id: a, version: '1', mode: enforce}\nwatch: {clipboard: false, network: "
      "false}\nrules:\n" +
      rule_when("{channel: clipboard}", "audit", "a") + rule_when("{channel: file}", "audit", "b") +
      rule_when("{channel: file_open}", "audit", "c") +
      rule_when("{channel: [network, print]}", "audit", "d");
  const LoadReport report = test::load(yaml);
  REQUIRE(report.ok());
  REQUIRE(report.diagnostics.size() == 3);
  for (const Diagnostic& each : report.diagnostics) CHECK(each.code == "W003");
  CHECK(report.diagnostics[1].line == 5);
}

TEST_CASE("a profile behind one that has all its places is warned of") {
  const auto with = [](std::string_view profiles) {
    return "policy: {id: test, version: '1', mode: enforce}\nwatch: {directories: [/home]}\n"
           "profiles:\n" +
           std::string(profiles) + "rules:\n" + rule_when("{channel: file, surplus: true}");
  };
  const std::string first = "  - {id: a, zh: 一, en: o, elements: D01, paths: ['/a/*', '/b/*']}\n";
  const auto code_of = [](const LoadReport& report) {
    REQUIRE(report.ok());
    return report.diagnostics.empty() ? std::string() : report.diagnostics.front().code;
  };
  CHECK(code_of(test::load(with(first))).empty());
  CHECK(code_of(test::load(
            with(first + "  - {id: b, zh: 二, en: t, elements: D27, paths: '/b/*'}\n"))) == "W011");
  CHECK(code_of(test::load(with(first + "  - {id: b, zh: 二, en: t, elements: D27, paths: '/b/*', "
                                        "sites: b.example}\n")))
            .empty());
}

}  // namespace huxin::rule
