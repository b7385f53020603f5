// Prints how well customer data is found in the labelled corpus. See tests/quality/table.
#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "tests/quality/fit.hpp"
#include "tests/quality/measure.hpp"
#include "tests/quality/report.hpp"

namespace {

using namespace huxin;
using namespace huxin::quality;

struct Arguments {
  std::string corpus;
  bool held_out = false;
  bool json = false;
  bool misses = false;
  bool fit = false;
};

void print_half(std::string_view name, const Measured& measured) {
  fmt::print("== {} half ==\n\n{}\n{}\n", name, quality_table(measured.score),
             calibration_table(measured.samples));
}

void print(const Measurement& measurement, const Arguments& arguments) {
  if (arguments.fit) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return fmt::print("{}", calibration_data(measurement.tuning.samples, today));
  }
  if (arguments.misses) {
    return fmt::print("{}{}", miss_list(measurement.tuning.misses),
                      miss_list(measurement.tuning.count_misses));
  }
  if (arguments.json) {
    return fmt::print("{{\"tuning\":{},\"held_out\":{}}}\n", to_json(measurement.tuning),
                      to_json(measurement.held_out));
  }
  print_half("tuning", measurement.tuning);
  if (arguments.held_out) print_half("held-out", measurement.held_out);
  if (measurement.unrecognised.empty()) return;
  std::string names;
  for (const catalog::ElementId id : measurement.unrecognised) names += " " + to_string(id);
  fmt::print("labelled, but without a recogniser in this build:{}\n", names);
}

}  // namespace

int main(int count, char** words) {
  Arguments arguments;
  CLI::App app("Prints how well customer data is found in the labelled corpus.");
  app.add_option("corpus", arguments.corpus, "folder made by tests/golden/corpus")->required();
  app.add_flag("--held-out", arguments.held_out, "the half that nobody tunes on, too");
  app.add_flag("--json", arguments.json, "both halves, for programs");
  app.add_flag("--misses", arguments.misses, "what was made up or missed in the tuning half");
  app.add_flag("--fit", arguments.fit,
               "fits policy/catalog/data/calibration.tsv on the tuning half");
  CLI11_PARSE(app, count, words);
  detect::DetectorOptions options;
  if (arguments.fit) {
    options.calibrated = false;
    options.min_confidence = kLeastScore;
  }
  const auto inspector = Inspector::open(options);
  if (!inspector) return fmt::print(stderr, "{}\n", inspector.error().context), 2;
  const auto measurement = measure(arguments.corpus, *inspector);
  if (!measurement) return fmt::print(stderr, "{}\n", measurement.error().context), 2;
  print(*measurement, arguments);
  return 0;
}
