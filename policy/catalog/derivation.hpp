#pragma once
#include <cstdint>
#include <vector>

namespace huxin::catalog {

/// How an element follows from others that were found. Zeros and empty: it does not.
struct Derivation {
  std::uint32_t under_years = 0;         ///< a person younger than this (D84)
  std::uint32_t within_characters = 0;   ///< what authorises a payment, this near a card (D85)
  std::vector<std::uint32_t> customers;  ///< so many customers of one item, ascending (D86)

  bool empty() const { return under_years == 0 && within_characters == 0 && customers.empty(); }
  bool operator==(const Derivation&) const = default;
};

}  // namespace huxin::catalog
