#pragma once
// The whole corpus through the detector.
#include <filesystem>

#include "tests/quality/calibration.hpp"
#include "tests/quality/misses.hpp"
#include "tests/quality/score.hpp"

namespace huxin::quality {

/// What was measured on one half.
struct Measured {
  Score score;                          ///< at the default confidence
  std::vector<Sample> samples;          ///< at the default confidence
  std::vector<Miss> misses;             ///< of the tuning half alone
  std::vector<CountMiss> count_misses;  ///< of the tuning half alone
};

struct Measurement {
  Measured tuning;
  Measured held_out;
  std::vector<catalog::ElementId> unrecognised;  ///< labelled, but this build has no recogniser
};

/// Inspects every document of a corpus.
Result<Measurement> measure(const std::filesystem::path& folder, const Inspector& inspector);

}  // namespace huxin::quality
