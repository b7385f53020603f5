#pragma once
#include "agent/inspect/in_force.hpp"
#include "policy/base/secret.hpp"
#include "policy/detect/finding.hpp"

namespace huxin::inspect {

/// Does the credit report that was found come with its customer's consent, by the list shipped with
/// the policy?
///
/// The customer is whoever an identity number in the report belongs to (D01 to D04): a report names
/// its subject, and may name a spouse or guarantor. One number with an authorisation in force is a
/// match; else one whose authorisation is over, or has not begun, makes it expired; else it is
/// missing, also when the report shows no number at all. kNone where no report was found with the
/// policy's min_confidence.
/// Numbers count whatever their confidence; the list holds their digests under the bank's key,
/// never the numbers.
struct Consent {
  rule::Authorisation standing = rule::Authorisation::kNone;
  Bytes rests_on;  ///< of a match: the keyed digest that is on the list
};
Consent consent_of(const detect::Inspection& inspection, const InForce& in_force,
                   const Secret& digest_key, Time now);

}  // namespace huxin::inspect
