#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/catalog/calibration.hpp"
#include "policy/catalog/catalog.hpp"
#include "policy/known/document_match.hpp"

namespace huxin::detect {

/// A match that passed its validator and its context.
struct Finding {
  /// The level is the catalogue's, copied so that rules need no catalogue.
  catalog::ElementId element{};
  catalog::Level level = catalog::Level::kC2;
  double confidence = 0;  ///< probability that this is what it is called, 0..1
  /// Where its label stands; of the detector's own findings alone, not sent on.
  catalog::Evidence evidence = catalog::Evidence::kAlone;
  Span span;  ///< bytes of the original for plain text, of the extracted UTF-8 otherwise
  /// Most general first; names in it are the user's and may hold numbers (record::hide_numbers).
  std::string where;  ///< "list.zip!客户.xlsx!Sheet1!B7"
  std::string
      value;  ///< normalised value (digits only for numbers); never leaves the terminal unsealed
  std::uint32_t customer =
      0;  ///< 1-based number of the customer in this inspection; 0: linked to none
  /// The bank's list of its customers has this value; wrongly so in one of 256 cases. Its
  /// confidence takes that into account.
  bool known = false;
};

/// What was found in one file, message or clipboard. Comes out of a caged worker: to the guardian
/// all of it is hostile.
struct Inspection {
  std::vector<Finding> findings;
  /// Counted on where findings are cut; 0 when nothing links to a person.
  std::uint32_t customers = 0;                  ///< distinct customers
  std::uint64_t findings_total = 0;             ///< counts on where `findings` stops at its limit
  std::uint64_t known_total = 0;                ///< of these, how many are known
  std::vector<known::DocumentMatch> documents;  ///< the bank's own that were seen again
  bool stopped = false;  ///< enough was found for a verdict: what follows was not looked at
  /// Also when customers were counted without being merged any more (see Customers).
  bool truncated = false;  ///< more findings than are kept: counted, not listed
};

}  // namespace huxin::detect
