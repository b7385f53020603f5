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
  record::Incident summary;   ///< without findings, documents, trace and evidence
  bool confidential = false;  ///< record::is_aml_confidential
  /// Kinds: "domain", "element" (its number in decimal), "teller", "institution", "profile",
  /// "authorisation". At most 64 domains and 64 elements, and names of at most 64 bytes: what a
  /// terminal says beyond is in the record alone.
  std::vector<std::pair<std::string, std::string>> tags;  ///< (kind, name), no pair twice
};

/// Pure: the same record gives the same index in every version, or verify() would find old entries
/// at fault. `record_hash` is the record's 32 bytes. What is derived here is the terminal's word
/// and may be hostile text.
IncidentIndex index_incident(const record::Incident& incident, std::string_view record_hash);

/// The id an incident gets when its own is malformed or another incident's: the first half of its
/// record's hash, hex. 16 bytes, 32 digits. Two records never share a hash, so it cannot be taken
/// as well.
std::string id_from_hash(std::string_view record_hash);

}  // namespace huxin::store
