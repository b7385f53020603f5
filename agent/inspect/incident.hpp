#pragma once
#include <string>
#include <vector>

#include "agent/inspect/in_force.hpp"
#include "agent/inspect/scanner.hpp"
#include "policy/base/secret.hpp"
#include "policy/record/record.pb.h"
#include "policy/rule/policy.hpp"

namespace huxin::inspect {

/// The most findings an incident lists one by one; all of them are counted.
inline constexpr std::size_t kListedFindings = 200;
/// The most findings whose originals go into the sealed evidence, and the most bytes it takes
/// sealed.
inline constexpr std::size_t kEvidenceFindings = 500;
inline constexpr std::size_t kEvidenceBytes = std::size_t{256} << 10U;

/// Turns a decision into what the collector is told: masked values and keyed digests outside, the
/// originals only inside the evidence, sealed to the reviewers' keys. `digest_key` is the bank's.
/// The outcome is left empty for whoever carries the decision out.
/// The id is new and random, 16 bytes. Paths, destinations and places have their numbers hidden.
/// Evidence over its limit is halved until it fits, and says so; without a sealer there is none,
/// and what cannot be sealed is left out rather than the incident.
record::Incident make_incident(const rule::Event& event, const rule::Decision& decision,
                               const ScanResult& scan, const InForce& in_force,
                               const Secret& digest_key);

/// Says what could not be inspected; nothing for content that was seen whole.
std::optional<record::Coverage> make_coverage(const rule::Event& event, const ScanResult& scan);

}  // namespace huxin::inspect
