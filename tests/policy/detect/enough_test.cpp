#include <fmt/format.h>
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

Inspection inspect(const text::Document& document, const Enough& enough, int times = 1) {
  const auto context = test::detector().context();
  InspectionBuilder builder(test::detector(), *context, test::today(), enough);
  for (int i = 0; i < times; ++i) REQUIRE(builder.add(document));
  return builder.finish();
}

TEST_CASE("an inspection ends early once enough customers or findings are there") {
  const text::Document list = list_of(50'000);
  const Inspection all = inspect(list, {});
  REQUIRE(all.customers == 50'000);
  CHECK_FALSE(all.stopped);
  for (const Enough& enough : {Enough{.customers = 10}, Enough{.findings = 10}}) {
    const Inspection some = inspect(list, enough);
    CHECK(some.stopped);
    CHECK(some.customers >= 10);
    CHECK(some.customers < 10'000);  // the first chunk or two
  }
}

TEST_CASE("an inspection that never finds enough is whole") {
  const text::Document list = list_of(9);
  const Inspection whole = inspect(list, {});
  const Inspection asked = inspect(list, {.customers = 10, .findings = 100});
  CHECK_FALSE(asked.stopped);
  CHECK(test::summary(asked) == test::summary(whole));
  CHECK(asked.customers == 9);
}

TEST_CASE("documents behind enough are not looked at") {
  const text::Document list = list_of(20);
  CHECK(inspect(list, {.findings = 5}, 3).findings_total ==
        inspect(list, {.findings = 5}, 1).findings_total);
}

}  // namespace
}  // namespace huxin::detect
