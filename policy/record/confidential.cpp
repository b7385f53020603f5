#include "policy/record/confidential.hpp"

#include <algorithm>
#include <set>
#include <string_view>

namespace huxin::record {
namespace {

constexpr std::size_t kAllDomains = 4;

}  // namespace

bool is_aml_confidential(const Incident& incident) {
  const auto found = [](const auto& each) { return is_confidential(each.element()); };
  if (std::ranges::any_of(incident.counts(), found)) return true;
  if (std::ranges::any_of(incident.findings(), found)) return true;
  const std::set<std::string_view> domains(incident.domains().begin(), incident.domains().end());
  return domains.contains("aml") && domains.size() < kAllDomains;
}

}  // namespace huxin::record
