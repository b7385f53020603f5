#include "collector/assess/model.hpp"

#include <algorithm>
#include <cstdlib>

#include "collector/assess/item.hpp"
#include "policy/rule/data_file.hpp"

namespace huxin::embedded {
extern const std::string_view assess_scoring;
}

namespace huxin::assess {
namespace {

using rule::Section;
using Keys = std::span<const std::string_view>;

constexpr std::array<std::string_view, 12> kFileKeys{
    "version",   "date",         "halves",      "on_site_months", "base",   "figures",
    "live_days", "live_minutes", "working_day", "deductions",     "vetoes", "bands"};
constexpr std::array<std::string_view, 2> kHalves{"on_site", "monitoring"};
constexpr std::array<std::string_view, 4> kBases{"credit", "payment", "aml", "it"};
constexpr std::array<std::string_view, 8> kFigure{"name", "zh",   "en",     "scale",
                                                  "zero", "full", "weight", "gate"};
constexpr std::array<std::string_view, 2> kDeductions{"most", "kinds"};
constexpr std::array<std::string_view, 5> kDeduction{"name", "zh", "en", "points", "source"};
constexpr std::array<std::string_view, 3> kSources{"case", "inspection", "mark"};
constexpr std::array<std::string_view, 3> kVeto{"name", "zh", "en"};
constexpr std::array<std::string_view, 4> kBand{"name", "zh", "en", "from"};
constexpr std::array<std::string_view, 7> kFigureNames{"live",   "hours", "coverage", "destroyed",
                                                       "review", "leaks", "overdue"};
constexpr std::int64_t kLargest = 1'000'000;

/// Reads a mapping inside the file; nothing when it is absent or no mapping, which is reported.
void inside(const Section& file, std::string_view key, Keys keys,
            const std::function<void(const Section&)>& read) {
  const rule::YamlNode* const node = file.find(key);
  if (node == nullptr) return;
  const Section section(*node, std::string(key), keys, file.diagnostics());
  section.require(keys);
  read(section);
}

/// What counts twice would be weighed twice.
template <class List>
void refuse_twice(const Section& section, const List& before, const std::string& name) {
  if (std::ranges::find(before, name, &List::value_type::name) != before.end())
    section.error(rule::Code::kDuplicateKey, section.place(), "name",
                  "this name stands here twice");
}

template <class Named>
void read_names(const Section& section, Named& into) {
  into.name = text_of(section, "name");
  into.zh = text_of(section, "zh");
  into.en = text_of(section, "en");
}

FigureRule read_figure(const Section& section) {
  section.require(kFigure);
  FigureRule figure;
  read_names(section, figure);
  if (const auto name = section.one_of("name", kFigureNames)) figure.name = name->text;
  section.read_number("scale", figure.scale, std::int64_t{1}, kLargest);
  section.read_number("zero", figure.zero, std::int64_t{0}, kLargest);
  section.read_number("full", figure.full, std::int64_t{0}, kLargest);
  section.read_number("weight", figure.weight, 1, 100);
  section.read("gate", figure.gate);
  if (figure.zero == figure.full)
    section.error(rule::Code::kBadNumber, section.place(), "full", "zero and full are the same");
  return figure;
}

void read_deductions(const Section& section, Model& model) {
  section.read_number("most", model.most_deducted, std::int64_t{0}, std::int64_t{100});
  each_entry(section, "kinds", "kinds", kDeduction, [&](const Section& entry) {
    entry.require(kDeduction);
    DeductionRule rule;
    read_names(entry, rule);
    entry.read_number("points", rule.points, std::int64_t{0}, std::int64_t{100});
    if (const auto source = entry.one_of("source", kSources)) rule.source = source->text;
    refuse_twice(entry, model.deductions, rule.name);
    model.deductions.push_back(std::move(rule));
  });
}

void read_bands(const Section& file, Model& model) {
  each_entry(file, "bands", "bands", kBand, [&](const Section& entry) {
    entry.require(kBand);
    Band band;
    read_names(entry, band);
    entry.read_number("from", band.from, std::int64_t{0}, std::int64_t{100});
    if (!model.bands.empty() && band.from >= model.bands.back().from)
      entry.error(rule::Code::kBadNumber, entry.place(), "from", "bands stand best first");
    model.bands.push_back(std::move(band));
  });
  if (model.bands.empty() || model.bands.back().from != 0)
    file.error(rule::Code::kBadNumber, file.place(), "bands", "the last band begins at 0");
}

void read_model(const Section& file, Model& model) {
  model.version = text_of(file, "version");
  model.date = text_of(file, "date");
  inside(file, "halves", kHalves, [&](const Section& section) {
    section.read_number("on_site", model.on_site, 0, 100);
    section.read_number("monitoring", model.monitoring, 0, 100);
    if (model.on_site + model.monitoring != 100)
      section.error(rule::Code::kBadNumber, section.place(), "on_site",
                    "the halves are 100 together");
  });
  file.read_number("on_site_months", model.on_site_months, 1, 36);
  inside(file, "base", kBases, [&](const Section& section) {
    std::int64_t total = 0;
    for (std::size_t i = 0; i < kBases.size(); ++i) {
      section.read_number(kBases[i], model.base[i], std::int64_t{0}, std::int64_t{100});
      total += model.base[i];
    }
    if (total != 100)
      section.error(rule::Code::kBadNumber, section.place(), "credit",
                    "the bases are 100 together");
  });
  each_entry(file, "figures", "figures", kFigure, [&](const Section& entry) {
    FigureRule figure = read_figure(entry);
    refuse_twice(entry, model.figures, figure.name);
    model.figures.push_back(std::move(figure));
  });
  file.read_number("live_days", model.live_days, 1, 100);
  file.read_number("live_minutes", model.live_minutes, 1, 1440);
  file.read_number("working_day", model.working_day, 1, 100);
  inside(file, "deductions", kDeductions,
         [&](const Section& section) { read_deductions(section, model); });
  each_entry(file, "vetoes", "vetoes", kVeto, [&](const Section& entry) {
    entry.require(kVeto);
    read_names(entry, model.vetoes.emplace_back());
  });
  read_bands(file, model);
}

template <class List>
auto named(const List& list, std::string_view name) -> const typename List::value_type* {
  const auto found = std::ranges::find(list, name, &List::value_type::name);
  return found == list.end() ? nullptr : &*found;
}

}  // namespace

Result<Model> Model::parse(std::string_view yaml, std::string_view origin) {
  Model model;
  const Status read =
      rule::read_data_file({.yaml = yaml, .origin = origin, .largest = kLargestYaml}, kFileKeys,
                           [&](const Section& file) { read_model(file, model); });
  if (!read) return std::unexpected(read.error());
  return model;
}

std::string_view Model::builtin_text() { return embedded::assess_scoring; }

const Model& Model::builtin() {
  static const Model model = [] {
    auto parsed = parse(builtin_text(), "scoring.yaml");
    if (!parsed) std::abort();  // compiled in and covered by a test
    return std::move(*parsed);
  }();
  return model;
}

const FigureRule* Model::figure(std::string_view name) const { return named(figures, name); }
const DeductionRule* Model::deduction(std::string_view name) const {
  return named(deductions, name);
}
const VetoRule* Model::veto(std::string_view name) const { return named(vetoes, name); }

const Band& Model::band(std::int64_t points) const {
  for (const Band& each : bands) {
    if (points >= each.from * kWhole) return each;
  }
  return bands.back();
}

}  // namespace huxin::assess
