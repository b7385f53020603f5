#include "tests/quality/report.hpp"

#include <fmt/format.h>
#include <boost/json.hpp>

namespace huxin::quality {
namespace {

namespace json = boost::json;

std::string tally_line(std::string_view name, const Tally& tally) {
  return fmt::format("{:<18}{:>7}{:>7}{:>7}{:>11.3f}{:>9.3f}{:>8.3f}\n", name, tally.right,
                     tally.wrong, tally.missed, tally.precision(), tally.recall(), tally.f1());
}

json::object to_object(const Tally& tally) {
  return {{"right", tally.right},           {"wrong", tally.wrong},     {"missed", tally.missed},
          {"precision", tally.precision()}, {"recall", tally.recall()}, {"f1", tally.f1()}};
}

json::object to_object(const Calibration& calibration) {
  json::array bins;
  for (const Bin& bin : calibration.bins) {
    bins.push_back(json::object{{"low", bin.low},
                                {"high", bin.high},
                                {"count", bin.count},
                                {"mean", bin.mean},
                                {"share_right", bin.share}});
  }
  return {{"count", calibration.count}, {"bins", std::move(bins)},
          {"brier", calibration.brier}, {"expected_error", calibration.expected_error},
          {"sure", calibration.sure},   {"sure_right", calibration.sure_right}};
}

std::string by_element(const Findings& findings) {
  std::string text;
  for (const auto& [element, count] : findings.elements)
    text += fmt::format(" {} {}", to_string(element), count);
  return text.empty() ? text : " (" + text.substr(1) + ")";
}

json::object to_object(const Findings& findings) {
  json::object elements;
  for (const auto& [element, count] : findings.elements) elements[to_string(element)] = count;
  return {{"documents", findings.documents},
          {"findings", findings.findings},
          {"per_hundred", findings.per_hundred()},
          {"elements", std::move(elements)}};
}

}  // namespace

std::string quality_table(const Score& score) {
  std::string text = fmt::format("{:<18}{:>7}{:>7}{:>7}{:>11}{:>9}{:>8}\n", "element", "right",
                                 "wrong", "missed", "precision", "recall", "F1");
  for (const auto& [element, tally] : score.elements) text += tally_line(to_string(element), tally);
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const Family family = static_cast<Family>(i);
    text += tally_line(to_string(family), score.family(family));
  }
  text += tally_line("all", score.all());
  text += fmt::format("\nquiet documents: {}, findings in 100 of them: {:.2f}{}\n",
                      score.quiet.documents, score.quiet.per_hundred(), by_element(score.quiet));
  text += fmt::format("adversarial documents: {}, wrong findings in 100 of them: {:.1f}{}\n",
                      score.adversarial.documents, score.adversarial.per_hundred(),
                      by_element(score.adversarial));
  text += fmt::format("customers counted right: {} of {} documents\n", score.customers_right,
                      score.with_customers);
  return text;
}

std::string calibration_table(const std::vector<Sample>& samples) {
  const Calibration whole = calibrate(samples);
  std::string text = fmt::format("{:<18}{:>7}{:>9}{:>9}\n", "confidence", "n", "mean", "right");
  for (const Bin& bin : whole.bins) {
    text += fmt::format("{:.2f} to {:.2f}      {:>7}{:>9.3f}{:>9.3f}\n", bin.low, bin.high,
                        bin.count, bin.mean, bin.share);
  }
  text += fmt::format("Brier score {:.4f}, expected calibration error {:.4f}\n\n", whole.brier,
                      whole.expected_error);
  text += fmt::format("{:<18}{:>7}{:>9}\n", "at 0.9 and more", "n", "right");
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const Family family = static_cast<Family>(i);
    const Calibration own = calibrate(of_family(samples, family));
    if (own.sure == 0) continue;
    text += fmt::format("{:<18}{:>7}{:>9.3f}\n", to_string(family), own.sure,
                        static_cast<double>(own.sure_right) / static_cast<double>(own.sure));
  }
  return text;
}

std::string to_json(const Measured& measured) {
  const Score& score = measured.score;
  json::object elements;
  for (const auto& [element, tally] : score.elements)
    elements[to_string(element)] = to_object(tally);
  json::object families;
  for (std::size_t i = 0; i < kFamilies; ++i) {
    const Family family = static_cast<Family>(i);
    families[to_string(family)] =
        json::object{{"quality", to_object(score.family(family))},
                     {"calibration", to_object(calibrate(of_family(measured.samples, family)))}};
  }
  return json::serialize(json::object{{"elements", std::move(elements)},
                                      {"families", std::move(families)},
                                      {"all", to_object(score.all())},
                                      {"quiet", to_object(score.quiet)},
                                      {"adversarial", to_object(score.adversarial)},
                                      {"with_customers", score.with_customers},
                                      {"customers_right", score.customers_right},
                                      {"calibration", to_object(calibrate(measured.samples))}});
}

std::string miss_list(const std::vector<Miss>& misses) {
  std::string text;
  for (const Miss& miss : misses) {
    text += fmt::format("{} {} {:.2f} {} [{}] {}\n", to_string(miss.element),
                        miss.made_up ? "made up" : "missed ", miss.confidence, miss.file,
                        miss.value.substr(0, 80), miss.around);
  }
  return text;
}

std::string miss_list(const std::vector<CountMiss>& misses) {
  std::string text;
  for (const CountMiss& miss : misses) {
    text +=
        fmt::format("customers counted {} of {} in {}\n", miss.counted, miss.labelled, miss.file);
  }
  return text;
}

}  // namespace huxin::quality
