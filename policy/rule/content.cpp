#include "policy/rule/content.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

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

  std::map<std::tuple<catalog::ElementId, catalog::Level, bool>, std::size_t> places;
  for (const detect::Finding& finding : inspection_->findings) {
    if (!(finding.confidence >= min_confidence)) {
      ++dropped_;
      continue;
    }
    const auto [place, is_new] =
        places.emplace(std::tuple{finding.element, finding.level, finding.known}, groups_.size());
    if (is_new)
      groups_.push_back({.element = finding.element,
                         .level = finding.level,
                         .known = finding.known,
                         .customers = {}});
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

// What follows from other findings (a minor, a combination, a list) is not gathered by itself.
static bool is_derived(catalog::ElementId element) {
  static const auto catalog = catalog::Catalog::builtin();
  const catalog::Element* const found = catalog->find(element);
  return found != nullptr && !found->derivation.empty();
}

std::vector<catalog::ElementId> Content::surplus(const Profile& profile) const {
  std::set<catalog::ElementId> beyond;
  for (const Group& group : groups_) {
    if (is_derived(group.element)) continue;
    if (group.level >= catalog::Level::kC3 || !profile.elements.contains(group.element))
      beyond.insert(group.element);
  }
  return {beyond.begin(), beyond.end()};
}

Content::Count Content::count_groups(const Match& match, bool only_known) {
  Count count;
  ++round_;
  for (const Group& group : groups_) {
    if (!match.elements.empty() && !match.elements.contains(group.element)) continue;
    if (match.level && group.level < *match.level) continue;
    if (only_known && !group.known) continue;
    count.findings += group.findings;
    for (const std::uint32_t customer : group.customers) {
      if (std::exchange(seen_[customer], round_) != round_) ++count.customers;
    }
  }
  return count;
}

// Of cut findings nobody says which elements the known ones have, so that only a rule for all of
// them may count those.
Content::Count Content::count_known(const Match& match) {
  Count known = count_groups(match, true);
  std::uint64_t asked = count_groups(match, false).findings;
  if (match.elements.empty() && !match.level) {
    known.findings = std::max(known.findings, inspection_->known_total);
    asked = std::max(asked, inspection_->findings_total);
  }
  return {.findings = beyond_chance(known.findings, asked),
          .customers = beyond_chance(known.customers, asked)};
}

Content::Count Content::count(const Match& match) {
  if (inspection_ == nullptr) return {};
  if (match.exact) return count_known(match);
  if (match.elements.empty() && !match.level) {
    const std::uint64_t total =
        std::max<std::uint64_t>(inspection_->findings_total, inspection_->findings.size());
    return {.findings = total - dropped_, .customers = inspection_->customers};
  }
  Count count = count_groups(match, false);
  if (inspection_->truncated && count.findings > 0) {
    count.findings = std::max(count.findings, inspection_->findings_total);
    count.customers = std::max<std::uint64_t>(count.customers, inspection_->customers);
  }
  return count;
}

std::uint64_t beyond_chance(std::uint64_t known, std::uint64_t asked) {
  constexpr std::uint64_t kOneIn = 256;
  if (asked < kOneIn) return known;
  const double mean = static_cast<double>(asked) / static_cast<double>(kOneIn);
  const auto chance = static_cast<std::uint64_t>(std::ceil(mean + 3 * std::sqrt(mean)));
  return known - std::min(known, chance);
}

}  // namespace huxin::rule
