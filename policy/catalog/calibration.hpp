#pragma once
#include <cstdint>

#include "policy/catalog/catalog.hpp"

namespace huxin::catalog {

/// Where the words stand that speak for a value.
enum class Evidence : std::uint8_t {
  kAlone,   ///< nowhere: its form or its neighbours alone do
  kBeside,  ///< a label beside it
  kColumn,  ///< the header of its column
};

/// The probability that a finding is what it is called, from the score that its form and context
/// gave it: a monotone map, fitted on the tuning half of the labelled corpus (calibration.tsv says
/// when, and on how many findings). Linear between the fitted scores and constant above them. Below
/// them, and where nothing was fitted, the score itself: what was too weak to be reported is not
/// lifted. Both are 0 to 1. The rates are those of that corpus, in
/// which half of the documents hold customer data.
double probability(ElementId element, Evidence evidence, double score);

}  // namespace huxin::catalog
