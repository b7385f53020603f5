#pragma once
// How far confidence is a probability: of findings reported at 0.9, nine in ten should be right.
#include <array>
#include <vector>

#include "tests/quality/families.hpp"

namespace huxin::quality {

/// A finding of known truth.
struct Sample {
  catalog::ElementId element{};
  double confidence = 0;
  bool right = false;
  catalog::Evidence evidence = catalog::Evidence::kAlone;
};

/// Findings whose confidence lies in [low, high).
struct Bin {
  double low = 0;
  double high = 0;
  std::size_t count = 0;
  double mean = 0;   ///< of the confidence; 0 when empty
  double share = 0;  ///< that was right; 0 when empty
};

struct Calibration {
  std::vector<Bin> bins;
  std::size_t count = 0;
  double brier = 0;           ///< mean squared distance of confidence and truth
  double expected_error = 0;  ///< distance of mean and share, weighted by the bins' counts
  std::size_t sure = 0;       ///< findings of at least 0.9
  std::size_t sure_right = 0;
};

/// Bins of 0.1 up to 0.9; above that of 0.05, where most findings are.
Calibration calibrate(const std::vector<Sample>& samples);
/// The samples of one family.
std::vector<Sample> of_family(const std::vector<Sample>& samples, Family family);

}  // namespace huxin::quality
