// Inspects any bytes as text, and as a table cut at tabs and newlines: findings must be ordered,
// within the text and no longer than it, and customers no more than findings.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "policy/detect/detector.hpp"
#include "policy/text/decode.hpp"

namespace {

using namespace huxin;

void require(bool holds) {
  if (!holds) std::abort();
}

const detect::Detector& detector() {
  static const auto built = [] {
    detect::DetectorOptions options;
    options.min_confidence = 0;
    options.max_findings = 1000;
    auto made = detect::Detector::build(catalog::Catalog::builtin(), options);
    require(made.has_value());
    return *made;
  }();
  return *built;
}

void cut_into_cells(text::Document& document) {
  document.layout = text::Layout::kTable;
  std::size_t begin = 0;
  std::uint32_t row = 0;
  std::uint32_t column = 0;
  for (std::size_t i = 0; i <= document.text.size(); ++i) {
    const char c = i < document.text.size() ? document.text[i] : '\n';
    if (c != '\t' && c != '\n') continue;
    if (i > begin) document.segments.push_back({.span = {begin, i}, .row = row, .column = column});
    begin = i + 1;
    column = c == '\t' ? column + 1 : 0;
    row += c == '\n' ? 1 : 0;
  }
}

void inspect(const text::Document& document) {
  static const auto context = detector().context();
  detect::InspectionBuilder builder(detector(), *context, Time{std::chrono::days{20500}});
  require(builder.add(document).has_value());
  const detect::Inspection inspection = builder.finish();
  require(inspection.customers <= inspection.findings_total);
  for (const detect::Finding& finding : inspection.findings) {
    require(finding.span.begin < finding.span.end && finding.span.end <= document.text.size());
    require(finding.confidence >= 0 && finding.confidence <= 1 && !finding.value.empty());
    require(finding.customer <= inspection.customers);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  text::Document document;
  document.where = "fuzz";
  document.text = text::decode({data, size}, text::Encoding::kUtf8).text;
  inspect(document);
  cut_into_cells(document);
  inspect(document);
  return 0;
}
