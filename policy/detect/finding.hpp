#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "policy/base/bytes.hpp"
#include "policy/catalog/catalog.hpp"

namespace huxin::detect {

/// A match that passed its validator and its context.
struct Finding {
  catalog::ElementId element{};
  catalog::Level level = catalog::Level::kC2;
  double confidence = 0;  ///< probability that this is what it is called, 0..1
  Span span;          ///< bytes of the original for plain text, of the extracted UTF-8 otherwise
  std::string where;  ///< "list.zip!客户.xlsx!Sheet1!B7"
  std::string
      value;  ///< normalised value (digits only for numbers); never leaves the terminal unsealed
  std::uint32_t customer =
      0;  ///< 1-based number of the customer in this inspection; 0: linked to none
};

/// What was found in one file, message or clipboard.
struct Inspection {
  std::vector<Finding> findings;
  std::uint32_t customers = 0;       ///< distinct customers
  std::uint64_t findings_total = 0;  ///< counts on where `findings` stops at its limit
  bool truncated = false;            ///< more findings than are kept: counted, not listed
};

}  // namespace huxin::detect
