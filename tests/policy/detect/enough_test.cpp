#include <fmt/format.h>

#include <array>

#include <catch2/catch_test_macros.hpp>

#include "tests/policy/detect/support.hpp"

namespace huxin::detect {
namespace {

// A list of so many customers, each with a mobile of his own: some 20 bytes a row.
text::Document list_of(int customers) {
  text::Document document;
  document.where = "list.csv";
  document.text = "客户编号;手机号\n";
  for (int i = 0; i < customers; ++i) document.text += fmt::format("K{:06};138{:08}\n", i, i);
  return document;
}

// An identity number of somebody born on 1970-01-01 or in the days after.
std::string identity(int person) {
  constexpr std::array kWeights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  std::string id = fmt::format("110105{}{:02}{:02}{:03}", 1970 + person / 280'000,
                               person / 28'000 % 10 + 1, person / 1000 % 28 + 1, person % 1000);
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (id[i] - '0') * kWeights[i];
  return id + "10X98765432"[sum % 11];
}

// The same with identity numbers: some 30 bytes a row.
text::Document identified_list_of(int customers) {
  text::Document document;
  document.where = "list.csv";
  document.text = "客户编号;身份证号\n";
  for (int i = 0; i < customers; ++i) document.text += fmt::format("K{:06};{}\n", i, identity(i));
  return document;
}

Inspection inspect(const text::Document& document, const Enough& enough, int times = 1) {
  const auto context = test::detector().context();
  InspectionBuilder builder(test::detector(), *context, test::today(), enough);
  for (int i = 0; i < times; ++i) REQUIRE(builder.add(document));
  return builder.finish();
}

TEST_CASE("an inspection ends early once enough customers or findings are there") {
  const text::Document list = identified_list_of(50'000);
  const Inspection all = inspect(list, {});
  REQUIRE(all.customers == 50'000);
  CHECK_FALSE(all.stopped);
  const Enough people{.any_of = {{.customers = 10}}};
  const Enough numbers{.any_of = {{.customers = 60'000}, {.findings = 10}}};
  const Enough of_one_kind{
      .any_of = {
          {.elements = {catalog::ElementId{1}}, .level = catalog::Level::kC2, .findings = 5}}};
  for (const Enough& enough : {people, numbers, of_one_kind}) {
    const Inspection some = inspect(list, enough);
    CHECK(some.stopped);
    CHECK(some.customers >= 10);
    CHECK(some.customers < 10'000);  // the first chunk or two
  }
}

TEST_CASE("an inspection ends at the next opportunity once time is over, and keeps what it found") {
  const text::Document list = identified_list_of(50'000);
  const auto context = test::detector().context();
  InspectionBuilder builder(test::detector(), *context, test::today());
  int asked = 0;
  builder.look_until([&] { return ++asked > 1; });
  REQUIRE(builder.add(list));
  REQUIRE(builder.add(list));
  CHECK(builder.ran_out());
  CHECK_FALSE(builder.stopped());
  CHECK(asked == 2);
  const Inspection some = builder.finish();
  CHECK(some.customers >= 10);
  CHECK(some.customers < 10'000);
}

TEST_CASE("an inspection that never finds enough is whole") {
  const text::Document list = list_of(9);
  const Inspection whole = inspect(list, {});
  const Inspection asked = inspect(list, {.any_of = {{.customers = 10}, {.findings = 100}}});
  CHECK_FALSE(asked.stopped);
  CHECK(test::summary(asked) == test::summary(whole));
  CHECK(asked.customers == 9);
}

TEST_CASE("documents behind enough are not looked at") {
  const text::Document list = list_of(20);
  const Enough five{.any_of = {{.findings = 5}}};
  CHECK(inspect(list, five, 3).findings_total == inspect(list, five, 1).findings_total);
}

TEST_CASE("whether there is enough by now is known to the last customer") {
  const auto context = test::detector().context();
  InspectionBuilder builder(test::detector(), *context, test::today(),
                            {.any_of = {{.customers = 10}}});
  for (int person = 0; person < 10; ++person) {
    CHECK_FALSE(builder.enough_by_now());
    text::Document letter;
    letter.text = fmt::format("身份证号：{}\n\n", identity(person));
    REQUIRE(builder.add(letter));
  }
  CHECK(builder.enough_by_now());
  CHECK(builder.stopped());
}

TEST_CASE("what a demand does not ask for ends no inspection") {
  const text::Document list = identified_list_of(5'000);
  const Demand others{.elements = {catalog::ElementId{69}}, .findings = 1};
  const Demand graver{.level = catalog::Level::kC3, .findings = 1};
  const Demand both{.findings = 10, .customers = 6'000};
  for (const Demand& demand : {others, graver, both})
    CHECK_FALSE(inspect(list, {.any_of = {demand}}).stopped);
  CHECK_FALSE(inspect(list, {.any_of = {{.findings = 1}}, .min_confidence = 1.5}).stopped);
}

TEST_CASE("customers that a later record may prove to be one are never enough") {
  text::Document list = list_of(20'000);
  list.text += "\n客户：张伟，手机：13800000001，手机：13800000002\n";  // …as this line does of two
  const Inspection whole = inspect(list, {});
  const Inspection asked = inspect(list, {.any_of = {{.customers = 20'000}}});
  CHECK(whole.customers < 20'000);
  CHECK_FALSE(asked.stopped);
  CHECK_FALSE(inspect(list, {.any_of = {{.customers = 10}}}).stopped);
}

}  // namespace
}  // namespace huxin::detect
