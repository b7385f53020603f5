#include "tests/quality/measure.hpp"

#include <algorithm>
#include <set>

namespace huxin::quality {
namespace {

void note(const GoldenDocument& document, const Inspected& inspected, const Matching& matching,
          const Inspector& inspector, const std::filesystem::path& folder, Measured& measured) {
  note_misses(folder / document.file, document, inspected, matching, inspector.detector(),
              measured.misses);
  const std::uint32_t counted = inspected.inspection.customers;
  if (document.customers > 0 && counted != document.customers)
    measured.count_misses.push_back({document.file, document.customers, counted});
}

void take(const GoldenDocument& document, const Inspected& inspected, const Inspector& inspector,
          const std::filesystem::path& folder, Measured& measured) {
  const auto& findings = inspected.inspection.findings;
  const Matching matching = match(findings, document.labels, inspected.by_place);
  measured.score.add(document, inspected, matching, inspector.detector());
  if (document.half == Half::kTuning)
    note(document, inspected, matching, inspector, folder, measured);
  if (document.group == Group::kAdversarial) return;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    if (matching.findings[i] == Mark::kOptional) continue;
    measured.samples.push_back({findings[i].element, findings[i].confidence,
                                matching.findings[i] == Mark::kRight, findings[i].evidence});
  }
}

std::vector<catalog::ElementId> unrecognised(const std::vector<GoldenDocument>& documents,
                                             const detect::Detector& detector) {
  std::set<catalog::ElementId> missing;
  for (const GoldenDocument& document : documents) {
    for (const Label& label : document.labels) {
      if (!knows(detector, label.element)) missing.insert(label.element);
    }
  }
  return {missing.begin(), missing.end()};
}

}  // namespace

Result<Measurement> measure(const std::filesystem::path& folder, const Inspector& inspector) {
  auto documents = read_corpus(folder);
  if (!documents) return std::unexpected(documents.error());
  Measurement measurement;
  measurement.unrecognised = unrecognised(*documents, inspector.detector());
  for (const GoldenDocument& document : *documents) {
    auto inspected = inspector.inspect(folder / document.file);
    if (!inspected) return std::unexpected(inspected.error());
    take(document, *inspected, inspector, folder,
         document.half == Half::kTuning ? measurement.tuning : measurement.held_out);
  }
  return measurement;
}

}  // namespace huxin::quality
