#include "policy/detect/enough.hpp"

#include <algorithm>

namespace huxin::detect {

bool EnoughWatch::met(const std::vector<Finding>& findings, Customers& customers) {
  return met_ || findings.size() < next_look_ ? met_ : look(findings, customers);
}

bool EnoughWatch::met_by_now(const std::vector<Finding>& findings, Customers& customers) {
  return met_ || findings.size() == looked_at_ ? met_ : look(findings, customers);
}

bool EnoughWatch::look(const std::vector<Finding>& findings, Customers& customers) {
  looked_at_ = findings.size();
  next_look_ = findings.size() + findings.size() / 4 + 1;
  met_ = std::ranges::any_of(
      enough_.any_of, [&](const Demand& demand) { return meets(demand, findings, customers); });
  return met_;
}

bool EnoughWatch::meets(const Demand& demand, const std::vector<Finding>& findings,
                        Customers& customers) {
  std::uint64_t count = 0;
  certain_.clear();
  for (const Finding& finding : findings) {
    if (!demand.elements.empty() && !demand.elements.contains(finding.element)) continue;
    if (demand.level && finding.level < *demand.level) continue;
    if (!(finding.confidence >= enough_.min_confidence)) continue;
    ++count;
    if (const auto customer = customers.certain(finding.customer); customer != 0)
      certain_.push_back(customer);
  }
  std::ranges::sort(certain_);
  const auto repeated = std::ranges::unique(certain_);
  const std::size_t people = certain_.size() - repeated.size();
  return count >= demand.findings && people >= demand.customers;
}

}  // namespace huxin::detect
