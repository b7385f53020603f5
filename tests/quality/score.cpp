#include "tests/quality/score.hpp"

#include <algorithm>

namespace huxin::quality {
namespace {

double ratio(std::size_t part, std::size_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

bool knows(const detect::Detector& detector, catalog::ElementId element) {
  const auto missing = detector.unrecognised();
  return detector.catalog().find(element) != nullptr &&
         std::ranges::find(missing, element) == missing.end();
}

double Tally::precision() const { return ratio(right, right + wrong); }
double Tally::recall() const { return ratio(right, right + missed); }
double Tally::f1() const { return ratio(2 * right, 2 * right + wrong + missed); }

Tally& Tally::operator+=(const Tally& other) {
  right += other.right;
  wrong += other.wrong;
  missed += other.missed;
  return *this;
}

double Findings::per_hundred() const {
  return documents == 0 ? 0
                        : 100.0 * static_cast<double>(findings) / static_cast<double>(documents);
}

void Findings::add(const Inspected& inspected, const Matching& matching) {
  ++documents;
  for (std::size_t i = 0; i < matching.findings.size(); ++i) {
    if (matching.findings[i] != Mark::kWrong) continue;
    ++findings;
    ++elements[inspected.inspection.findings[i].element];
  }
}

void Score::add(const GoldenDocument& document, const Inspected& inspected,
                const Matching& matching, const detect::Detector& detector) {
  const auto& findings = inspected.inspection.findings;
  if (document.group == Group::kAdversarial) {
    adversarial.add(inspected, matching);
    return;
  }
  if (document.group == Group::kQuiet) quiet.add(inspected, matching);
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (matching.findings[i] == Mark::kWrong) ++elements[findings[i].element].wrong;
  }
  for (std::size_t i = 0; i < document.labels.size(); ++i) {
    const Label& label = document.labels[i];
    if (label.optional || !knows(detector, label.element)) continue;
    ++(matching.found[i] ? elements[label.element].right : elements[label.element].missed);
  }
  if (document.customers > 0) {
    ++with_customers;
    if (inspected.inspection.customers == document.customers) ++customers_right;
  }
}

Tally Score::family(Family family) const {
  Tally sum;
  for (const auto& [element, tally] : elements) {
    if (family_of(element) == family) sum += tally;
  }
  return sum;
}

Tally Score::all() const {
  Tally sum;
  for (const auto& [element, tally] : elements) sum += tally;
  return sum;
}

}  // namespace huxin::quality
