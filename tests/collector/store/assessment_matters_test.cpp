#include <algorithm>
#include <boost/json/serialize.hpp>
#include <catch2/catch_test_macros.hpp>

#include "collector/assess/evaluate.hpp"
#include "collector/assess/inputs.hpp"
#include "collector/assess/tree.hpp"
#include "collector/store/assessment.hpp"
#include "tests/collector/support/device.hpp"
#include "tests/support/bank.hpp"
#include "tests/support/temp_dir.hpp"

namespace huxin::store {
namespace {

using assess::Domain;
using test::must;

/// A moment at the bank.
Time on(const char* day, int hour = 9) {
  return *from_rfc3339(fmt::format("{}T00:00:00Z", day)) + std::chrono::hours(hour - 8);
}

struct Fixture {
  test::TempDir folder;
  test::Bank bank{on("2026-03-01")};
  std::unique_ptr<Store> store =
      must(open_sealed_store(folder / "collector.db", Secret(Bytes(32, 7))));
  test::Device device, other;

  Fixture() {
    must(store->assessment().replace_branches(
        {{"1", "甲", "", "x"}, {"1-1", "南京路支行", "1", "y"}, {"1-2", "淮海路支行", "1", "z"}}));
    must(store->assessment().replace_staff({{"1", "张", "1-1", "", false, false, std::nullopt},
                                            {"2", "李", "1-1", "", false, false, std::nullopt}}));
    device.enrol(*store, bank.authority(), on("2026-03-01"));
    other.enrol(*store, bank.authority(), on("2026-03-01"), "淮海路支行");
  }
  std::string incident(test::Device& by, std::string_view domain, Time at,
                       std::uint32_t element = 6) {
    record::Payload payload;
    *payload.mutable_incident() = test::sample_incident(1);
    payload.mutable_incident()->clear_domains();
    payload.mutable_incident()->add_domains(std::string(domain));
    payload.mutable_incident()->mutable_counts(0)->set_element(element);
    must(store->accept(by.id(), by.sha256(), by.batch({by.append(payload)}), at));
    return to_hex(as_bytes(payload.incident().id()));
  }
  void inventory(test::Device& by, Time at, std::uint64_t overdue, std::uint64_t files = 100) {
    record::Payload payload;
    auto& told = *payload.mutable_inventory();
    told.set_files(files);
    told.set_overdue(overdue);
    (*told.mutable_not_inspected())["encrypted"] = 4;
    must(store->accept(by.id(), by.sha256(), by.batch({by.append(payload)}), at));
  }
  std::string open(std::vector<std::string> incidents, Time at, std::uint32_t severity = 2,
                   bool confidential = false) {
    Case made;
    made.title = "名单外传";
    made.severity = severity;
    made.discovered = made.opened = at;
    made.due = at + std::chrono::hours(72);
    made.opened_by = made.owner = "li.wei";
    made.confidential = confidential;
    made.incidents = std::move(incidents);
    return must(store->cases().open(made, {at, "li.wei", "opened", "", "li.wei", ""}));
  }
  void change(const std::string& id, const std::function<void(Case&)>& how,
              std::vector<CaseEvent> events) {
    const Case before = *must(store->cases().find(id, Audience::everybody()));
    Case after = before;
    how(after);
    must(store->cases().change(before, after, events));
  }
  void close(const std::string& id, const std::string& verdict, Time at) {
    change(id,
           [&](Case& one) {
             one.state = CaseState::kClosed;
             one.verdict = verdict;
             one.closed = at;
           },
           {{at, "li.wei", "state", "open", "closed", "x"},
            {at, "li.wei", "verdict", "", verdict, ""}});
  }
  void reopen(const std::string& id, Time at) {
    change(id,
           [&](Case& one) {
             one.state = CaseState::kInvestigating;
             one.verdict.clear();
             one.closed.reset();
           },
           {{at, "li.wei", "state", "closed", "investigating", "x"}});
  }
  assess::Facts facts(const char* period) {
    return must(store->assessment().facts(*assess::Period::from(period), on("2026-12-01")));
  }
  assess::Inputs inputs(const char* period) {
    return assess::gather(facts(period), assess::Model::builtin(),
                          [](const std::string&) { return &assess::Items::builtin(); });
  }
  /// The charges against a branch, as words: "s2 s1".
  std::string charges(const char* period, const char* branch = "1-1") {
    std::string all;
    for (const auto& charge : inputs(period).find(branch)->deductions)
      all += (all.empty() ? "" : " ") + charge.kind;
    return all;
  }
  assess::Figure figure(const char* period, std::string_view name, Domain domain,
                        const char* branch = "1-1") {
    const assess::Inputs all = inputs(period);
    for (const auto& each :
         all.find(branch)->domains.at(static_cast<std::size_t>(domain)).figures) {
      if (each.name == name) return each;
    }
    return {};
  }
};

TEST_CASE("A confirmed case is its branch's leak, its review time and its deduction") {
  Fixture f;
  const std::string id =
      f.open({f.incident(f.device, "payment", on("2026-03-10"))}, on("2026-03-10"));
  CHECK(f.charges("2026-03").empty());  // no verdict yet
  CHECK(f.figure("2026-03", "leaks", Domain::kPayment).numerator == 0);
  f.close(id, "confirmed", on("2026-03-12", 15));
  CHECK(f.charges("2026-03") == "s2");
  const assess::Figure leaks = f.figure("2026-03", "leaks", Domain::kPayment);
  CHECK(leaks.numerator == 1);
  CHECK(leaks.denominator == 2);  // staff
  REQUIRE(leaks.counted.size() == 1);
  CHECK(leaks.counted[0].of == assess::Evidence{"case", id, "S2", false});
  CHECK(f.figure("2026-03", "leaks", Domain::kCredit).numerator == 0);
  const assess::Figure review = f.figure("2026-03", "review", Domain::kPayment);
  CHECK(review.numerator == (2 * 24 + 6) * 60);
  CHECK(review.denominator == 60);
  CHECK(f.charges("2026-03", "1-2").empty());
  CHECK(f.charges("2026-04").empty());
}

TEST_CASE("Verdicts count once, in the month they were given, and as they stood at its end") {
  struct Step {
    const char* day;
    const char* verdict;  // empty: reopened
  };
  struct Row {
    const char* why;
    std::vector<Step> steps;
    const char *march, *april;  // deductions
    std::int64_t reviews_march, reviews_april;
  };
  for (const Row& row : {
           Row{"confirmed", {{"2026-03-12", "confirmed"}}, "s2", "", 1, 0},
           Row{"a false alarm was reviewed, and is no leak",
               {{"2026-03-12", "false_alarm"}},
               "",
               "",
               1,
               0},
           Row{"taken back within the month",
               {{"2026-03-12", "confirmed"}, {"2026-03-13", ""}, {"2026-03-14", "permitted"}},
               "",
               "",
               1,
               0},
           Row{"taken back, and not decided again",
               {{"2026-03-12", "confirmed"}, {"2026-03-13", ""}},
               "",
               "",
               1,
               0},
           Row{"taken back in April: March stays as it was",
               {{"2026-03-12", "confirmed"}, {"2026-04-02", ""}, {"2026-04-03", "false_alarm"}},
               "s2",
               "",
               1,
               0},
           Row{"confirmed again in April: charged in March alone",
               {{"2026-03-12", "confirmed"}, {"2026-04-02", ""}, {"2026-04-03", "confirmed"}},
               "s2",
               "",
               1,
               0},
           Row{"held for a false alarm in March, confirmed in April: charged when it was known",
               {{"2026-03-12", "false_alarm"}, {"2026-04-02", ""}, {"2026-04-03", "confirmed"}},
               "",
               "s2",
               1,
               0},
           Row{"decided at midnight belongs to the new day",
               {{"2026-04-01", "confirmed"}},
               "",
               "s2",
               0,
               1},
       }) {
    INFO(row.why);
    Fixture f;
    const std::string id =
        f.open({f.incident(f.device, "payment", on("2026-03-10"))}, on("2026-03-10"));
    for (const Step& step : row.steps) {
      if (std::string_view(step.verdict).empty()) {
        f.reopen(id, on(step.day, 0));
      } else {
        f.close(id, step.verdict, on(step.day, 0));
      }
    }
    CHECK(f.charges("2026-03") == row.march);
    CHECK(f.charges("2026-04") == row.april);
    const auto reviews = [&](const char* period) {
      return static_cast<std::int64_t>(f.figure(period, "review", Domain::kPayment).counted.size());
    };
    CHECK(reviews("2026-03") == row.reviews_march);
    CHECK(reviews("2026-04") == row.reviews_april);
  }
}

TEST_CASE("Whatever happens after a month's end, the month is gathered as it was") {
  Fixture f;
  const std::string id =
      f.open({f.incident(f.device, "payment", on("2026-03-10"))}, on("2026-03-10"));
  f.close(id, "confirmed", on("2026-03-12"));
  f.inventory(f.device, on("2026-03-20"), 0);
  const std::string open =
      f.open({f.incident(f.device, "payment", on("2026-03-30"))}, on("2026-03-30"));
  const assess::Inputs before = f.inputs("2026-03");
  REQUIRE(f.charges("2026-03") == "s2");

  f.reopen(id, on("2026-04-01", 0));
  const std::string added = f.incident(f.other, "credit", on("2026-04-01", 10));
  f.change(id,
           [&](Case& one) {
             one.severity = 1;
             one.incidents.push_back(added);
           },
           {{on("2026-04-01", 10), "li.wei", "severity", "S2", "S3", ""},
            {on("2026-04-01", 11), "li.wei", "severity", "S3", "S1", ""},
            {on("2026-04-01", 11), "li.wei", "incident", "", added, ""}});
  f.close(id, "confirmed", on("2026-04-02"));
  f.close(open, "confirmed", on("2026-04-02"));
  f.close(f.open({f.incident(f.device, "payment", on("2026-04-03"))}, on("2026-04-03")),
          "confirmed", on("2026-04-04"));
  f.inventory(f.device, on("2026-04-02"), 7);
  CHECK(f.inputs("2026-03") == before);
  CHECK(f.charges("2026-04") == "s2 s2");
}

TEST_CASE("A case with incidents of two branches counts in both, each with its own domains") {
  Fixture f;
  const std::string id = f.open({f.incident(f.device, "payment", on("2026-03-10")),
                                 f.incident(f.device, "credit", on("2026-03-10")),
                                 f.incident(f.other, "all", on("2026-03-10"))},
                                on("2026-03-10"), 1);
  f.close(id, "confirmed", on("2026-03-12"));
  CHECK(f.charges("2026-03", "1-1") == "s1");
  CHECK(f.charges("2026-03", "1-2") == "s1");
  CHECK(f.charges("2026-03", "1").empty());
  for (const Domain domain : assess::kDomains) {
    const bool own = domain == Domain::kPayment || domain == Domain::kCredit;
    CHECK(f.figure("2026-03", "leaks", domain, "1-1").numerator == (own ? 1 : 0));
    CHECK(f.figure("2026-03", "leaks", domain, "1-2").numerator == 1);
  }
}

TEST_CASE("Compliance learns that an anti-money-laundering case counts, and not which") {
  Fixture f;
  const std::string id =
      f.open({f.incident(f.device, "aml", on("2026-03-10"), 71)}, on("2026-03-10"), 1, true);
  f.close(id, "confirmed", on("2026-03-12"));
  const assess::Inputs inputs = f.inputs("2026-03");
  const assess::Model& model = assess::Model::builtin();
  const assess::BranchInput& branch = *inputs.find("1-1");
  const auto scores = assess::score(inputs, model);
  const auto own = std::ranges::find(scores, "1-1", &assess::BranchScore::code);
  const auto told = [&](bool aml) {
    std::string all = boost::json::serialize(assess::tree_json(branch, *own, model, {aml}));
    for (const auto& domain : branch.domains) {
      for (const auto& each : domain.figures)
        all += boost::json::serialize(assess::counted_json(each, {aml}));
    }
    return all;
  };
  CHECK(told(true).contains(id));
  CHECK_FALSE(told(false).contains(id));
  CHECK(told(false).contains("\"s1\""));
  CHECK(f.figure("2026-03", "leaks", Domain::kAml).numerator == 1);
}

TEST_CASE("A destruction that its term refused is evidence for item 23 in its month") {
  Fixture f;
  const assess::Item& item = *assess::Items::builtin().find(23);
  const Time day = on("2026-03-10");
  OrderDraft draft;
  draft.kind = OrderKind::kDestroy;
  draft.terminal = f.device.id();
  draft.reason = "清理";
  draft.executor = "li.wei";
  draft.method = "overwrite";
  draft.copies = "report";
  draft.targets = {{"/data/list.csv", ""}};
  draft.expires = day + std::chrono::hours(24);
  const std::string id = must(f.store->orders().draft(draft, day));
  must(f.store->orders().approve(id, "wang.fang", Bytes{1}, day));
  (void)must(f.store->orders().take(f.device.id(), 60'000, day));
  CHECK(assess::suggest(f.facts("2026-03"), "1-1", item).verdict == std::nullopt);
  record::Payload payload;
  auto& result = *payload.mutable_order_result();
  result.set_order(std::string(as_text(*from_hex(id))));
  result.set_kind("destroy");
  result.set_outcome("refused: 客户身份资料");
  result.set_refusal("term");
  result.set_time_ms(day.time_since_epoch().count());
  must(f.store->accept(f.device.id(), f.device.sha256(), f.device.batch({f.device.append(payload)}),
                       day));
  const auto said = assess::suggest(f.facts("2026-03"), "1-1", item);
  CHECK(said.verdict == assess::Verdict::kPass);
  CHECK(said.evidence.at(0).id == id);
  CHECK(assess::suggest(f.facts("2026-04"), "1-1", item).verdict == std::nullopt);
}

TEST_CASE("Of a terminal's inventories the month's newest counts, for item 39 and for coverage") {
  Fixture f;
  const assess::Item& item = *assess::Items::builtin().find(39);
  const auto says = [&](const char* period) {
    return assess::suggest(f.facts(period), "1-1", item).verdict;
  };
  CHECK(says("2026-03") == std::nullopt);
  f.inventory(f.device, on("2026-03-10"), 2);
  CHECK(says("2026-03") == assess::Verdict::kFail);
  f.inventory(f.device, on("2026-03-20"), 0);  // the overdue copies are gone
  CHECK(says("2026-03") == assess::Verdict::kPass);
  f.inventory(f.device, on("2026-04-01", 0), 1);
  CHECK(says("2026-03") == assess::Verdict::kPass);
  CHECK(says("2026-04") == assess::Verdict::kFail);
  CHECK(assess::suggest(f.facts("2026-03"), "1-2", item).verdict == std::nullopt);
  const assess::Figure coverage = f.figure("2026-03", "coverage", Domain::kIt);
  CHECK(coverage.numerator == 96);
  CHECK(coverage.denominator == 100);

  f.inventory(f.device, on("2026-04-02"), 0, ~std::uint64_t{0});  // no file system holds so many
  CHECK(f.figure("2026-04", "coverage", Domain::kIt).denominator == 1'000'000'000'000);
}

}  // namespace
}  // namespace huxin::store
