#include "policy/rule/load.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/base/digest.hpp"
#include "tests/policy/rule/rule_fixture.hpp"

namespace huxin::rule {
namespace {

using test::load;
using test::policy_with;
using test::rule_when;

std::string codes_of(const LoadReport& report) {
  std::string codes;
  for (const Diagnostic& each : report.diagnostics) codes += (codes.empty() ? "" : " ") + each.code;
  return codes;
}

/// A policy whose only rule holds `body` besides what is required.
std::string with_rule(std::string_view body) {
  return policy_with("  - {id: r, zh: 一条, en: one, domains: [it], " + std::string(body) + "}\n");
}

/// A policy with these profiles, flow style.
std::string with_profiles(std::string_view profiles) {
  return "policy: {id: test, version: '1', mode: enforce}\nprofiles: [" + std::string(profiles) +
         "]\nrules:\n" + rule_when("{channel: clipboard, level: C2}");
}

std::string with_settings(std::string_view settings) {
  return "policy: {id: test, version: '1', mode: enforce}\n" + std::string(settings) +
         "\nrules:\n" + rule_when("{channel: clipboard, level: C2}");
}

}  // namespace

TEST_CASE("every key of a policy arrives where it belongs") {
  const std::string yaml = R"(
policy: {id: branch-7, version: 2026.03.1, mode: enforce}
inspection: {min_confidence: 0.75, max_bytes: 8MiB, max_output: 32MiB, max_ratio: 50, max_entries: 99, max_depth: 3, max_memory: 1GiB, deadline: 2s, open_deadline: 300ms, fail_closed: true, pictures: {codes: false, ocr: true, max_pixels: 2000000, max_pages: 3, page_deadline: 9s}}
watch:
  directories: [/home, /data]
  guarded: /srv/credit
  exclude: "*/.cache/*"
  clipboard: false
  ports: [443, 8443]
  networks: [10.0.0.0/8, "2001:db8::/32", 192.0.2.1]
  tunnel_hosts: ["*.update.example"]
  notify: true
  teller: {processes: ["/opt/teller/*"], users: "teller*"}
profiles:
  - {id: loan, zh: 贷款申请, en: loan application, elements: [D01, mobile], paths: "*/loan/*", processes: loan-front, sites: [loan.example], keep: 30}
rules:
  - id: everything
    zh: 全部条件
    en: all conditions
    when:
      stage: [use, store]
      channel: [network, print]
      elements: [D01, bank_card_unionpay]
      level: C2
      customers: 3
      findings: 4
      user: "teller*"
      process: curl
      path: "*.csv"
      destination: "*.example"
      operation: [POST, PUT]
      not: {user: root, process: rsync, path: "/tmp/*", destination: ok.example, teller: "0099", institution: "9*"}
      time: {from: "22:00", to: "06:30", days: [fri, sun]}
      coverage: [encrypted]
      profile: loan
      surplus: true
      overdue: false
      authorisation: [missing, expired]
      teller: "00*"
      institution: ["4401*"]
    action: block
    severity: S2
    domains: [payment, it]
    clauses: [K08]
)";
  const std::string name(catalog::Catalog::builtin()->find(catalog::ElementId{40})->name);
  std::string adapted = yaml;
  adapted.replace(adapted.find("bank_card_unionpay"), 18, name);
  const LoadReport report = load(adapted);
  INFO(report.render(adapted, "test.yaml"));
  REQUIRE(report.ok());
  CHECK(report.diagnostics.empty());
  const Policy& policy = *report.policy;
  CHECK(policy.id == "branch-7");
  CHECK(policy.version == "2026.03.1");
  CHECK(policy.mode == Mode::kEnforce);
  CHECK(policy.inspection.min_confidence == 0.75);
  CHECK(policy.inspection.max_bytes == std::size_t{8} << 20U);
  CHECK(policy.inspection.max_output == std::size_t{32} << 20U);
  CHECK(policy.inspection.max_ratio == 50);
  CHECK(policy.inspection.max_entries == 99);
  CHECK(policy.inspection.max_depth == 3);
  CHECK(policy.inspection.max_memory == std::size_t{1} << 30U);
  CHECK(policy.inspection.deadline == std::chrono::seconds(2));
  CHECK(policy.inspection.open_deadline == std::chrono::milliseconds(300));
  CHECK(policy.inspection.fail_closed);
  CHECK_FALSE(policy.inspection.pictures.codes);
  CHECK(policy.inspection.pictures.ocr);
  CHECK(policy.inspection.pictures.max_pixels == 2'000'000);
  CHECK(policy.inspection.pictures.max_pages == 3);
  CHECK(policy.inspection.pictures.page_deadline == std::chrono::seconds(9));
  CHECK(policy.watch.directories == std::vector<std::string>{"/home", "/data"});
  CHECK(policy.watch.guarded == std::vector<std::string>{"/srv/credit"});
  CHECK_FALSE(policy.watch.clipboard);
  CHECK(policy.watch.network);
  CHECK(policy.watch.ports == std::vector<std::uint16_t>{443, 8443});
  CHECK(policy.watch.networks.size() == 3);
  CHECK(policy.watch.notify);
  REQUIRE(policy.rules.size() == 1);
  const Rule& rule = policy.rules.front();
  CHECK(policy.watch.teller_processes == std::vector<std::string>{"/opt/teller/*"});
  CHECK(policy.watch.teller_users == std::vector<std::string>{"teller*"});
  REQUIRE(policy.profiles.size() == 1);
  const Profile& profile = policy.profiles.front();
  CHECK(profile.id == "loan");
  CHECK(profile.zh == "贷款申请");
  CHECK(profile.elements == std::set{catalog::ElementId{1}, catalog::ElementId{27}});
  CHECK(profile.paths == std::vector<std::string>{"*/loan/*"});
  CHECK(profile.processes == std::vector<std::string>{"loan-front"});
  CHECK(profile.sites == std::vector<std::string>{"loan.example"});
  CHECK(profile.keep == std::chrono::days(30));
  CHECK(profile.line == 15);
  CHECK(rule.line == 17);
  CHECK(rule.match.stages == std::vector{Stage::kUse, Stage::kStore});
  CHECK(rule.match.elements == std::set{catalog::ElementId{1}, catalog::ElementId{40}});
  CHECK(rule.match.level == catalog::Level::kC2);
  CHECK(rule.match.customers == 3);
  CHECK(rule.match.findings == 4);
  CHECK(rule.match.not_destinations == std::vector<std::string>{"ok.example"});
  CHECK(rule.match.time_of_day ==
        std::pair{std::chrono::minutes(22 * 60), std::chrono::minutes(6 * 60 + 30)});
  CHECK(rule.match.weekdays == std::vector{std::chrono::Friday, std::chrono::Sunday});
  CHECK(rule.match.profiles == std::vector<std::string>{"loan"});
  CHECK(rule.match.surplus);
  CHECK_FALSE(rule.match.overdue);
  CHECK(rule.match.authorisations == std::vector{Authorisation::kMissing, Authorisation::kExpired});
  CHECK(rule.match.tellers == std::vector<std::string>{"00*"});
  CHECK(rule.match.institutions == std::vector<std::string>{"4401*"});
  CHECK(rule.match.not_tellers == std::vector<std::string>{"0099"});
  CHECK(rule.match.not_institutions == std::vector<std::string>{"9*"});
  CHECK(rule.action == Action::kBlock);
  CHECK(rule.severity == Severity::kS2);
  CHECK(rule.domains == std::vector<std::string>{"it", "payment"});
  const Digest digest = sha256(as_bytes(adapted));
  CHECK(policy.digest == Bytes(digest.begin(), digest.end()));
}

