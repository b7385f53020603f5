#include <catch2/catch_test_macros.hpp>

#include "tests/quality/floors.hpp"

using namespace huxin;
using namespace huxin::quality;

TEST_CASE("Detection holds the floors of quality and calibration on both halves of the corpus") {
  const auto tuning = read_floors(HUXIN_SOURCE_DIR "/tests/quality/floors.tsv");
  const auto held_out = read_floors(HUXIN_SOURCE_DIR "/tests/quality/floors_held_out.tsv");
  REQUIRE(tuning);
  REQUIRE(held_out);
  const auto inspector = Inspector::open();
  REQUIRE(inspector);
  const auto measurement = measure(HUXIN_BINARY_DIR "/golden", *inspector);
  REQUIRE(measurement);
  CHECK(broken(*tuning, "tuning", measurement->tuning) == std::vector<std::string>{});
  CHECK(broken(*held_out, "held-out", measurement->held_out) == std::vector<std::string>{});
}

TEST_CASE("A half below a floor is told of with the floor that it is below") {
  Floors floors;
  floors.families.push_back({Family::kNames, 0.9, 0.9});
  floors.quiet_findings = 1;
  floors.expected_error = 1;
  Measured measured;
  measured.score.elements[catalog::ElementId{25}] = {.right = 8, .wrong = 1, .missed = 1};
  measured.score.quiet = {.documents = 50, .findings = 1};
  measured.samples.push_back({catalog::ElementId{25}, 0.95, false});
  CHECK(broken(floors, "tuning", measured) ==
        std::vector<std::string>{"tuning: F1 of names is 0.889, not 0.9",
                                 "tuning: share right at 0.9 of names is 0.000, not 0.9",
                                 "tuning: findings in 100 quiet documents is 2.000, not 1"});
}
