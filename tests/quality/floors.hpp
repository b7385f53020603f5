#pragma once
// The least that must hold, as a data file states it.
#include <filesystem>
#include <string>
#include <vector>

#include "tests/quality/measure.hpp"

namespace huxin::quality {

/// A family's floors: F1, and the share of findings of 0.9 and more that are right.
struct FamilyFloor {
  Family family{};
  double f1 = 0;
  double sure_right = 0;
};

struct Floors {
  std::vector<FamilyFloor> families;
  double quiet_findings = 0;        ///< at most, in 100 documents
  double adversarial_findings = 0;  ///< at most, wrong ones in 100 documents made to mislead
  double customers_right = 0;       ///< at least, of documents with customers
  double expected_error = 0;        ///< at most
};

/// Reads floors.tsv; the error names the line.
Result<Floors> read_floors(const std::filesystem::path& file);

/// A sentence for each floor that a half of the corpus is below; "held-out" or "tuning" begins it.
/// Families without a recogniser in this build are left out.
std::vector<std::string> broken(const Floors& floors, std::string_view half,
                                const Measured& measured);

}  // namespace huxin::quality
