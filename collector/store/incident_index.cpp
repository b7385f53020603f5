#include "collector/store/incident_index.hpp"

#include <set>

#include "policy/base/bytes.hpp"
#include "policy/record/confidential.hpp"

namespace huxin::store {
namespace {

constexpr std::size_t kIdSize = 16;
constexpr std::size_t kMostTags = 64;  // of each kind; a sane incident has a handful
constexpr std::size_t kLongestTag = 64;

void add_tags(const record::Incident& incident, IncidentIndex& index) {
  std::set<std::string> domains(incident.domains().begin(), incident.domains().end());
  for (const std::string& domain : domains) {
    if (domain.size() > kLongestTag || index.tags.size() == kMostTags) continue;
    index.tags.emplace_back("domain", domain);
  }
  std::set<std::uint32_t> elements;
  for (const record::ElementCount& count : incident.counts()) elements.insert(count.element());
  std::size_t added = 0;
  for (const std::uint32_t element : elements) {
    if (++added > kMostTags) break;
    index.tags.emplace_back("element", std::to_string(element));
  }
}

/// Who sat there, and what was collected: words that a list is filtered by.
void add_words(const record::Incident& incident, IncidentIndex& index) {
  const std::pair<const char*, const std::string*> words[] = {
      {"teller", &incident.teller().teller()},
      {"institution", &incident.teller().institution()},
      {"profile", &incident.profile()},
      {"authorisation", &incident.authorisation()}};
  for (const auto& [kind, word] : words) {
    if (!word->empty() && word->size() <= kLongestTag) index.tags.emplace_back(kind, *word);
  }
}

}  // namespace

std::string id_from_hash(std::string_view record_hash) {
  return to_hex(as_bytes(record_hash.substr(0, kIdSize)));
}

IncidentIndex index_incident(const record::Incident& incident, std::string_view record_hash) {
  IncidentIndex index;
  index.id =
      incident.id().size() == kIdSize ? to_hex(as_bytes(incident.id())) : id_from_hash(record_hash);
  index.summary = incident;
  index.summary.clear_findings();
  index.summary.clear_trace();
  index.summary.clear_documents();
  index.summary.clear_evidence();
  index.confidential = record::is_aml_confidential(incident);
  add_tags(incident, index);
  add_words(incident, index);
  return index;
}

}  // namespace huxin::store