TEST_CASE("what is wrong with a policy is told by code") {
  struct Row {
    std::string yaml;
    std::string codes;
    std::string_view why;
  };
  const std::string deep(40, '[');
  const Row rows[] = {
      {"policy: {id: a", "E001", "an open brace"},
      {"a: b: c", "E001", "a colon inside an unquoted text"},
      {std::string((1U << 20U) + 1, ' '), "E002", "over 1 MiB"},
      {with_rule("action: audit, when: {channel: network, user: ['" + std::string(600, 'u') +
                 "']}"),
       "E005", "a long text"},
      {with_rule("action: audit, when: {channel: network, user: ''}"), "E005", "an empty text"},
      {with_rule("action: audit, when: {channel: network, user: \"a\\x07b\"}"), "E005",
       "a control character"},
      {"policy: " + deep + std::string(40, ']'), "E006", "too deep"},
      {with_rule("action: &x audit, when: {channel: network}"), "E007", "an anchor"},
      {with_rule("action: !!str audit, when: {channel: network}"), "E007", "a tag"},
      {"", "E008", "nothing at all"},
      {policy_with(rule_when("{channel: network}")) + "---\na: b\n", "E008", "two documents"},
      {"- a", "E009", "a list"},
      {"policy: {id: a, version: '1', mode: enforce}\nrules: {}", "E009", "rules are a list"},
      {with_rule("action: audit, when: [network]"), "E009", "when is a mapping"},
      {with_rule("action: [audit], when: {channel: network}"), "E009", "one action"},
      {with_rule("action: audit, when: {chanel: network}"), "E010", "a misspelt key"},
      {with_rule("action: audit, action: block, when: {channel: network}"), "E011", "a key twice"},
      {with_rule("when: {channel: network}"), "E012", "no action"},
      {"rules: []", "E012", "no header"},
      {with_rule("action: audit, when: {channel: network, time: {from: '08:00'}}"), "E012",
       "half a window"},
      {with_rule("action: deny, when: {channel: network}"), "E013", "no such action"},
      {with_rule("action: audit, when: {channel: [network, fax]}"), "E013", "no such channel"},
      {with_settings("watch: {clipboard: yes}"), "E013", "true or false"},
      {with_rule("action: audit, when: {channel: network, customers: 0}"), "E014",
       "customers from 1"},
      {with_rule("action: audit, when: {channel: network, customers: -1}"), "E014", "a sign"},
      {with_rule("action: audit, when: {channel: network, customers: 10x}"), "E014",
       "a letter behind"},
      {with_settings("inspection: {min_confidence: 1.5}"), "E014", "over 1"},
      {with_settings("inspection: {min_confidence: nan}"), "E014", "not a number"},
      {with_settings("watch: {ports: [0]}"), "E014", "no port"},
      {with_settings("watch: {ports: [65536]}"), "E014", "no port either"},
      {with_settings("inspection: {pictures: {max_pages: 0}}"), "E014", "no page at all"},
      {with_settings("inspection: {pictures: {max_pixels: 64MiB}}"), "E014", "pixels are a number"},
      {with_settings("inspection: {pictures: {ocr: on}}"), "E013", "true or false here too"},
      {with_settings("inspection: {pictures: {text: true}}"), "E010", "it is called ocr"},
      {with_settings("inspection: {pictures: {page_deadline: 20}}"), "E015", "no unit there"},
      {with_settings("inspection: {deadline: 5}"), "E015", "no unit"},
      {with_settings("inspection: {open_deadline: 11s}"), "E015", "over 10 s"},
      {with_settings("inspection: {max_bytes: 99999999999999999999GiB}"), "E015", "overflows"},
      {with_settings("inspection: {max_output: 1KiB}"), "E015", "less than a page of text"},
      {with_settings("inspection: {max_output: 17GiB}"), "E015", "over 16 GiB"},
      {with_settings("inspection: {max_ratio: 9}"), "E014", "documents pack tenfold"},
      {with_settings("inspection: {max_ratio: 100001}"), "E014", "no format packs so far"},
      {with_settings("inspection: {max_entries: 0}"), "E014", "no archive could be read"},
      {with_settings("inspection: {max_entries: 10000000}"), "E014", "over a million"},
      {with_settings("inspection: {max_depth: 0}"), "E014", "no archive could be read either"},
      {with_settings("inspection: {max_depth: 33}"), "E014", "over 32"},
      {with_settings("inspection: {max_depth: 1.5}"), "E014", "no whole number"},
      {with_settings("inspection: {max_memory: 64MiB}"), "E015", "a worker could not start"},
      {with_settings("inspection: {max_memory: 1TiB}"), "E015", "no such unit"},
      {with_rule("action: audit, when: {channel: network, time: {from: '24:00', to: '01:00'}}"),
       "E015", "no hour 24"},
      {policy_with(rule_when("{channel: network}") + rule_when("{channel: clipboard}")), "E016",
       "one id twice"},
      {with_settings("").replace(13, 4, "'a b'"), "E017", "a space in an id"},
      {with_rule("action: audit, when: {channel: network, elements: [D99]}"), "E018",
       "no such element"},
      {with_rule("action: audit, when: {channel: network, elements: [resident_ID]}"), "E018",
       "names are lower case"},
      {policy_with(
           "  - {id: r, zh: 一, en: o, domains: [tax], action: audit, when: {channel: network}}\n"),
       "E019", "no such domain"},
      {with_settings("watch: {networks: [10.0.0.1/8]}"), "E020", "host bits"},
      {with_settings("watch: {networks: [10.0.0.0/33]}"), "E020", "a long prefix"},
      {with_settings("watch: {networks: ['10.0.0.0/8 }; drop']}"), "E020", "an injected rule"},
      {with_settings("watch: {directories: [home]}"), "E021", "relative"},
      {with_settings("watch: {guarded: [/srv/../etc]}"), "E021", "climbs"},
      {with_settings("watch: {tunnel_hosts: ['a b']}"), "E005", "no host"},
      {with_rule("action: audit, when: {channel: network, time: {from: '08:00', to: '08:00'}}"),
       "E022", "empty window"},
      {with_profiles("{id: p, zh: 一, en: o, elements: [D01, D49], paths: '*/p/*'}"), "E023",
       "a password is for no purpose"},
      {with_profiles("{id: p, zh: 一, en: o, elements: [track2, private_key], paths: '*/p/*'}"),
       "E023 E023", "each of them is told"},
      {with_profiles("{id: p, zh: 一, en: o, elements: [D01]}"), "E024", "a profile of no place"},
      {with_profiles("{id: p, zh: 一, en: o, elements: [], paths: '*/p/*'}"), "E024",
       "a profile of nothing"},
      {with_profiles("{id: p, zh: 一, en: o, elements: [D01], paths: '*/p/*'}, "
                     "{id: p, zh: 二, en: t, elements: [D01], paths: '*/q/*'}"),
       "E025", "one id twice"},
      {with_rule("action: audit, when: {channel: file, profile: loan}"), "E026", "no such profile"},
      {with_profiles("{id: p, zh: 一, en: o, elements: [D99], paths: '*/p/*'}"), "E018",
       "no such element in a profile"},
      {with_profiles("{id: p, zh: 一, en: o, paths: '*/p/*'}"), "E012", "a profile says what"},
      {with_profiles("{id: p, zh: 一, en: o, elements: D01, paths: '*/p/*', keep: 0}"), "E014",
       "days from 1"},
      {with_profiles("{id: p, zh: 一, en: o, elements: D01, path: '*/p/*'}"), "E010 E024",
       "a misspelt key"},
      {with_settings("profiles: {id: p}"), "E009", "profiles are a list"},
      {with_rule("action: audit, when: {channel: file, authorisation: none}"), "E013",
       "no such state"},
      {with_settings("watch: {teller: {users: a}}"), "E012", "a teller needs a program"},
  };
  for (const Row& row : rows) {
    const LoadReport report = load(row.yaml);
    INFO(row.why << "\n" << report.render(row.yaml, "test.yaml"));
    CHECK_FALSE(report.ok());
    CHECK(codes_of(report) == row.codes);
  }
}

