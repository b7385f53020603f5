#pragma once
// Fits the map from scores to probabilities that policy/catalog/data/calibration.tsv holds.
#include <chrono>
#include <map>
#include <string>
#include <vector>

#include "tests/quality/calibration.hpp"

namespace huxin::quality {

/// Findings below this score are not reported, so that nothing is fitted on them.
inline constexpr double kLeastScore = 0.5;

/// Findings of one score: how many weigh on it, and the share that is right.
struct Point {
  double score = 0;
  double weight = 0;
  double share = 0;
};

/// Makes shares rise with the score by pooling neighbours that fall (pool adjacent violators): of
/// all maps that never fall the nearest by weighted squares. `points` in the order of their score.
std::vector<Point> isotonic(std::vector<Point> points);

/// A map from scores to probabilities; constant beyond its ends, linear between points.
double at(const std::vector<Point>& map, double score);

/// Fits one map: the share right of each score (of hundredths), pooled with what `prior` expects of
/// it as if that were `strength` findings more; then isotonic.
template <class Prior>
std::vector<Point> fit(const std::vector<Sample>& samples, double strength, const Prior& prior) {
  std::map<int, Point> points;
  for (const Sample& sample : samples) {
    const int slot = static_cast<int>(sample.confidence * 100 + 0.5);
    Point& point = points[slot];
    point.score = slot / 100.0;
    point.weight += 1;
    point.share += sample.right ? 1 : 0;
  }
  std::vector<Point> pooled;
  for (const auto& [slot, point] : points) {
    const double weight = point.weight + strength;
    pooled.push_back({point.score, weight, (point.share + strength * prior(point.score)) / weight});
  }
  return isotonic(std::move(pooled));
}

/// The data file: of every element and kind of evidence a map, pooled with its family's, which is
/// pooled with the score itself. `day` is that of the measurement.
std::string calibration_data(const std::vector<Sample>& samples, std::chrono::sys_days day);

}  // namespace huxin::quality
