#include "tests/quality/match.hpp"

#include <algorithm>
#include <set>

#include "policy/detect/candidate.hpp"

namespace huxin::quality {
namespace {

constexpr double kLeastShare = 0.8;  // of kMostly

const std::set<unsigned> kMostly = {34, 39, 42, 43, 44, 52};
const std::set<unsigned> kTouching = {37, 38, 50, 64, 68, 81};
const std::set<unsigned> kDocuments = {65, 69, 70, 71, 72, 73, 74, 75, 76, 85, 86};

/// Intersection over union of two ranges.
double share(const Span& a, const Span& b) {
  if (!a.overlaps(b)) return 0;
  const std::size_t common = std::min(a.end, b.end) - std::max(a.begin, b.begin);
  return static_cast<double>(common) / static_cast<double>(a.size() + b.size() - common);
}

/// The same of two texts, one of which is part of the other.
double share(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (a.empty() || !b.contains(a)) return 0;
  return static_cast<double>(a.size()) / static_cast<double>(b.size());
}

bool fits(Rule rule, double share) {
  switch (rule) {
    case Rule::kExact:
      return share == 1;
    case Rule::kMostly:
      return share >= kLeastShare;
    case Rule::kTouching:
      return share > 0;
    case Rule::kDocument:
      return true;
  }
  return false;
}

/// A value as two spellings of it agree, telephone numbers with a country's code and without; of
/// dates the digits, whatever stands between them.
std::string comparable(catalog::ElementId element, std::string_view value) {
  std::string kept = compact(value);
  if (const auto kind = detect::kind_of(element); kind && detect::kPhones.has(*kind))
    return detect::value_of(*kind, kept);
  if (element == catalog::ElementId{36})
    std::erase_if(kept, [](char c) { return c < '0' || c > '9'; });
  return kept;
}

}  // namespace

Rule rule_of(catalog::ElementId element) {
  const unsigned number = static_cast<unsigned>(element);
  if (kDocuments.contains(number)) return Rule::kDocument;
  if (kTouching.contains(number)) return Rule::kTouching;
  return kMostly.contains(number) ? Rule::kMostly : Rule::kExact;
}

Matching match(std::span<const detect::Finding> findings, std::span<const Label> labels,
               bool by_place) {
  Matching matching{std::vector(findings.size(), Mark::kWrong), std::vector(labels.size(), false)};
  for (std::size_t i = 0; i < findings.size(); ++i) {
    const detect::Finding& finding = findings[i];
    const Rule rule = rule_of(finding.element);
    const bool many = rule == Rule::kTouching || rule == Rule::kDocument;
    const std::string value = by_place ? std::string() : comparable(finding.element, finding.value);
    for (std::size_t j = 0; j < labels.size(); ++j) {
      const Label& label = labels[j];
      if (label.element != finding.element || (matching.found[j] && !many)) continue;
      if (!fits(rule, by_place ? share(finding.span, label.span)
                               : share(value, comparable(label.element, label.value))))
        continue;
      matching.found[j] = true;
      if (matching.findings[i] != Mark::kRight)
        matching.findings[i] = label.optional ? Mark::kOptional : Mark::kRight;
      if (!many) break;
    }
  }
  return matching;
}

}  // namespace huxin::quality
