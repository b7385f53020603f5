#pragma once
#include <string>
#include <utility>
#include <vector>

#include "policy/record/record.pb.h"

namespace huxin::store {

/// What the officer's list needs of an incident, derived from its record alone, so that verify()
/// can derive it again and compare.
struct IncidentIndex {
  std::string id;             ///< hex: the incident's own, or id_from_hash() when that is malformed
  record::Incident summary;   ///< without findings, trace and evidence
  bool confidential = false;  ///< record::is_aml_confidential
  std::vector<std::pair<std::string, std::string>> tags;  ///< (kind, name), no pair twice
};

IncidentIndex index_incident(const record::Incident& incident, std::string_view record_hash);

/// The id an incident gets when its own is malformed or another incident's: the first half of its
/// record's hash, hex.
std::string id_from_hash(std::string_view record_hash);

}  // namespace huxin::store