TEST_CASE("too many rules and too long lists are refused by their own codes") {
  std::string rules;
  for (int i = 0; i <= 2000; ++i)
    rules += rule_when("{channel: network}", "audit", "r" + std::to_string(i));
  CHECK(codes_of(load(policy_with(rules))) == "E003");
  std::string users;
  for (int i = 0; i <= 1000; ++i) users += "u" + std::to_string(i) + ",";
  CHECK(codes_of(load(policy_with(rule_when("{channel: network, user: [" + users + "]}")))) ==
        "E004");
}

TEST_CASE("a diagnostic stands at its line and column and is shown with a caret") {
  const std::string yaml =
      "policy: {id: test, version: '1', mode: enforce}\nrules:\n  - id: r\n    zh: 一条\n    en: "
      "one\n"
      "    when: {channel: netwrk}\n    action: audit\n";
  const LoadReport report = load(yaml);
  REQUIRE(report.diagnostics.size() == 1);
  CHECK(report.diagnostics[0].line == 6);
  CHECK(report.diagnostics[0].column == 21);
  CHECK(report.diagnostics[0].message.contains("did you mean 'network'?"));
  const std::string shown = report.render(yaml, "p.yaml");
  CHECK(shown.starts_with("p.yaml:6:21: 错误 error E013: 词语不在该键允许之列; "));
  CHECK(shown.ends_with("        when: {channel: netwrk}\n" + std::string(24, ' ') + "^\n"));
}

