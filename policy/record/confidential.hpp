#pragma once
#include <cstdint>

#include "policy/record/record.pb.h"

namespace huxin::record {

/// The elements that make what holds them confidential: suspicious and large-value transaction
/// reports, watch lists, due diligence.
inline constexpr std::uint32_t kFirstConfidential = 71, kLastConfidential = 74;
constexpr bool is_confidential(std::uint32_t element) {
  return element >= kFirstConfidential && element <= kLastConfidential;
}

/// Is this incident for anti-money-laundering reviewers' eyes alone (反洗钱法 7, 35)? It is when it
/// holds one of D71 to D74 (suspicious and large-value transaction reports, watch lists, due
/// diligence), as counted or as found, or when its rule names the domain "aml". A rule of all four
/// domains is about no one of them, so that does not count as naming it.
///
/// Pure, and true of a list entry (without findings) exactly when of the whole incident: counts
/// hold every element.
bool is_aml_confidential(const Incident& incident);

}  // namespace huxin::record
