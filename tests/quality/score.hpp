#pragma once
// Counts of what was found, missed and made up.
#include <array>
#include <map>

#include "tests/quality/families.hpp"
#include "tests/quality/inspect.hpp"
#include "tests/quality/match.hpp"

namespace huxin::quality {

/// Findings against labels. Shares are 1 where there is nothing to be wrong about.
struct Tally {
  std::size_t right = 0;
  std::size_t wrong = 0;
  std::size_t missed = 0;

  double precision() const;
  double recall() const;
  double f1() const;
  Tally& operator+=(const Tally& other);
};

/// How many documents there are of a group, and what was made up in them.
struct Findings {
  std::size_t documents = 0;
  std::size_t findings = 0;
  std::map<catalog::ElementId, std::size_t> elements;  ///< those findings by element

  double per_hundred() const;
  void add(const Inspected& inspected, const Matching& matching);
};

/// One half of the corpus. Tallies are over documents with and without customer data, but not over
/// adversarial ones.
struct Score {
  std::map<catalog::ElementId, Tally> elements;
  Findings quiet;
  Findings adversarial;
  std::size_t with_customers = 0;   ///< documents whose customers are labelled
  std::size_t customers_right = 0;  ///< of these, with the right number of them

  /// Takes a document into account. Labels of elements that `detector` does not know are left out.
  void add(const GoldenDocument& document, const Inspected& inspected, const Matching& matching,
           const detect::Detector& detector);
  Tally family(Family family) const;
  Tally all() const;
};

/// Says whether a detector has a recogniser for an element.
bool knows(const detect::Detector& detector, catalog::ElementId element);

}  // namespace huxin::quality
