#include "collector/assess/evaluate.hpp"

#include <catch2/catch_test_macros.hpp>

#include <functional>

namespace huxin::assess {
namespace {

using enum Verdict;

const Period kMarch = *Period::from("2026-03");
Time at(int of_month, int hour, int minute = 0) {
  return kMarch.begin() + std::chrono::days(of_month - 1) + std::chrono::hours(hour) +
         std::chrono::minutes(minute);
}

/// One branch with one live terminal; nothing happened.
Facts quiet() {
  Facts facts;
  facts.period = kMarch;
  facts.until = kMarch.end();
  facts.branches = {{"a", "甲", "", "x"}};
  facts.policy_version = "7";
  TerminalFact terminal;
  terminal.id = "T-1";
  terminal.branch = "a";
  terminal.last_seen = at(31, 17);
  terminal.policy_version = "7";
  terminal.channels = {{"file", "ok"}};
  terminal.days = {{bank_day(at(31, 9)), at(31, 9), at(31, 17), 1, 1, 0}};
  facts.terminals = {terminal};
  facts.staff = {{"100", "张", "a", "", false, true, std::nullopt},
                 {"200", "李", "a", "", true, false, std::nullopt},
                 {"300", "王", "a", "", false, false, bank_day(at(10, 0))}};
  facts.accounts = {{"chen", "compliance", false, ""}};
  return facts;
}

IncidentFact incident(std::uint32_t element, rule::Stage stage, rule::Channel channel,
                      rule::Action action = rule::Action::kAudit) {
  IncidentFact one;
  one.id = "i";
  one.terminal = "T-1";
  one.branch = "a";
  one.time = one.received = at(12, 10);
  one.elements = {element};
  one.stage = stage;
  one.channel = channel;
  one.action = action;
  one.confidential = element >= 71 && element <= 74;
  return one;
}
IncidentFact at_rest(std::uint32_t element) {
  return incident(element, rule::Stage::kStore, rule::Channel::kFile);
}
IncidentFact sent(std::uint32_t element, rule::Action action = rule::Action::kAudit) {
  return incident(element, rule::Stage::kUse, rule::Channel::kNetwork, action);
}

struct Row {
  int item;
  const char* why;
  std::function<void(Facts&)> change;
  std::optional<Verdict> verdict;
};

std::function<void(Facts&)> with(IncidentFact one) {
  return [one](Facts& f) { f.incidents = {one}; };
}
IncidentFact by(IncidentFact one, std::string teller) {
  one.teller = std::move(teller);
  return one;
}

TEST_CASE(
    "An item fails for what happened, passes where somebody looked, and is left open otherwise") {
  const auto nothing = [](Facts&) {};
  const auto silent = [](Facts& f) { f.terminals[0].days.clear(); };
  std::vector<Row> rows{
      {5, "nothing found by a live terminal", nothing, kPass},
      {5, "nothing found, and nobody looked", silent, std::nullopt},
      {5, "a credit report at rest", with(at_rest(69)), kFail},
      {5, "at rest with the credit group", with(by(at_rest(69), "100")), kPass},
      {5, "its neighbour in the catalogue", with(at_rest(70)), kPass},
      {6, "a report uploaded", with(sent(69)), kFail},
      {6, "a report stopped", with(sent(69, rule::Action::kBlock)), kPartial},
      {6, "a report at rest is not one sent", with(at_rest(69)), kPass},
      {12, "track data at rest", with(at_rest(43)), kFail},
      {12, "the verification code at rest", with(at_rest(45)), kFail},
      {12, "a card number is not authentication data", with(at_rest(41)), kPass},
      {13, "a card number at rest in clear", with(at_rest(40)), kFail},
      {13, "slips are looked at by people", nothing, std::nullopt},
      {20, "a password copied and stopped", with(sent(49, rule::Action::kMask)), kPartial},
      {21, "an STR file with somebody else", with(by(at_rest(71), "100")), kFail},
      {21, "an STR file with the AML group", with(by(at_rest(71), "200")), kPass},
      {21, "an STR file with nobody knows whom", with(at_rest(71)), kFail},
      {22, "STR wording uploaded", with(sent(72)), kFail},
      {34, "an upload that passed", with(sent(1)), kFail},
      {34, "an upload that was stopped", with(sent(1, rule::Action::kBlock)), kPass},
      {34, "no upload at all proves nothing", nothing, std::nullopt},
      {9, "a leaver's number in use", with(by(sent(1), "300")), kFail},
      {9, "somebody employed", with(by(sent(1), "100")), kPass},
      {9, "no incident names a teller", nothing, std::nullopt},
      {29, "no such channel", nothing, std::nullopt},
      {29, "watched", [](Facts& f) { f.terminals[0].channels["removable"] = "ok"; }, kPass},
      {29, "switched off", [](Facts& f) { f.terminals[0].channels["removable"] = "off"; }, kFail},
      {30, "alive and current", nothing, kPass},
      {30, "an old policy", [](Facts& f) { f.terminals[0].policy_version = "6"; }, kFail},
      {30, "never heard", [](Facts& f) { f.terminals[0].last_seen = Time{}; }, kFail},
      {30, "no terminal at all", [](Facts& f) { f.terminals.clear(); }, kFail},
      {30, "silent while others go on",
       [](Facts& f) {
         f.terminals.push_back(f.terminals[0]);
         f.terminals[0].last_seen = at(20, 9);
       },
       kFail},
      {36, "separate", nothing, kPass},
      {36, "two administrators in one",
       [](Facts& f) { f.accounts.push_back({"wu", "system_admin,auditor", false, "no"}); }, kFail},
      {36, "disabled since",
       [](Facts& f) { f.accounts.push_back({"wu", "system_admin,auditor", true, "no"}); }, kPass},
      {37, "whole", nothing, kPass},
      {37, "records missing", [](Facts& f) { f.chain_faults["T-1"] = 3; }, kFail},
      {37, "another terminal's gap", [](Facts& f) { f.chain_faults["T-9"] = 3; }, kPass},
      {38, "never verified", nothing, std::nullopt},
      {38, "verified this month", [](Facts& f) { f.log_verified = at(3, 9); }, kPass},
      {38, "verified last year",
       [](Facts& f) { f.log_verified = at(3, 9) - std::chrono::days(300); }, kFail},
      {43, "no approved algorithm is in use", nothing, kFail},
      {46, "no past findings", nothing, kNotApplicable},
      {2, "by hand", nothing, std::nullopt},
  };
  for (const Row& row : rows) {
    INFO(row.item << ": " << row.why);
    Facts facts = quiet();
    row.change(facts);
    const Suggestion said = suggest(facts, "a", *Items::builtin().find(row.item));
    CHECK(said.verdict == row.verdict);
    CHECK_FALSE(said.zh.empty());
    CHECK_FALSE(said.en.empty());
    if (row.verdict == kFail && row.item != 43 && !facts.terminals.empty())
      CHECK_FALSE(said.evidence.empty());
  }
}

TEST_CASE("Credit authorisations are judged by what terminals matched") {
  Facts facts = quiet();
  const Item& item = *Items::builtin().find(1);
  CHECK(suggest(facts, "a", item).verdict == std::nullopt);
  IncidentFact one = at_rest(69);
  one.authorisation = "matched";
  facts.incidents = {one};
  CHECK(suggest(facts, "a", item).verdict == kPass);
  one.authorisation = "expired";
  facts.incidents.push_back(one);
  CHECK(suggest(facts, "a", item).verdict == kFail);
}

TEST_CASE("One teller number on two terminals within ten minutes is shared") {
  const Item& item = *Items::builtin().find(3);
  struct Case {
    const char* why;
    std::string terminal;
    Time time;
    std::optional<Verdict> verdict;
  };
  for (const Case& row : {Case{"another terminal five minutes later", "T-2", at(12, 10, 5), kFail},
                          Case{"another terminal an hour later", "T-2", at(12, 11), kPass},
                          Case{"the same terminal", "T-1", at(12, 10, 5), kPass}}) {
    INFO(row.why);
    Facts facts = quiet();
    IncidentFact other = by(sent(1), "100");
    other.terminal = row.terminal;
    other.time = row.time;
    facts.incidents = {by(sent(1), "100"), other};
    CHECK(suggest(facts, "a", item).verdict == row.verdict);
  }
  CHECK(suggest(quiet(), "a", item).verdict == std::nullopt);
}

TEST_CASE("Credit queries by night need an explanation") {
  const Item& item = *Items::builtin().find(4);
  Facts facts = quiet();
  CHECK(suggest(facts, "a", item).verdict == kPass);
  facts.incidents = {at_rest(69)};
  facts.incidents[0].time = at(12, 23);
  CHECK(suggest(facts, "a", item).verdict == kPartial);
}

TEST_CASE("Anti-money-laundering evidence is marked for its reviewers alone, and the rest is not") {
  Facts facts = quiet();
  facts.incidents = {at_rest(71)};
  CHECK(suggest(facts, "a", *Items::builtin().find(21)).evidence.at(0).confidential);
  facts.incidents = {at_rest(43)};
  CHECK_FALSE(suggest(facts, "a", *Items::builtin().find(12)).evidence.at(0).confidential);
}

TEST_CASE("Evidence beyond twenty is counted") {
  Facts facts = quiet();
  facts.incidents.assign(25, at_rest(43));
  const Suggestion said = suggest(facts, "a", *Items::builtin().find(12));
  CHECK(said.evidence.size() == kMostSuggested);
  CHECK(said.more == 5);
}

TEST_CASE("Destruction is judged by its certificates, and by nothing where there is none") {
  Facts facts = quiet();
  const Item& early = *Items::builtin().find(24);
  const Item& signed_by_two = *Items::builtin().find(40);
  CHECK(suggest(facts, "a", early).verdict == std::nullopt);
  DestructionFact order{"O-1", "a", "X-1", {}, at(9, 0), at(8, 0), true, true, false};
  facts.destructions = {order};
  CHECK(suggest(facts, "a", early).verdict == kPass);
  CHECK(suggest(facts, "a", signed_by_two).verdict == kPass);
  CHECK(suggest(facts, "a", signed_by_two).evidence.at(0).kind == "certificate");
  order.residue_clean = false;
  facts.destructions->push_back(order);
  CHECK(suggest(facts, "a", signed_by_two).verdict == kFail);
}

}  // namespace
}  // namespace huxin::assess
