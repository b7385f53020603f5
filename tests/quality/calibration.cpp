#include "tests/quality/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace huxin::quality {
namespace {

constexpr std::array<double, 12> kEdges = {0,   0.1, 0.2, 0.3, 0.4,  0.5,
                                           0.6, 0.7, 0.8, 0.9, 0.95, 1.000001};
constexpr double kSure = 0.9;

Bin bin_of(const std::vector<Sample>& samples, double low, double high) {
  Bin bin{.low = low, .high = std::min(high, 1.0)};
  for (const Sample& sample : samples) {
    if (sample.confidence < low || sample.confidence >= high) continue;
    ++bin.count;
    bin.mean += sample.confidence;
    bin.share += sample.right ? 1 : 0;
  }
  if (bin.count > 0) {
    bin.mean /= static_cast<double>(bin.count);
    bin.share /= static_cast<double>(bin.count);
  }
  return bin;
}

}  // namespace

Calibration calibrate(const std::vector<Sample>& samples) {
  Calibration result;
  result.count = samples.size();
  for (std::size_t i = 0; i + 1 < kEdges.size(); ++i) {
    const Bin bin = bin_of(samples, kEdges[i], kEdges[i + 1]);
    if (bin.count > 0) result.bins.push_back(bin);
    result.expected_error += static_cast<double>(bin.count) * std::abs(bin.mean - bin.share);
  }
  for (const Sample& sample : samples) {
    const double distance = sample.confidence - (sample.right ? 1 : 0);
    result.brier += distance * distance;
    if (sample.confidence < kSure) continue;
    ++result.sure;
    result.sure_right += sample.right ? 1 : 0;
  }
  if (samples.empty()) return result;
  result.brier /= static_cast<double>(samples.size());
  result.expected_error /= static_cast<double>(samples.size());
  return result;
}

std::vector<Sample> of_family(const std::vector<Sample>& samples, Family family) {
  std::vector<Sample> own;
  std::ranges::copy_if(samples, std::back_inserter(own),
                       [&](const Sample& sample) { return family_of(sample.element) == family; });
  return own;
}

}  // namespace huxin::quality