TEST_CASE("an element that no profile may have is told at its place") {
  const std::string yaml =
      "policy: {id: test, version: '1', mode: enforce}\nprofiles:\n  - id: open\n    zh: 开户\n"
      "    en: opening\n    elements: [D01, D45]\n    paths: '*'\nrules: []\n";
  const LoadReport report = load(yaml);
  REQUIRE_FALSE(report.ok());
  CHECK(report.render(yaml, "p.yaml")
            .starts_with("p.yaml:6:21: 错误 error E023: 目的清单允许了鉴别信息（C3）; "
                         "profile.elements: "));
}

TEST_CASE("a caret after Chinese text stands under the fault") {
  const std::string yaml = "policy: {id: 策略, version: '1', mode: enfroce}\nrules: []\n";
  const LoadReport report = load(yaml);
  const std::string shown = report.render(yaml, "p");
  CHECK(shown.contains("did you mean 'enforce'?"));
  CHECK(shown.contains("\n    " + std::string(39, ' ') + "^\n"));
}

TEST_CASE("control characters of a policy do not reach the terminal of whoever checks it") {
  const std::string yaml =
      "policy: {id: test, version: '1', mode: \"\x1B[31m\xC2\x9B\"}\n\"k\\e\\n\": 1\nrules: []\n";
  const std::string shown = load(yaml).render(yaml, "p");
  INFO(shown);
  CHECK(shown.contains("mode: \"?[31m??\""));
  CHECK(shown.contains("no key 'k?"));
  CHECK_FALSE(shown.contains('\x1B'));
  CHECK_FALSE(shown.contains("\xC2\x9B"));
}

TEST_CASE("all faults are told at once, a hundred at most") {
  const LoadReport some =
      load(with_rule("action: deny, severity: S9, wehn: {}, when: {stage: usage}"));
  CHECK(codes_of(some) == "E010 E013 E013 E013");
  std::string rules;
  for (int i = 0; i < 200; ++i)
    rules += rule_when("{channel: fax}", "audit", "r" + std::to_string(i));
  const LoadReport many = load(policy_with(rules));
  CHECK(many.diagnostics.size() == 101);
  CHECK(many.diagnostics.back().code == "W010");
  CHECK_FALSE(many.ok());
}

TEST_CASE("all stands for the four domains") {
  const LoadReport report = load(policy_with(
      "  - {id: r, zh: 一, en: o, domains: all, action: audit, when: {channel: network}}\n"));
  REQUIRE(report.ok());
  CHECK(report.policy->rules[0].domains ==
        std::vector<std::string>{"aml", "credit", "it", "payment"});
}

}  // namespace huxin::rule
