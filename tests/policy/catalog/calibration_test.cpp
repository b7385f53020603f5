#include "policy/catalog/calibration.hpp"

#include <catch2/catch_test_macros.hpp>

using namespace huxin;
using namespace huxin::catalog;

TEST_CASE("A probability never falls as the score rises, for any element and evidence") {
  for (std::uint16_t number = 1; number <= 99; ++number) {
    for (const Evidence evidence : {Evidence::kAlone, Evidence::kBeside, Evidence::kColumn}) {
      double before = 0;
      for (int step = 0; step <= 1000; ++step) {
        const double now = probability(ElementId{number}, evidence, step / 1000.0);
        INFO("element " << number << " at " << step);
        REQUIRE(now >= before);
        REQUIRE(now <= 1);
        before = now;
      }
    }
  }
}

TEST_CASE("Where nothing was fitted the score is its own probability") {
  CHECK(probability(ElementId{999}, Evidence::kAlone, 0.37) == 0.37);
}

TEST_CASE("A score below all that was fitted is not lifted, one above keeps the highest") {
  CHECK(probability(ElementId{1}, Evidence::kColumn, 0) == 0);
  CHECK(probability(ElementId{1}, Evidence::kColumn, 0.3) <= 0.3);
  CHECK(probability(ElementId{1}, Evidence::kColumn, 1) > 0.9);
}
