#include "tests/quality/fit.hpp"

#include <catch2/catch_approx.hpp>
#include <catch2/catch_test_macros.hpp>

using namespace huxin;
using namespace huxin::quality;
using Catch::Approx;

TEST_CASE("Shares that rise with the score stay as they are") {
  const auto map = isotonic({{0.2, 5, 0.1}, {0.5, 5, 0.4}, {0.9, 5, 1}});
  CHECK(map[0].share == Approx(0.1));
  CHECK(map[1].share == Approx(0.4));
  CHECK(map[2].share == Approx(1));
}

TEST_CASE("Neighbours whose shares fall are pooled by their weights") {
  const auto map = isotonic({{0.2, 3, 0.8}, {0.5, 1, 0.4}, {0.9, 4, 0.9}});
  CHECK(map[0].share == Approx(0.7));
  CHECK(map[1].share == Approx(0.7));
  CHECK(map[2].share == Approx(0.9));
}

TEST_CASE("A later fall pools back over everything that it contradicts") {
  const auto map = isotonic({{0.1, 1, 0.5}, {0.2, 1, 0.6}, {0.3, 1, 0.1}});
  for (const Point& point : map) CHECK(point.share == Approx(0.4));
}

TEST_CASE("Between two points of a map lies the line, beyond its ends their shares") {
  const std::vector<Point> map = {{0.4, 1, 0.2}, {0.8, 1, 0.6}};
  CHECK(at(map, 0.1) == Approx(0.2));
  CHECK(at(map, 0.6) == Approx(0.4));
  CHECK(at(map, 0.9) == Approx(0.6));
}

TEST_CASE("Few findings say little against the prior, many say all") {
  std::vector<Sample> few(2, Sample{catalog::ElementId{1}, 0.5, true});
  std::vector<Sample> many(1000, Sample{catalog::ElementId{1}, 0.5, true});
  const auto prior = [](double) { return 0.5; };
  CHECK(fit(few, 8, prior)[0].share == Approx(0.6));
  CHECK(fit(many, 8, prior)[0].share == Approx(0.996).margin(0.001));
}

TEST_CASE("The data file has a row for each corner of each map, by element and evidence") {
  std::vector<Sample> samples(100, Sample{catalog::ElementId{27}, 0.65, false});
  samples.insert(samples.end(), 100, Sample{catalog::ElementId{27}, 0.95, true});
  samples.insert(samples.end(), 50,
                 Sample{catalog::ElementId{27}, 0.96, true, catalog::Evidence::kColumn});
  const std::string data =
      calibration_data(samples, std::chrono::sys_days{std::chrono::year{2026} / 11 / 29});
  CHECK(data.contains("# date: 2026-11-29\n"));
  CHECK(data.contains("\n27\talone\t650\t3\t100\n"));
  CHECK(data.contains("\n27\talone\t950\t995\t100\n"));
  CHECK(data.contains("\n27\tcolumn\t960\t995\t50\n"));
}
