#include "policy/rule/content.hpp"

#include <algorithm>
#include <map>

namespace huxin::rule {

Content::Content(const detect::Inspection* inspection, double min_confidence)
    : inspection_(inspection) {
  if (inspection_ != nullptr) gather(min_confidence);
}

void Content::gather(double min_confidence) {
  // Customer numbers come from a sandboxed worker and may be anything: they are never used as
  // indexes.
  std::vector<std::uint32_t> ids;
  for (const detect::Finding& finding : inspection_->findings) {
    if (finding.customer != 0) ids.push_back(finding.customer);
  }
  std::ranges::sort(ids);
  ids.erase(std::ranges::unique(ids).begin(), ids.end());
  seen_.assign(ids.size(), 0);

  std::map<std::pair<catalog::ElementId, catalog::Level>, std::size_t> places;
  for (const detect::Finding& finding : inspection_->findings) {
    if (!(finding.confidence >= min_confidence)) {
      ++dropped_;
      continue;
    }
    const auto [place, is_new] =
        places.emplace(std::pair{finding.element, finding.level}, groups_.size());
    if (is_new)
      groups_.push_back({.element = finding.element, .level = finding.level, .customers = {}});
    Group& group = groups_[place->second];
    ++group.findings;
    if (finding.customer == 0) continue;
    const auto index = std::ranges::lower_bound(ids, finding.customer) - ids.begin();
    group.customers.push_back(static_cast<std::uint32_t>(index));
  }
  for (Group& group : groups_) {
    std::ranges::sort(group.customers);
    group.customers.erase(std::ranges::unique(group.customers).begin(), group.customers.end());
  }
}

std::vector<catalog::ElementId> Content::surplus(const Profile& profile) const {
  std::set<catalog::ElementId> beyond;
  for (const Group& group : groups_) {
    if (group.level >= catalog::Level::kC3 || !profile.elements.contains(group.element))
      beyond.insert(group.element);
  }
  return {beyond.begin(), beyond.end()};
}

Content::Count Content::count(const Match& match) {
  if (inspection_ == nullptr) return {};
  if (match.elements.empty() && !match.level) {
    const std::uint64_t total =
        std::max<std::uint64_t>(inspection_->findings_total, inspection_->findings.size());
    return {.findings = total - dropped_, .customers = inspection_->customers};
  }
  Count count;
  ++round_;
  for (const Group& group : groups_) {
    if (!match.elements.empty() && !match.elements.contains(group.element)) continue;
    if (match.level && group.level < *match.level) continue;
    count.findings += group.findings;
    for (const std::uint32_t customer : group.customers) {
      if (std::exchange(seen_[customer], round_) != round_) ++count.customers;
    }
  }
  if (inspection_->truncated && count.findings > 0) {
    count.findings = std::max(count.findings, inspection_->findings_total);
    count.customers = std::max<std::uint64_t>(count.customers, inspection_->customers);
  }
  return count;
}

}  // namespace huxin::rule
