#pragma once
// What to mend next: single faults with the text around them. Of the tuning half only.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/quality/inspect.hpp"
#include "tests/quality/match.hpp"

namespace huxin::quality {

/// A finding that is none, or a label that was not found.
struct Miss {
  catalog::ElementId element{};
  bool made_up = false;  ///< a finding that is none; else a label that was missed
  Group group{};
  double confidence = 0;  ///< of a finding
  std::string file;
  std::string value;
  std::string around;  ///< the text about it, as far as the file is UTF-8
};

/// A document whose customers were counted wrong.
struct CountMiss {
  std::string file;
  std::uint32_t labelled = 0;
  std::uint32_t counted = 0;
};

/// Appends the faults of one document.
void note_misses(const std::filesystem::path& file, const GoldenDocument& document,
                 const Inspected& inspected, const Matching& matching,
                 const detect::Detector& detector, std::vector<Miss>& misses);

}  // namespace huxin::quality
