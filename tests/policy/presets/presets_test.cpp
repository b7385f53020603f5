#include "policy/presets/presets.hpp"

#include <catch2/catch_test_macros.hpp>

#include "policy/base/file.hpp"
#include "tests/policy/rule/rule_fixture.hpp"

namespace huxin::presets {
namespace {

using namespace rule;
using catalog::Level;
using rule::test::customers;

std::shared_ptr<const Policy> branch_policy() {
  const LoadReport report = rule::test::load(branch());
  INFO(report.render(branch(), "branch.yaml"));
  REQUIRE(report.ok());
  return report.policy;
}

Event event_on(Channel channel, Stage stage = Stage::kUse) {
  return {.stage = stage,
          .channel = channel,
          .time = rule::test::kWednesday,
          .user = "teller01",
          .process = "/usr/bin/app",
          .path = "/home/teller01/客户.xlsx",
          .destination = "up.example:443/x",
          .operation = "POST"};
}

}  // namespace

TEST_CASE("the shipped presets load without a single diagnostic") {
  for (const auto& [name, text] : {std::pair{"branch", branch()}, std::pair{"audit", audit()}}) {
    const LoadReport report = rule::test::load(text);
    INFO(report.render(text, name));
    CHECK(report.ok());
    CHECK(report.diagnostics.empty());
  }
}

TEST_CASE("what is compiled in is the file shipped") {
  CHECK(read_file(HUXIN_SOURCE_DIR "/policy/presets/branch.yaml").value() == branch());
  CHECK(read_file(HUXIN_SOURCE_DIR "/policy/presets/audit.yaml").value() == audit());
  CHECK(read_file(HUXIN_SOURCE_DIR "/policy/presets/clauses.yaml").value() == clauses());
}

TEST_CASE("the audit preset is the branch preset, simulated") {
  const auto from = [](std::string_view text, std::string_view mark) {
    return text.substr(text.find(mark));
  };
  CHECK(from(audit(), "\ninspection:") == from(branch(), "\ninspection:"));
  CHECK(rule::test::load(audit()).policy->mode == Mode::kSimulate);
  CHECK(branch_policy()->mode == Mode::kEnforce);
}

TEST_CASE("the branch preset decides as a branch needs it") {
  struct Row {
    Event event;
    detect::Inspection inspection;
    std::string coverage;
    Action action;
    std::string_view rule;
    std::string_view why;
  };
  const auto with = [](Event event, auto&& change) {
    change(event);
    return event;
  };
  const Event internal = with(event_on(Channel::kNetwork),
                              [](Event& e) { e.destination = "files.bank.internal:443/x"; });
  const Event credit = with(event_on(Channel::kFileOpen), [](Event& e) { e.user = "credit-wang"; });
  const Event night =
      with(event_on(Channel::kFileOpen), [](Event& e) { e.time += std::chrono::hours(13); });
  const Event form = with(event_on(Channel::kFile, Stage::kStore),
                          [](Event& e) { e.path = "/srv/branch/business/loan/2026/申请表.docx"; });
  const Event payroll = with(event_on(Channel::kFile, Stage::kStore),
                             [](Event& e) { e.path = "/srv/branch/business/payroll/三月.xlsx"; });
  const Row rows[] = {
      {event_on(Channel::kNetwork), customers(0), "", Action::kAllow, "", "an ordinary upload"},
      {event_on(Channel::kNetwork), customers(1), "", Action::kAudit, "use-upload-customer",
       "one customer"},
      {event_on(Channel::kNetwork), customers(10), "", Action::kBlock, "use-upload-bulk",
       "ten customers"},
      {internal, customers(10), "", Action::kAllow, "", "to the bank itself"},
      {internal, customers(1, 49, Level::kC3), "", Action::kBlock, "use-c3-leaves",
       "C3 goes nowhere"},
      {event_on(Channel::kNetwork), customers(1, 69), "", Action::kBlock,
       "use-credit-report-leaves", "a credit report"},
      {event_on(Channel::kNetwork), customers(1, 71), "", Action::kBlock, "use-str-leaves",
       "an STR"},
      {event_on(Channel::kPrint), customers(1, 71), "", Action::kBlock, "use-str-leaves",
       "an STR printed"},
      {event_on(Channel::kNetwork), customers(0), "encrypted", Action::kBlock,
       "use-upload-encrypted", "an encrypted archive"},
      {event_on(Channel::kNetwork), customers(0), "too_large", Action::kAudit,
       "use-upload-uninspected", "too large"},
      {event_on(Channel::kClipboard), customers(9), "", Action::kAllow, "", "daily work"},
      {event_on(Channel::kClipboard), customers(10), "", Action::kMask, "use-copy-bulk",
       "a copied list"},
      {event_on(Channel::kClipboard), customers(1, 49, Level::kC3), "", Action::kBlock,
       "use-copy-c3", "a copied password"},
      {event_on(Channel::kClipboard), customers(1, 85, Level::kC3), "", Action::kAllow, "",
       "what authorises one customer's payment: daily work too"},
      {event_on(Channel::kClipboard), customers(10, 85, Level::kC3), "", Action::kMask,
       "use-copy-bulk", "that of ten"},
      {internal, customers(1, 85, Level::kC3), "", Action::kBlock, "use-c3-leaves",
       "but it goes nowhere"},
      {event_on(Channel::kFile, Stage::kStore), customers(1, 43, Level::kC3), "",
       Action::kQuarantine, "store-payment-c3", "track data"},
      {event_on(Channel::kFile, Stage::kStore), customers(0, 83, Level::kC3), "", Action::kAllow,
       "", "no key in it"},
      {event_on(Channel::kFile, Stage::kStore), customers(1, 83, Level::kC3), "",
       Action::kQuarantine, "store-credentials", "a private key"},
      {event_on(Channel::kFile, Stage::kStore), customers(9), "", Action::kAllow, "",
       "a few customers"},
      {event_on(Channel::kFile, Stage::kStore), customers(10), "", Action::kAudit, "store-bulk",
       "a list"},
      {form, customers(1), "", Action::kAllow, "", "a form with what a loan needs"},
      {form, customers(1, 31), "", Action::kAudit, "collect-surplus", "and an e-mail address"},
      {form, customers(20), "", Action::kAllow, "", "many forms are the business of the place"},
      {form, customers(1, 45, Level::kC3), "", Action::kQuarantine, "collect-authentication",
       "a form that asks for the CVN2"},
      {form, customers(1, 85, Level::kC3), "", Action::kAllow, "",
       "a form with name, number, card and telephone, each of which a loan needs"},
      {payroll, customers(30, 27), "", Action::kAudit, "collect-surplus", "phones for wages"},
      {payroll, customers(30, 40), "", Action::kAllow, "", "cards for wages"},
      {event_on(Channel::kFileOpen), customers(1, 69), "", Action::kBlock, "use-open-credit-report",
       "a stranger opens it"},
      {credit, customers(1, 69), "", Action::kAllow, "", "the credit group opens it"},
      {credit, customers(1, 71), "", Action::kBlock, "use-open-str", "but no STR"},
      {night, customers(10), "", Action::kAudit, "use-open-off-hours", "late in the evening"},
      {event_on(Channel::kRemovable, Stage::kStore), customers(10), "", Action::kQuarantine,
       "store-removable-bulk", "a list to a stick"},
      {event_on(Channel::kFile, Stage::kDestroy), customers(1, 71), "", Action::kAudit, "store-str",
       "an STR deleted"},
  };
  const auto policy = branch_policy();
  for (const Row& row : rows) {
    INFO(row.why);
    const Decision decision =
        decide(*policy, row.event, {&row.inspection, row.coverage}, std::chrono::minutes(0));
    CHECK(decision.action == row.action);
    CHECK(decision.rule == row.rule);
  }
}

TEST_CASE("the branch preset asks for consent to credit reports") {
  const auto policy = branch_policy();
  Event credit = event_on(Channel::kFileOpen);
  credit.user = "credit-wang";
  const detect::Inspection report = customers(1, 69);
  const auto decided = [&](const Event& event, Authorisation authorisation) {
    return decide(*policy, event, {&report, {}, authorisation}, std::chrono::minutes(0));
  };
  CHECK(decided(credit, Authorisation::kMatched).action == Action::kAllow);
  CHECK(decided(credit, Authorisation::kMissing).rule == "use-report-without-consent");
  CHECK(decided(credit, Authorisation::kMissing).action == Action::kBlock);
  CHECK(decided(credit, Authorisation::kExpired).action == Action::kBlock);
  const Event kept = event_on(Channel::kFile, Stage::kStore);
  CHECK(decided(kept, Authorisation::kMissing).rule == "collect-report-without-consent");
  CHECK(decided(kept, Authorisation::kMatched).rule == "store-credit-report");
}

TEST_CASE("every rule of the branch preset names domains and clauses that are on file") {
  for (const Rule& each : branch_policy()->rules) {
    INFO(each.id);
    CHECK_FALSE(each.domains.empty());
    CHECK_FALSE(each.clauses.empty());
    for (const std::string& clause : each.clauses)
      CHECK(Clauses::builtin().find(clause) != nullptr);
  }
}

}  // namespace huxin::presets
