#include <catch2/catch_test_macros.hpp>

#include <set>

#include "collector/assess/evaluate.hpp"
#include "collector/assess/item.hpp"
#include "collector/assess/model.hpp"

namespace huxin::assess {
namespace {

TEST_CASE("The shipped items are the reference's forty-six, each in its domain") {
  const auto parsed = Items::parse(Items::builtin_text(), "items.yaml");
  REQUIRE(parsed);
  REQUIRE(parsed->all().size() == 46);
  std::array<int, 4> of{};
  for (int id = 1; id <= 46; ++id) {
    const Item* const item = parsed->find(id);
    REQUIRE(item != nullptr);
    for (const Domain domain : item->domains) ++of.at(static_cast<std::size_t>(domain));
  }
  CHECK(of == std::array{11 + 3, 9 + 3, 8 + 3, 15 + 3});  // 44 to 46 belong to all
  for (const int heavy : {1, 5, 6, 12, 19, 20, 21, 22, 24, 30}) {
    INFO(heavy);
    CHECK(parsed->find(heavy)->weight == 3);  // C3, STR, credit authorisation, the agent itself
  }
  CHECK(parsed->find(1)->mode == "H");
  CHECK(parsed->find(3)->mode == "A");
  CHECK(parsed->find(7)->mode == "M");
}

TEST_CASE("Every evaluator that an item names is there, and no item of mode M has one") {
  std::set<std::string> named;
  for (const Item& item : Items::builtin().all()) {
    INFO(item.id);
    if (item.mode == "M") CHECK(item.evaluator.empty());
    if (item.mode == "A") CHECK_FALSE(item.evaluator.empty());
    if (item.evaluator.empty()) continue;
    CHECK(is_evaluator(item.evaluator));
    CHECK(named.insert(item.evaluator).second);
  }
  CHECK(named.size() == 25);
}

TEST_CASE("The shipped model is the reference's") {
  const auto parsed = Model::parse(Model::builtin_text(), "scoring.yaml");
  REQUIRE(parsed);
  const Model& model = *parsed;
  CHECK(model.on_site == 50);
  CHECK(model.monitoring == 50);
  CHECK(model.base == std::array<std::int64_t, 4>{25, 25, 25, 25});
  CHECK(model.most_deducted == 25);
  CHECK(model.deduction("s1")->points == 10);
  CHECK(model.deduction("s2")->points == 5);
  CHECK(model.deduction("late_report")->points == 5);
  CHECK(model.deduction("repeat_finding")->points == 3);
  CHECK(model.deduction("false_evidence")->points == 15);
  CHECK(model.vetoes.size() == 3);
  CHECK(model.figures.size() == 7);
  struct Row {
    std::int64_t points;  // ten-thousandths
    const char* band;
    const char* why;
  };
  for (const Row& row :
       {Row{1'000'000, "A", "all of it"}, Row{900'000, "A", "ninety exactly"},
        Row{899'999, "B", "a hair under ninety is not ninety"}, Row{800'000, "B", "eighty"},
        Row{700'000, "C", "seventy"}, Row{600'000, "D", "sixty"}, Row{599'999, "E", "under sixty"},
        Row{0, "E", "nothing"}}) {
    INFO(row.why);
    CHECK(model.band(row.points).name == row.band);
  }
}

TEST_CASE("What is wrong with a model or with items is told by line and column") {
  const auto replaced = [](std::string text, std::string_view from, std::string_view to) {
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
  };
  const std::string model(Model::builtin_text());
  const std::string items(Items::builtin_text());
  struct Row {
    const char* why;
    Result<Model> parsed;
  };
  for (const Row& row :
       {Row{"the halves are 90",
            Model::parse(replaced(model, "monitoring: 50", "monitoring: 40"), "m")},
        Row{"the bases are 99", Model::parse(replaced(model, "it: 25", "it: 24"), "m")},
        Row{"a figure nobody measures",
            Model::parse(replaced(model, "name: hours", "name: smiles"), "m")},
        Row{"a figure that would be weighed twice",
            Model::parse(replaced(model, "name: hours", "name: live"), "m")},
        Row{"a deduction that would be taken twice",
            Model::parse(replaced(model, "name: s2", "name: s1"), "m")},
        Row{"a gate that is neither yes nor no",
            Model::parse(replaced(model, "gate: true", "gate: maybe"), "m")},
        Row{"the last band does not begin at 0",
            Model::parse(replaced(model, "from: 0}", "from: 1}"), "m")},
        Row{"bands in the wrong order",
            Model::parse(replaced(model, "from: 90", "from: 70"), "m")}}) {
    INFO(row.why);
    REQUIRE_FALSE(row.parsed);
    INFO(row.parsed.error().context);
    CHECK(row.parsed.error().context.starts_with("m:"));
  }
  const auto twice = Items::parse(replaced(items, "{id: 2,", "{id: 1,"), "items.yaml");
  REQUIRE_FALSE(twice);
  CHECK(twice.error().context.starts_with("items.yaml:12:"));
  const auto unknown =
      Items::parse(replaced(items, "evaluator: off_hours", "evaluator: horoscope"), "items.yaml");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().context.starts_with("items.yaml:14:"));
  CHECK_FALSE(Items::parse(replaced(items, "mode: M", "mode: X"), "i"));
  CHECK_FALSE(Items::parse(replaced(items, "weight: 3", "weight: 4"), "i"));
}

TEST_CASE("Halves round away from zero, and points are shown with two decimals") {
  CHECK(rounded(1, 2) == 1);
  CHECK(rounded(-1, 2) == -1);
  CHECK(rounded(1, 3) == 0);
  CHECK(rounded(2, 3) == 1);
  CHECK(rounded(10'000, 3) == 3333);
  CHECK(points_text(872'450) == "87.25");
  CHECK(points_text(-50'000) == "-5.00");
  CHECK(share_text(9'999) == "99.99%");
}

}  // namespace
}  // namespace huxin::assess
