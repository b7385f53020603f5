#include "tests/policy/detect/support.hpp"
#include "tests/support/pattern_cache.hpp"

#include <map>
#include <stdexcept>

#include <catch2/catch_test_macros.hpp>

namespace huxin::detect::test {

Time today() {
  using namespace std::chrono;
  return sys_days(2026y / March / 1);
}

const Detector& detector(double min_confidence) {
  static std::map<double, std::shared_ptr<const Detector>> built;
  auto& entry = built[min_confidence];
  if (!entry) {
    DetectorOptions options;
    options.cache = huxin::test::pattern_cache();
    options.min_confidence = min_confidence;
    options.calibrated = false;  // scores, as the catalogue states them
    auto made = Detector::build(catalog::Catalog::builtin(), options);
    if (!made) throw std::runtime_error(made.error().context);
    entry = *made;
  }
  return *entry;
}

namespace {

Inspection run(const Detector& with, const text::Document& document) {
  const auto context = with.context();
  InspectionBuilder builder(with, *context, today());
  if (auto added = builder.add(document); !added) throw std::runtime_error(added.error().context);
  return builder.finish();
}

}  // namespace

Inspection inspect(std::string_view text, double min_confidence) {
  text::Document document;
  document.where = "a.txt";
  document.text = std::string(text);
  return run(detector(min_confidence), document);
}

Inspection inspect(const text::Document& document) { return run(detector(), document); }

text::Document table(const std::vector<std::vector<std::string>>& rows) {
  text::Document document;
  document.where = "a.xlsx";
  document.groups = {"Sheet1"};
  document.layout = text::Layout::kTable;
  for (std::size_t row = 0; row < rows.size(); ++row) {
    for (std::size_t column = 0; column < rows[row].size(); ++column) {
      const std::size_t begin = document.text.size();
      document.text += rows[row][column];
      document.segments.push_back({.span = {begin, document.text.size()},
                                   .row = static_cast<std::uint32_t>(row),
                                   .column = static_cast<std::uint32_t>(column)});
      document.text += column + 1 < rows[row].size() ? '\t' : '\n';
    }
  }
  return document;
}

std::string summary(const Inspection& inspection) {
  std::string text;
  for (const Finding& finding : inspection.findings) {
    if (!text.empty()) text += ' ';
    text += to_string(finding.element) + "=" + finding.value;
  }
  return text;
}

std::string found(std::string_view text, double min_confidence) {
  return summary(inspect(text, min_confidence));
}

void check(std::initializer_list<Row> rows) {
  for (const Row& row : rows) {
    CAPTURE(row.text, row.why);
    CHECK(found(row.text) == row.expected);
  }
}

}  // namespace huxin::detect::test
