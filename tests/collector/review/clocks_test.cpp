#include "collector/review/clocks.hpp"

#include <catch2/catch_test_macros.hpp>

#include "collector/review/checklists.hpp"
#include "policy/rule/event.hpp"

namespace huxin::review {
namespace {

record::Incident incident(std::vector<std::string> domains, rule::Channel channel,
                          rule::Action action, std::uint32_t element = 1) {
  record::Incident made;
  for (std::string& domain : domains) made.add_domains(std::move(domain));
  made.set_channel(static_cast<std::uint32_t>(channel));
  made.set_action(static_cast<std::uint32_t>(action));
  made.add_counts()->set_element(element);
  return made;
}

std::vector<std::string> ids(const std::vector<const ReportClock*>& clocks) {
  std::vector<std::string> all;
  for (const ReportClock* clock : clocks) all.push_back(clock->id);
  return all;
}

using enum rule::Channel;
using enum rule::Action;
using Ids = std::vector<std::string>;

TEST_CASE("The clocks that run depend on grade, domain and whether the data left") {
  struct Row {
    std::uint32_t severity;
    record::Incident incident;
    Ids running;
    const char* why;
  };
  const std::vector<Row> rows{
      {1,
       incident({"payment"}, kNetwork, kAudit),
       {"individuals", "pboc", "cii", "nfra", "cac"},
       "a grave leak in payment runs them all, the shortest first"},
      {1,
       incident({"payment"}, kNetwork, kBlock),
       {"pboc", "cii", "nfra", "cac"},
       "what was blocked did not leak"},
      {1,
       incident({"it"}, kRemovable, kAllow),
       {"individuals", "cii", "nfra", "cac"},
       "IT is no business of the central bank's"},
      {4, incident({"payment"}, kFile, kQuarantine), {"nfra"}, "a light one is an event still"},
      {4, incident({"credit"}, kPrint, kAudit), {"individuals", "nfra"}, "a print leaves"},
      {0, incident({"payment"}, kNetwork, kAllow), {}, "what is not graded starts nothing"},
  };
  for (const Row& row : rows) {
    INFO(row.why);
    CHECK(ids(Clocks::builtin().running(row.severity, {row.incident})) == row.running);
  }
  CHECK(Clocks::builtin().running(1, {}).empty());
  CHECK(ids(Clocks::builtin().running(
            3, {incident({"it"}, kFile, kAudit), incident({"aml"}, kFile, kAudit)})) ==
        Ids{"pboc", "cii", "nfra", "cac"});
}

TEST_CASE("A case is due by its grade, and an unknown grade has the longest term") {
  const Time now{};
  CHECK(Clocks::builtin().due(1, now) == now + std::chrono::hours(24));
  CHECK(Clocks::builtin().due(4, now) == now + std::chrono::days(10));
  CHECK(Clocks::builtin().due(0, now) == Clocks::builtin().due(4, now));
  for (std::uint32_t severity = 1; severity <= 4; ++severity) {
    const Grade* const grade = Clocks::builtin().grade(severity);
    REQUIRE(grade != nullptr);
    CHECK_FALSE(grade->source.empty());
    CHECK_FALSE(grade->checked.empty());
  }
  CHECK(Clocks::builtin().find("nfra")->first == std::chrono::hours(2));
  CHECK(Clocks::builtin().find("pboc")->draft);
}

TEST_CASE("A wrong data file is refused with line and column, and nothing of it is used") {
  constexpr std::string_view kGood =
      "notice_zh: 参考\nnotice_en: reference\ngrades:\n  - {id: S1, zh: 一, en: one, due_minutes: "
      "60, source: s, checked: 2026-11-25}\nclocks: []\n";
  REQUIRE(Clocks::parse(kGood, "clocks.yaml"));
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string text(kGood);
    text.replace(text.find(from), from.size(), to);
    const auto parsed = Clocks::parse(text, "clocks.yaml");
    return parsed ? std::string("taken") : parsed.error().context;
  };
  CHECK(with("id: S1", "id: S9").starts_with("clocks.yaml:4:"));
  CHECK(with("due_minutes: 60", "due_minutes: -1").starts_with("clocks.yaml:4:"));
  CHECK(with("source: s", "sauce: s").starts_with("clocks.yaml:4:"));
  CHECK(with("clocks: []", "clocks: many").starts_with("clocks.yaml:5:"));
  CHECK(with("clocks: []", "").starts_with("clocks.yaml:"));
  CHECK(Checklists::parse("checklists:\n  - {id: a, zh: b, en: c, clause: K14, source: s, checked: "
                          "d, elements: [D40, X1], steps: []}\n",
                          "lists.yaml")
            .error()
            .context.starts_with("lists.yaml:2:"));
}

TEST_CASE("Card data calls for the four steps of K14, other data for none") {
  const auto called = [](std::uint32_t element) {
    return Checklists::builtin().called_for({incident({}, kFile, kAudit, element)});
  };
  REQUIRE(called(40).size() == 1);
  CHECK(called(40).front()->clause == "K14");
  CHECK(called(40).front()->steps.size() == 4);
  CHECK(called(40).front()->steps.front().id == "unexpected_pan.retrieve");
  CHECK(called(43).size() == 1);
  CHECK(called(1).empty());
  CHECK(called(49).empty());
}

}  // namespace
}  // namespace huxin::review
