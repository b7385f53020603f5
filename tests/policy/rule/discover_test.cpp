#include <catch2/catch_test_macros.hpp>

#include "tests/policy/rule/rule_fixture.hpp"

namespace huxin::rule {
namespace {

using namespace std::chrono_literals;

LoadReport load_watch(std::string_view watch) {
  return test::load(
      "policy: {id: test, version: '1', mode: enforce}\nwatch: " + std::string(watch) +
      "\nrules:\n" + test::rule_when("{channel: clipboard, level: C2}"));
}

std::string codes_of(const LoadReport& report) {
  std::string codes;
  for (const Diagnostic& each : report.diagnostics) codes += (codes.empty() ? "" : " ") + each.code;
  return codes;
}

}  // namespace

TEST_CASE("what is to be discovered, and when, arrives; without a key its default stands") {
  const LoadReport report = load_watch(
      "{discover: {folders: [/srv, /home], exclude: '*.iso', at: '12:30', days: [mon, sun], "
      "pause_when_busy: false}}");
  REQUIRE(report.ok());
  REQUIRE(report.policy->watch.discover);
  const DiscoverSettings& settings = *report.policy->watch.discover;
  CHECK(settings.folders == std::vector<std::string>{"/srv", "/home"});
  CHECK(settings.exclude == std::vector<std::string>{"*.iso"});
  CHECK(settings.at == 12h + 30min);
  CHECK(settings.days == std::vector{std::chrono::Monday, std::chrono::Sunday});
  CHECK_FALSE(settings.pause_when_busy);

  CHECK_FALSE(load_watch("{directories: /srv}").policy->watch.discover);
  const LoadReport bare = load_watch("{directories: /srv, discover: {}}");
  REQUIRE(bare.ok());
  CHECK_FALSE(bare.policy->watch.discover->at);
  CHECK(bare.policy->watch.discover->pause_when_busy);
}

TEST_CASE("what cannot be discovered is refused, and what would find nothing is warned of") {
  struct Row {
    std::string_view watch, codes, why;
  };
  const Row rows[] = {
      {"{discover: {folders: srv}}", "E021", "a relative folder"},
      {"{discover: {folders: /srv/../etc}}", "E021", "climbs"},
      {"{discover: {folders: /srv, at: '24:00'}}", "E015", "no hour 24"},
      {"{discover: {folders: /srv, at: noon}}", "E015", "no time of day"},
      {"{discover: {folders: /srv, days: [mon]}}", "E012", "days without a time of day"},
      {"{discover: {folders: /srv, at: '12:30', days: [monday]}}", "E013", "no day"},
      {"{discover: {folders: /srv, every: 1h}}", "E010", "no key"},
      {"{discover: [/srv]}", "E009", "a list for a mapping"},
      {"{discover: {folders: /srv, pause_when_busy: perhaps}}", "E013", "true or false"},
      {"{discover: {at: '12:30'}}", "W013", "no folder anywhere"},
      {"{directories: /srv, discover: {at: '12:30'}}", "", "those that are watched"},
      {"{discover: {folders: /srv, at: '12:30'}}", "", "folders of its own"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK(codes_of(load_watch(row.watch)) == row.codes);
  }
}

TEST_CASE("a rule for files at rest can match where folders are only discovered") {
  const std::string_view rules = "\nrules:\n";
  const std::string rule = test::rule_when("{channel: file, level: C2}");
  const auto load = [&](std::string_view watch) {
    return codes_of(test::load("policy: {id: test, version: '1', mode: enforce}\nwatch: " +
                               std::string(watch) + std::string(rules) + rule));
  };
  CHECK(load("{clipboard: true}") == "W003");
  CHECK(load("{discover: {folders: /srv}}").empty());
}

TEST_CASE("a match asks for overdue copies by its condition or by the operation's name") {
  Match match;
  CHECK_FALSE(asks_overdue(match));
  match.operations = {"sweep", "overdue"};
  CHECK(asks_overdue(match));
  match = {};
  match.overdue = true;
  CHECK(asks_overdue(match));
}

}  // namespace huxin::rule
