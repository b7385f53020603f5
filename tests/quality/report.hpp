#pragma once
// The tables, for people and for programs.
#include <string>

#include "tests/quality/measure.hpp"

namespace huxin::quality {

/// The quality table of one half: a line an element, a line a family, and what was found where
/// there is nothing.
std::string quality_table(const Score& score);
/// The calibration table: a line a bin; then of each family what was said with 0.9 and more.
std::string calibration_table(const std::vector<Sample>& samples);
/// Both of one half as a JSON object.
std::string to_json(const Measured& measured);
/// A line a fault.
std::string miss_list(const std::vector<Miss>& misses);
std::string miss_list(const std::vector<CountMiss>& misses);

}  // namespace huxin::quality
