#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

#include "tests/quality/calibration.hpp"

using namespace huxin;
using namespace huxin::quality;

namespace {

std::vector<Sample> samples(double confidence, std::size_t right, std::size_t wrong) {
  std::vector<Sample> made;
  for (std::size_t i = 0; i < right + wrong; ++i)
    made.push_back({catalog::ElementId{1}, confidence, i < right});
  return made;
}

}  // namespace

TEST_CASE("Nine in ten right at 0.9 is no calibration error") {
  const Calibration result = calibrate(samples(0.9, 9, 1));
  CHECK(result.expected_error == Catch::Approx(0).margin(1e-9));
  CHECK(result.brier == Catch::Approx(0.09));
  CHECK(result.sure == 10);
  CHECK(result.sure_right == 9);
}

TEST_CASE("The error is how far confidence lies from the share that is right") {
  CHECK(calibrate(samples(0.75, 1, 1)).expected_error == Catch::Approx(0.25));
  CHECK(calibrate(samples(1.0, 1, 3)).expected_error == Catch::Approx(0.75));
}

TEST_CASE("A confidence of one falls into the last bin, and none is lost") {
  auto all = samples(1.0, 3, 0);
  all.push_back({catalog::ElementId{1}, 0.0, false});
  const Calibration result = calibrate(all);
  REQUIRE(result.bins.size() == 2);
  CHECK(result.bins.front().count == 1);
  CHECK(result.bins.back().count == 3);
  CHECK(result.bins.back().high == Catch::Approx(1));
}
