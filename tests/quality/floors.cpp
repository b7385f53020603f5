#include "tests/quality/floors.hpp"

#include <charconv>
#include <fstream>

namespace huxin::quality {
namespace {

bool read_number(std::string_view text, double& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc{} && end == text.data() + text.size();
}

std::optional<Family> family_named(std::string_view name) {
  for (std::size_t i = 0; i < kFamilies; ++i) {
    if (to_string(static_cast<Family>(i)) == name) return static_cast<Family>(i);
  }
  return std::nullopt;
}

bool take(std::string_view line, Floors& floors) {
  const std::size_t tab = line.find('\t');
  if (tab == std::string_view::npos) return false;
  const std::string_view name = line.substr(0, tab);
  const std::string_view rest = line.substr(tab + 1);
  if (name == "adversarial findings in 100 documents")
    return read_number(rest, floors.adversarial_findings);
  if (name == "quiet findings in 100 documents") return read_number(rest, floors.quiet_findings);
  if (name == "customers counted right") return read_number(rest, floors.customers_right);
  if (name == "expected calibration error") return read_number(rest, floors.expected_error);
  const auto family = family_named(name);
  const std::size_t second = rest.find('\t');
  if (!family || second == std::string_view::npos) return false;
  FamilyFloor floor{.family = *family};
  floors.families.push_back(floor);
  return read_number(rest.substr(0, second), floors.families.back().f1) &&
         read_number(rest.substr(second + 1), floors.families.back().sure_right);
}

double share(std::size_t part, std::size_t whole) {
  return whole == 0 ? 1 : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

Result<Floors> read_floors(const std::filesystem::path& file) {
  std::ifstream in(file);
  if (!in) return fail(Errc::kNotFound, "{}", file.string());
  Floors floors;
  std::string line;
  for (std::size_t number = 1; std::getline(in, line); ++number) {
    if (line.empty() || line.starts_with('#')) continue;
    if (!take(line, floors)) return fail(Errc::kInvalid, "{}:{}: no floor", file.string(), number);
  }
  return floors;
}

std::vector<std::string> broken(const Floors& floors, std::string_view half,
                                const Measured& measured) {
  std::vector<std::string> faults;
  const auto require = [&](bool holds, std::string_view what, double is, double floor) {
    if (!holds) faults.push_back(fmt::format("{}: {} is {:.3f}, not {}", half, what, is, floor));
  };
  for (const FamilyFloor& floor : floors.families) {
    const Tally tally = measured.score.family(floor.family);
    if (tally.right + tally.missed == 0) continue;
    const std::string name(to_string(floor.family));
    require(tally.f1() >= floor.f1, "F1 of " + name, tally.f1(), floor.f1);
    const Calibration own = calibrate(of_family(measured.samples, floor.family));
    const double right = share(own.sure_right, own.sure);
    require(right >= floor.sure_right, "share right at 0.9 of " + name, right, floor.sure_right);
  }
  const double quiet = measured.score.quiet.per_hundred();
  require(quiet <= floors.quiet_findings, "findings in 100 quiet documents", quiet,
          floors.quiet_findings);
  const double adversarial = measured.score.adversarial.per_hundred();
  require(adversarial <= floors.adversarial_findings, "wrong findings in 100 adversarial documents",
          adversarial, floors.adversarial_findings);
  const double customers = share(measured.score.customers_right, measured.score.with_customers);
  require(customers >= floors.customers_right, "share of documents with customers counted right",
          customers, floors.customers_right);
  const double error = calibrate(measured.samples).expected_error;
  require(error <= floors.expected_error, "expected calibration error", error,
          floors.expected_error);
  return faults;
}

}  // namespace huxin::quality
