#pragma once
#include <cstdint>
#include <string_view>

namespace huxin::catalog {

/// What one number of an explanation is called. Lives as long as the program.
struct Term {
  std::string_view code;  ///< for programs: "luhn_fails"
  std::string_view zh;
  std::string_view en;
};

/// Finds the term of a group ("fate", "lead", "verdict", "place", "reason") by its number, as
/// explain_terms.tsv lists them. "unknown" where there is none: numbers come from hostile bytes.
Term explain_term(std::string_view group, std::uint32_t number);

}  // namespace huxin::catalog
